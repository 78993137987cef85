"""Letters as those see them who look after an organisation: what waits, what became of the rest."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from storage.database import Moment, Session, among, table
from storage.outbox import Letter, State


class Sent(NamedTuple):
    """A letter as a value."""

    id: int
    to: str
    kind: str
    body: str
    due: datetime
    not_before: datetime
    state: str
    reason: str
    lane: str
    settled_at: datetime | None


def about(
    db: Session,
    org_ids: Sequence[str],
    kinds_not: Sequence[str],
    span: tuple[datetime, datetime],
    *,
    ahead: bool,
    skip: int,
    most: int,
) -> list[Sent]:
    """Of these organisations: what waits (the next first), or what became of what was due
    between two moments (the latest first)."""
    first, last = span
    values = {"orgs": list(org_ids), "first": first, "last": last, "skip": skip, "most": most}
    query = AHEAD if ahead else BEHIND
    return [Sent(*row) for row in db.run(query, {**values, "not": list(kinds_not)})]


letter = table(Letter).c
_about = (
    select(*(letter[name] for name in Sent._fields))
    .where(
        among(letter.org_id, "orgs"),
        ~among(letter.kind, "not"),
        letter.due >= bindparam("first", type_=Moment),
        letter.due <= bindparam("last", type_=Moment),
    )
    .offset(bindparam("skip"))
    .limit(bindparam("most"))
)
_not_yet = letter.state.in_([State.WAITING, State.SENDING, State.HELD])
AHEAD = _about.where(_not_yet).order_by(letter.not_before, letter.id)
BEHIND = _about.where(~_not_yet).order_by(letter.due.desc(), letter.id.desc())
