"""What the message of the morning and the committee's digest say of tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Matter, Say, button
from handlers.tasks.actions import parties
from handlers.tasks.actions.listing import ABOUT, as_matter, unit_of, worst_first
from handlers.tasks.rules import stages
from handlers.tasks.text import listing as text
from storage import tasks
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class Digest:
    issued: int = 0
    closed: int = 0
    waiting: int = 0
    overdue: int = 0
    units_overdue: Sequence[tuple[str, int, int]] = ()
    """(unit, overdue, open), the most overdue first."""
    nil: int = 0


def digest(db: Session, now: datetime, org_ids: Sequence[str]) -> Digest:
    """The counts for a committee: over all units in `org_ids`."""
    found = tasks.counts(db, org_ids, now.date())
    total: dict[str, int] = {}
    late: dict[str, tuple[int, int]] = {}
    for each in found:
        total[each.state] = total.get(each.state, 0) + each.tasks
        if each.state in tasks.OWED:
            before = late.get(each.org_id, (0, 0))
            late[each.org_id] = before[0] + each.overdue, before[1] + each.tasks
    units = stages.worst([(org, counts[0], counts[1]) for org, counts in late.items()])
    return Digest(
        sum(total.values()) - total.get("withdrawn", 0),
        total.get("closed", 0),
        total.get("reported", 0) + total.get("accepted", 0),
        sum(each[1] for each in units),
        units,
        len(tasks.nil_returns(db, org_ids)),
    )


def digest_of(db: Session, actor: Speaker, now: datetime) -> Digest:
    """The counts for the units that `actor` looks after."""
    return digest(db, now, parties.overseen(parties.tree_of(db, now.date()), actor))


def matters(db: Session, now: datetime) -> Mapping[str, Sequence[Matter]]:
    """For the one message of the morning: what is overdue or due by tomorrow, and what waits for
    a decision. Member id to lines, worst first; whoever owes nothing is not in it. A finding is a
    duty too, and told by its ladder."""
    today, tree = now.date(), parties.tree_of(db, now.date())
    rows = worst_first(tasks.owed(db, today + timedelta(stages.MORNING_DAYS)))
    rows = [row for row in rows if row.kind != "finding"]
    whose = parties.doers(db, tree, rows)
    found: dict[str, list[Matter]] = {}
    for row in rows:
        for person in whose[row.id]:
            line = as_matter(row, unit_of(tree, row), person.id, today)
            found.setdefault(person.id, []).append(line)
    for issuer, (count, newest) in tasks.decisions(db).items():
        go = button(text.GO_AND_LOOK, Say(words=text.WAITING))
        for person in parties.leaders(db, tree, [issuer])[issuer]:
            waits = Matter(text.to_decide(count), newest.date(), go, about=ABOUT)
            found.setdefault(person.id, []).append(waits)
    return found
