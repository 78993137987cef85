"""Letters as those see them who look after an organisation: what waits, what became of the rest;
and as their readers got them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, literal_column, select

from bot.messages import Address
from storage.attempts import GOT, Attempt
from storage.database import Moment, Session, among, table
from storage.outbox import Letter


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


def together(db: Session, member_id: str) -> list[tuple[int, str]]:
    """The letters of the last message that had several for this member, in the order in which they
    stood there: number and body."""
    return [(id, body) for id, body in db.run(TOGETHER, {"of_member": member_id})]


class Told(NamedTuple):
    """The last message that somebody got: when, and the bodies of the letters in it, in order."""

    at: datetime
    bodies: Sequence[str]


def last(db: Session, member_id: str, address: Address, since: datetime) -> Told | None:
    """What was said there last without their having asked, not before `since`."""
    values = {"of_member": member_id, "there": address.platform, "user": address.user}
    rows = db.run(LAST, {**values, "since": since}).all()
    return Told(max(row.started for row in rows), [row.body for row in rows]) if rows else None


letter, attempt = table(Letter).c, table(Attempt).c
_about = select(*(letter[name] for name in Sent._fields)).where(
    ~among(letter.kind, "not"),
    letter.due >= bindparam("first", type_=Moment),
    letter.due <= bindparam("last", type_=Moment),
)
_theirs = among(func.coalesce(letter.org_id, ""), "orgs")
"""So written that SQLite goes by the order and not by the organisation: of a city's letters that
wait, all belong to whoever looks at it."""
AHEAD = (
    _about.where(letter.settled_at.is_(None), _theirs)
    .order_by(letter.not_before, letter.id)
    .offset(bindparam("skip"))
    .limit(bindparam("most"))
)
BEHIND = (
    _about.where(letter.settled_at.is_not(None), among(letter.org_id, "orgs"))
    .order_by(letter.due.desc(), letter.id.desc())
    .offset(bindparam("skip"))
    .limit(bindparam("most"))
)
_told = (
    select(attempt.call, func.max(attempt.started).label("at"))
    .where(attempt.to == bindparam("of_member"), attempt.result.in_(GOT))
    .group_by(attempt.call)
    .having(func.count() > 1)
    .order_by(literal_column("at").desc())
    .limit(1)
    .cte("told")
)
TOGETHER = (
    select(letter.id, letter.body)
    .join(table(Attempt), and_(attempt.letter_id == letter.id, attempt.to == letter.to))
    .join(_told, attempt.call == _told.c.call)
    .where(letter.to == bindparam("of_member"))
    .order_by(letter.id)
)
_call = (
    select(attempt.call)
    .join(table(Letter), attempt.letter_id == letter.id)
    .where(
        letter.unsays == "",
        attempt.to == bindparam("of_member"),
        attempt.lane == bindparam("there"),
        attempt.user == bindparam("user"),
        attempt.started >= bindparam("since", type_=Moment),
        attempt.result.in_(GOT),
    )
    .order_by(attempt.started.desc())
    .limit(1)
    .correlate(None)
    .scalar_subquery()
)
LAST = (
    select(attempt.started, letter.body)
    .join(table(Letter), attempt.letter_id == letter.id)
    .where(attempt.to == bindparam("of_member"), attempt.call == _call)
    .order_by(letter.id)
)
