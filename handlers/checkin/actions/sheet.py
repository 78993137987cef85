"""The attendance sheet of one activity: who is expected, and what is on record of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.permissions import Action
from handlers.checkin.actions.allowing import entrusted
from handlers.checkin.rules.sums import Sums, add_up
from storage import attendance, audit, members, organisation, reminders
from storage.activities import Held
from storage.attendance import Record
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class Line:
    id: str
    name: str
    state: str
    """Of `storage.attendance.State`; empty where there is no record."""
    at: datetime | None
    source: str
    by: str
    """The name of who entered it, where somebody else did."""
    afterwards: bool
    """Entered on a later day than it tells of."""
    reason: str


@dataclass(frozen=True)
class Sheet:
    held: Held
    organiser: str
    sums: Sums[str]
    lines: Sequence[Line]
    """In order of id: who is expected, and who came besides."""
    reminded: bool


def sheet(
    db: Session, actor: Speaker, now: datetime, activity_id: int, *, export: bool = False
) -> Sheet:
    """That it was read, or taken along, is on record."""
    held = entrusted(db, actor, Action.SEE_ATTENDANCE, activity_id, now)
    records = {each.member_id: each for each in attendance.records_read(db, held.id)}
    everybody = attendance.expected(db, held)
    ids = sorted(everybody | records.keys())
    others = {each.by for each in records.values()}
    names = members.names(db, sorted({*ids, *others}))
    states = {each.member_id: each.state for each in records.values()}
    sums = add_up(everybody, states, attendance.exempt(db))
    spared = everybody - sums.missing
    lines = [line(id, names, records.get(id), spared=id in spared) for id in ids]
    what = "export_attendance" if export else "read_attendance"
    audit.note(db, actor.id, what, f"activity:{held.id}", now, f"{len(lines)} lines")
    tree = organisation.tree(db, held.starts.date())
    reminded = reminders.of(db, held.id) is not None
    return Sheet(held, tree.name(held.org_id), sums, lines, reminded)


def line(id: str, names: dict[str, str], record: Record | None, *, spared: bool) -> Line:
    name = names.get(id, id)
    if record is None:
        return Line(id, name, "exempt" if spared else "", None, "", "", False, "")
    by = names.get(record.by, record.by) if record.by != id else ""
    later = record.entered_at.date() > record.at.date()
    return Line(id, name, record.state, record.at, record.source, by, later, record.reason)
