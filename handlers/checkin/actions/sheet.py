"""The attendance sheet of one activity: who is expected, and what is on record of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.permissions import Action
from handlers.checkin.actions.allowing import entrusted
from handlers.checkin.rules.sums import Sums, add_up
from storage import attendance, audit, members, organisation, reminders, sheets
from storage.activities import Held
from storage.attendance import CAME, State
from storage.database import Session
from storage.members import Speaker
from storage.sheets import Record


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


GROUPS: Mapping[str, frozenset[str]] = {
    "missing": frozenset(),
    "came": CAME,
    "on_leave": frozenset({State.ON_LEAVE}),
    "others": frozenset({State.OBSERVING, State.EXEMPT, State.ANNULLED}),
}
"""By what is on record; who is missing is decided in one place."""


@dataclass(frozen=True)
class Sheet:
    held: Held
    sums: Sums[str]
    lines: Sequence[Line]
    """In order of id: who is expected, and who came besides."""


@dataclass(frozen=True)
class Glance:
    """A sheet, to be looked at a part at a time."""

    held: Held
    organiser: str
    sums: Sums[str]
    groups: Mapping[str, Sequence[str]]
    """The ids of each: who came first first, who has no record in order of id."""
    reminded: bool


def glance(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Glance:
    """Who is in which group, without names: `lines` reads those that are shown."""
    held = entrusted(db, actor, Action.SEE_ATTENDANCE, activity_id, now)
    known, everybody = sheets.in_order(db, held.id), attendance.expected(db, held)
    states = dict(known)
    sums = add_up(everybody, states, attendance.exempt(db))
    groups = {
        name: [id for id, state in known if state in wanted] for name, wanted in GROUPS.items()
    }
    groups["missing"] = sorted(sums.missing)
    groups["others"] += sorted(everybody - sums.missing - states.keys())
    organiser = organisation.tree(db, held.starts.date()).name(held.org_id)
    reminded = reminders.of(db, held.id) is not None
    return Glance(held, organiser, sums, groups, reminded)


def lines(
    db: Session, actor: Speaker, now: datetime, found: Glance, ids: Sequence[str]
) -> list[Line]:
    """In the order of `ids`; that they were read is on record."""
    records = sheets.some(db, found.held.id, ids)
    names = members.names(db, sorted({*ids, *(each.by for each in records.values())}))
    about = f"activity:{found.held.id}"
    audit.note(db, actor.id, "read_attendance", about, now, f"{len(ids)} lines")
    missing = found.sums.missing
    return [line(id, names, records.get(id), spared=id not in missing) for id in ids]


def sheet(db: Session, actor: Speaker, now: datetime, activity_id: int) -> Sheet:
    """All of it, to be taken along; that it was is on record."""
    held = entrusted(db, actor, Action.SEE_ATTENDANCE, activity_id, now)
    records = {each.member_id: each for each in sheets.whole(db, held.id)}
    everybody = attendance.expected(db, held)
    ids = sorted(everybody | records.keys())
    others = {each.by for each in records.values()}
    names = members.names(db, sorted({*ids, *others}))
    states = {each.member_id: each.state for each in records.values()}
    sums = add_up(everybody, states, attendance.exempt(db))
    spared = everybody - sums.missing
    found = [line(id, names, records.get(id), spared=id in spared) for id in ids]
    about = f"activity:{held.id}"
    audit.note(db, actor.id, "export_attendance", about, now, f"{len(found)} lines")
    return Sheet(held, sums, found)


def line(id: str, names: dict[str, str], record: Record | None, *, spared: bool) -> Line:
    name = names.get(id, id)
    if record is None:
        return Line(id, name, "exempt" if spared else "", None, "", "", False, "")
    by = names.get(record.by, record.by) if record.by != id else ""
    later = record.entered_at.date() > record.at.date()
    return Line(id, name, record.state, record.at, record.source, by, later, record.reason)
