"""Looking back and ahead: who did what, and what is going to be said to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Reply
from bot.permissions import Action, reach
from storage import activities, audit, members, organisation, sent, tasks
from storage.audit import Noted
from storage.database import Session
from storage.members import Speaker
from storage.sent import Sent

BEHIND, AHEAD = timedelta(days=14), timedelta(days=60)
TITLES = {
    "activity": activities.titles,
    "task": tasks.titles,
    "task_item": tasks.item_titles,
}
PERSONAL = ("own", "quiz", "contest", "security", "account", "doubt")
"""Letters that concern nobody but who gets them."""


@dataclass(frozen=True)
class Line:
    letter: Sent
    to: str
    says: str


def letters(
    db: Session, actor: Speaker, now: datetime, *, ahead: bool, skip: int, most: int
) -> tuple[list[Line], bool]:
    """What is to be sent (the next first), or what became of the last (the latest first), about
    one's own organisations; and whether there is more. That it was read is on record."""
    orgs = reach(actor, Action.SEE_LETTERS, organisation.tree(db, now.date()))
    span = (now - BEHIND, now + AHEAD)
    rows = sent.about(db, orgs, PERSONAL, span, ahead=ahead, skip=skip, most=most + 1)
    names = members.names(db, sorted({row.to for row in rows}))
    audit.note(db, actor.id, "read_letters", f"organisation:{actor.branch_id}", now)
    lines = [Line(row, names.get(row.to, row.to), said(row.body)) for row in rows[:most]]
    return lines, len(rows) > most


def said(body: str) -> str:
    return Reply.model_validate_json(body).text


def audited(
    db: Session, actor: Speaker, now: datetime, *, before: int, most: int
) -> tuple[list[Noted], dict[str, str], bool]:
    """The latest first, of those who belong where `actor` answers for it (and everything, for
    who answers for the whole tree); with names, and whether there is more."""
    tree = organisation.tree(db, now.date())
    orgs = reach(actor, Action.SEE_AUDIT, tree)
    everything = len(orgs) == len(tree.nodes)
    whose = None if everything else sorted(members.belonging(db, orgs, now.date()))
    rows = audit.latest(db, whose, before, most + 1)
    audit.note(db, actor.id, "read_audit", f"organisation:{actor.branch_id}", now)
    return rows[:most], names_in(db, rows), len(rows) > most


def names_in(db: Session, rows: Sequence[Noted]) -> dict[str, str]:
    """Of those who did something, and of whom or what it was done to: by their number, or by
    the whole object («activity:12»)."""
    ids = {row.actor for row in rows} | set(of_kind(rows, "member")) | set(of_kind(rows, "members"))
    found = members.names(db, sorted(ids))
    for kind, titles in TITLES.items():
        numbers = sorted({int(id) for id in of_kind(rows, kind) if id.isdecimal()})
        found |= {f"{kind}:{number}": title for number, title in titles(db, numbers).items()}
    return found


def of_kind(rows: Sequence[Noted], kind: str) -> list[str]:
    """What stands after `kind:` in the objects of `rows`."""
    parted = (row.object.partition(":") for row in rows)
    return [id for what, _, id in parted if what == kind]
