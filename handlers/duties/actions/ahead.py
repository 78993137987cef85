"""「未来两周提醒」: what will be said about one's own branches, if nothing is done about it.

The same reckoning as in the morning, on duties that are kept in mind instead of in the database:
nothing is written, and the chat does not wait.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.clock import HOME
from bot.permissions import Action, reach
from handlers.duties.actions.arranged import Arranged
from handlers.duties.actions.climbing import Morning, Row, Steps
from handlers.duties.actions.officers import Officers
from handlers.duties.actions.planning import in_force
from handlers.duties.rules.rulebook import Rule, Rulebook
from handlers.duties.text import ahead as text
from storage import duties, ladders, members, organisation, tasks, workdays
from storage.database import Session
from storage.ladders import Climbing, Owed, Sort
from storage.members import Speaker
from storage.organisation import BRANCHES

AT = time(8, 40)
FURTHEST = timedelta(200)
"""No rule reminds earlier than that."""
AT_MOST = 20
"""Branches: whoever oversees more sees what is their own. For a city there is `zhibu preview`; the
chat must not wait for it."""


@dataclass(frozen=True)
class Foreseen:
    """One line that one person will read."""

    day: date
    to: str
    """The member; empty where several members are told the same in private."""
    name: str
    rule: Rule
    owed: Owed
    occurrence: str
    sort: Sort
    number: int
    """Days before, or the number of the rung."""
    after_days: int
    """Of the rung."""
    channel: str
    people: int = 1


@dataclass
class Imagined:
    """Duties of some organisations, and what would become of them."""

    rows: dict[str, list[Owed]] = field(default_factory=lambda: defaultdict(list))
    reminded: dict[tuple[int, date], int] = field(default_factory=dict)
    cases: dict[int, tuple[Climbing, date | None]] = field(default_factory=dict)

    def to_remind(self, rule_id: str, days: int, first: date, last: date) -> Sequence[Owed]:
        return [
            each
            for each in self.rows.get(rule_id, ())
            if first <= each.due <= last and self.reminded.get((each.id, each.due), 999) > days
        ]

    def to_open(self, rule_id: str, today: date) -> Sequence[Owed]:
        rows = self.rows.get(rule_id, ())
        return [each for each in rows if each.due <= today and each.id not in self.cases]

    def to_climb(self, today: date) -> Sequence[Climbing]:
        return [case for case, on in self.cases.values() if on and on <= today]

    def take(self, found: Steps, known: dict[int, Owed]) -> None:
        owed = known[found.duty_id]
        for step in found.steps:
            if step["sort"] == Sort.BEFORE:
                self.reminded[owed.id, owed.due] = step["number"]
        if found.move:
            before = self.cases.get(owed.id)
            new = found.case or {}
            rungs = before[0].rungs if before else new["rungs"]
            base = before[0].base if before else new["base"]
            after = Climbing(*owed, rungs, base, found.move["to_taken"])
            self.cases[owed.id] = after, found.move["to_day"]


def ahead(db: Session, actor: Speaker, now: datetime, days: int) -> list[Foreseen]:
    """The mornings of the next `days`, in order. What is private to a member is counted."""
    tree, book = organisation.tree(db, now.date()), in_force(db)
    orgs = reach(actor, Action.SEE_DUTIES, tree)
    if sum(tree.kind(org) in BRANCHES for org in orgs) > AT_MOST:
        orgs = sorted({post.org_id for post in actor.posts})
    own = {post.org_id for post in actor.posts}  # what others hand out is not shown above them
    rows = [
        row
        for row in duties.open_of(db, orgs, now.date() + FURTHEST)
        if row.rule_id != tasks.RULE or row.org_id in own
    ]
    mind = Imagined()
    known = {row.id: owed_of(row, row.due) for row in rows if row.due}
    for owed in known.values():
        mind.rows[owed.rule_id].append(owed)
    for duty_id, number, due in ladders.reminded_of(db, orgs):
        mind.reminded[duty_id, due] = min(number, mind.reminded.get((duty_id, due), 999))
    cases = ladders.cases_of(db, orgs)
    mind.cases = {case.id: (case, on) for case, on in cases if case.id in known}
    occurrences = {row.id: row.occurrence for row in rows}
    found = list(imagine(db, mind, known, book, now, days))
    names = members.names(db, sorted({step["to"] for _, step, _ in found}))
    lines = [
        line(day, step, known[step["duty_id"]], ladder, book, names, occurrences)
        for day, step, ladder in found
    ]
    titles = {f"task:{row.id}": row.title for row in tasks.owed(db, date.max)}
    titles |= {f"finding:{row.number}": row.title for row in tasks.findings(db)}
    return counted([entitled(each, titles) for each in lines], actor)


def entitled(each: Foreseen, titles: Mapping[str, str]) -> Foreseen:
    """A task or a finding by its title: that there is one says nothing."""
    title = titles.get(each.owed.subject)
    return replace(each, rule=replace(each.rule, name=title)) if title else each


def owed_of(row: duties.Row, due: date) -> Owed:
    return Owed(row.id, row.rule_id, row.subject, row.org_id, due)


def imagine(
    db: Session, mind: Imagined, known: dict[int, Owed], book: Rulebook, now: datetime, days: int
) -> Iterator[tuple[date, Row, int]]:
    calendar, arranged = workdays.calendar(db), Arranged.read(db, now)
    for n in range(days + 1):
        at = datetime.combine(now.date() + timedelta(n), AT, HOME)
        if at <= now or at > now + timedelta(days) or not calendar.is_workday(at.date()):
            continue
        officers = Officers(db, at, book.exempt)
        morning = Morning(mind, calendar, at, book, officers, arranged.on(at.date()))
        for steps in list(morning.found()):
            mind.take(steps, known)
            for step in steps.steps:
                if step["to"]:
                    yield at.date(), step, rung_of(mind, step)


def rung_of(mind: Imagined, step: Row) -> int:
    if step["sort"] != Sort.RUNG:
        return 0
    return mind.cases[step["duty_id"]][0].ladder[step["number"]][0]


def line(
    day: date,
    step: Row,
    owed: Owed,
    after_days: int,
    book: Rulebook,
    names: dict[str, str],
    occurrences: dict[int, str],
) -> Foreseen:
    return Foreseen(
        day,
        step["to"],
        names.get(step["to"], ""),
        book.by_id[owed.rule_id],
        owed,
        occurrences[owed.id],
        step["sort"],
        step["number"],
        after_days,
        step["channel"],
    )


def counted(found: Sequence[Foreseen], actor: Speaker) -> list[Foreseen]:
    """What is said to a member in private is not shown to the secretary, but for how many."""
    shown: list[Foreseen] = []
    private: dict[tuple[date, str, str, int], list[Foreseen]] = defaultdict(list)
    for each in found:
        if not each.rule.private or each.to == actor.id:
            shown.append(each)
        elif each.owed.subject == f"member:{each.to}":
            private[each.day, each.rule.id, each.occurrence, each.number].append(each)
    shown += [several(alike) for alike in private.values()]
    return sorted(shown, key=lambda it: (it.day, it.owed.due, it.rule.id, it.owed.subject, it.to))


def several(alike: Sequence[Foreseen]) -> Foreseen:
    return replace(alike[0], to="", name="", people=len(alike))


class Line(NamedTuple):
    """What one morning says, in words; those who read the same are named together."""

    day: date
    what: str
    when: str
    whom: list[str]


def in_words(found: Sequence[Foreseen], reader: str) -> list[Line]:
    lines: dict[tuple[date, str, str], list[str]] = {}
    for each in found:
        when = text.before(each.number) if each.sort == Sort.BEFORE else text.after(each.after_days)
        whom = text.YOU if each.to == reader else each.name or text.members(each.people)
        what = text.what(each.rule.name, each.occurrence)
        lines.setdefault((each.day, what, when + text.channel(each.channel)), []).append(whom)
    return [Line(*said, list(dict.fromkeys(whom))) for said, whom in lines.items()]
