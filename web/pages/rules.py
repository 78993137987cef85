"""The rules, and altering them: what it would change comes first, saving it after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.messages import Refusal
from bot.permissions import Action
from handlers.duties.actions import amending
from handlers.duties.actions.amending import Meanwhile, NotAllowed, Saved
from handlers.duties.actions.planning import RulesUnusable, in_force, rulebook
from handlers.duties.rules import amending as rules
from handlers.duties.rules.amending import Change, ExemptChange, Fault, LadderChange, RuleChange
from handlers.duties.rules.rulebook import Rule, Rulebook
from storage import amendments, members
from web.text import rules as text
from web.visit import Done, Missing, Shown, Visit

HERE = "/console/settings/rules"
HISTORY = 12
EXEMPT, LADDER = "exempt", "ladder."


@dataclass(frozen=True)
class Version:
    number: int
    what: str
    says: str
    by: str
    at: datetime


def show(visit: Visit) -> Shown:
    try:
        book, own = in_force(visit.db), rulebook()
    except (RulesUnusable, OSError):
        return Shown("rules.html", {"book": None, "groups": {}})
    groups: dict[str, list[Rule]] = {}
    for rule in book.rules:
        groups.setdefault(rule.group, []).append(rule)
    values = {
        "book": book,
        "groups": groups,
        "exempt": ExemptChange(book.exempt),
        "altered": {rule.id for rule in book.rules if rule != own.by_id[rule.id]},
        "history": history(visit, own),
        "may_change": visit.may(Action.CHANGE_RULES),
    }
    return Shown("rules.html", values)


def history(visit: Visit, book: Rulebook) -> list[Version]:
    rows = amendments.history(visit.db, HISTORY)
    names = members.names(visit.db, [row.by for row in rows])
    found = []
    for row in rows:
        change = rules.change_of(row.target, amendments.says(row))
        what, says = text.named(book, change), text.says(book, change)
        found.append(Version(row.id, what, says, names.get(row.by, row.by), row.at))
    return found


def edit(visit: Visit) -> Shown:
    """The form, and once it was filled in, what it would change."""
    book, own = books(visit)
    now = as_it_is(book, own, visit.place["what"])
    wanted, trouble, found = None, "", None
    if "look" in visit.query:
        try:
            wanted = read(own, visit.place["what"], visit.query)
        except Refusal as refusal:
            trouble = str(refusal)
    if wanted and (fault := rules.fault(own, wanted)):
        trouble = text.FAULTS[fault]
    elif wanted:
        found = amending.effect(visit.db, wanted, visit.now)
    values = {
        "book": book,
        "own": own,
        "what": visit.place["what"],
        "title": text.named(book, now),
        "as_is": now,
        "wanted": wanted or now,
        "same": wanted == now,
        "given": visit.query,
        "trouble": trouble,
        "effect": found,
        "in_file": as_it_is(own, own, visit.place["what"]),
        "reasons": reasons(visit, own),
    }
    return Shown("rule.html", values)


def books(visit: Visit) -> tuple[Rulebook, Rulebook]:
    """In force, and as the file has it."""
    try:
        return in_force(visit.db), rulebook()
    except (RulesUnusable, OSError):
        raise Refusal(text.UNUSABLE) from None


def as_it_is(book: Rulebook, own: Rulebook, what: str) -> Change:
    """What is in force, in the words of a change."""
    if what == EXEMPT:
        return ExemptChange(book.exempt)
    if what.startswith(LADDER):
        ladder = what.removeprefix(LADDER)
        if ladder not in own.ladders:
            raise Missing
        there = list(book.ladders[ladder])
        days: list[int | None] = []
        for rung in own.ladders[ladder]:
            match = next((e for e in there if (e.to, e.channel) == (rung.to, rung.channel)), None)
            days.append(match.after_days if match else None)
            if match:
                there.remove(match)
        return LadderChange(ladder, tuple(days))
    rule = book.by_id.get(what)
    if rule is None:
        raise Missing
    return RuleChange(rule.id, rule.remind, rule.escalation)


def read(own: Rulebook, what: str, said: Mapping[str, str]) -> Change:
    """What somebody filled in."""
    if what == EXEMPT:
        return ExemptChange(frozenset(k[2:40] for k in said if k.startswith("x.")))
    if what.startswith(LADDER):
        ladder = what.removeprefix(LADDER)
        rungs = own.ladders.get(ladder, ())
        return LadderChange(
            ladder,
            tuple(
                text.days(said[f"r{n}"]) if said.get(f"r{n}") else None for n in range(len(rungs))
            ),
        )
    return RuleChange(what, text.lead(said.get("days", "")), said.get("escalation", ""))


def reasons(visit: Visit, own: Rulebook) -> list[tuple[str, str, int]]:
    counted = amending.reasons(visit.db)
    names = sorted({*own.exempt, *counted})
    return [(each, text.reason(each), counted.get(each, 0)) for each in names]


def save(visit: Visit) -> Done:
    """Only what was looked at: with the version that it was reckoned from."""
    _, own = books(visit)
    change = read(own, visit.place["what"], visit.form)
    match amending.save(visit.db, visit.who, change, visit.form.get("seen", ""), visit.now):
        case Saved(version):
            return Done(text.saved(text.named(own, change), version), HERE)
        case Meanwhile():
            raise Refusal(text.MEANWHILE)
        case NotAllowed():
            raise Missing
        case Fault() as fault:
            raise Refusal(text.FAULTS[fault])
