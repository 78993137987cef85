"""Letters: what is to be said to somebody who has not just asked.

A letter is written in the unit of work of its reason, under a key that makes a second writing
harmless. It ends in exactly one state that can be seen; `scheduler/delivery` takes it there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import Index, and_, bindparam, case, func, or_, select, text, update
from sqlmodel import Field, SQLModel

from bot.messages import Address, Reply
from storage import lanes
from storage.database import Moment, Session, among, insert_new, table, where


class State(StrEnum):
    """Where a letter stands. All but the first two are final, or wait for a person."""

    WAITING = "waiting"
    SENDING = "sending"
    """Claimed: never for longer than one lease."""
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """Its cut-off had passed; somebody was told."""
    UNCERTAIN = "uncertain"
    """Sent twice at most, and the platform did not say whether it took either."""
    HELD = "held"
    """Until a person lets it go: a confirmation is missing, or the author has left the post."""


class Rank(IntEnum):
    """Which letters go first."""

    URGENT = 0
    """Also at night and on days off, and not counted among the three a day."""
    OWN = 1
    """What the person has asked for: an own reminder, a late answer."""
    NORMAL = 2
    BULK = 3


CONTACT = "contact"
"""Left for the next contact, or said there."""
RESTORED = "restored"
UNSETTLED = text("settled_at IS NULL")
AHEAD = "not_before", "id", "org_id", "due", "kind"
"""In the order in which they go out."""


class Letter(SQLModel, table=True):
    __table_args__ = (
        Index("letter_queue", "state", "lane", "rank", "not_before", "id"),
        Index("letter_of_member", "to", "state", "id"),
        Index("letter_of_organisation", "org_id", "due", "id"),
        Index("letter_ahead", *AHEAD, **where(UNSETTLED)),
    )

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    """What makes a second writing of the same letter harmless: "activity:12:missing:M001"."""
    to: str
    """The member; by which account they are reached is decided when it is sent."""
    kind: str
    """What sort of letter, for lists and for merging: morning, ladder, missing, own …"""
    body: str
    """A `Reply` as JSON, without its dialog."""
    cause: str = Field(index=True)
    """The record that it is sent for: duty:123, activity:12, reminder:5. `zhibu why` follows it."""
    rank: int
    flow: str = ""
    """Letters of one flow reach one person in the order they were written in."""
    due: datetime = Field(sa_type=Moment)
    """Never sent before."""
    until: datetime | None = Field(default=None, sa_type=Moment)
    """The cut-off: never sent after; it expires, and somebody is told."""
    org_id: str = ""
    """The organisation it is about."""
    reader_may: str = ""
    """The `Action` that the reader must still be allowed in `org_id` when it is sent."""
    author: str = ""
    """The member who ordered it; empty for what happens by itself."""
    author_may: str = ""
    """The `Action` that the author must still be allowed in `org_id` when it is sent."""
    version: int = 1
    """Goes up with each edit, so that an order to send the old text can be told from the new."""
    made_at: datetime = Field(sa_type=Moment)

    state: str = State.WAITING
    reason: str = ""
    """Why it failed, was cancelled or is held: blocked, window, erased, quiet …"""
    lane: str = ""
    """The platform account that it was routed to; empty until then."""
    user: str = ""
    pinned: bool = False
    """Meant for this account and no other: news for a device, an answer that came late."""
    not_before: datetime = Field(sa_type=Moment)
    """`due`, or later: after quiet hours, after what the platform asked for."""
    owner: str = ""
    """Which process has claimed it."""
    lease: datetime | None = Field(default=None, sa_type=Moment)
    attempt: int = 0
    """Goes up with each claim: who has lost a letter to another can no longer settle it."""
    doubts: int = 0
    """How often a platform may or may not have taken it. After the second, never again."""
    tries: int = 0
    """How often a platform has refused it, for what it says."""
    call: str = ""
    """The call that it went out with, together with others, while nobody knows whether it did."""
    said: str = ""
    """What was said then, as JSON: said again it must be the same to the byte."""
    stop: str = ""
    """Why it is not tried again, should the call under way fail: it was called back meanwhile."""
    instead: str = ""
    """What to say when it is tried again, should that call fail: it was edited meanwhile."""
    unsays: str = ""
    """The message that it takes back from a phone, or gives another text there."""
    settled_at: datetime | None = Field(default=None, sa_type=Moment)


@dataclass(frozen=True, kw_only=True)
class Post:
    """A letter to be written. What is left out has the meaning it has in `Letter`."""

    key: str
    to: str
    kind: str
    say: Reply
    cause: str
    due: datetime
    until: datetime | None = None
    rank: Rank = Rank.NORMAL
    flow: str = ""
    org_id: str = ""
    reader_may: str = ""
    author: str = ""
    author_may: str = ""
    unsays: str = ""
    at: Address | None = None
    """This account and no other; else whichever of theirs can be reached, as they like it."""


def post(db: Session, posts: Iterable[Post], now: datetime) -> int:
    """Write them; how many were new. One whose key is known is left as it is."""
    rows = [_row(each, now) for each in posts]
    if not rows:
        return 0
    insert = POST_ON[db.dialect]
    return sum(db.run(insert, row).first() is not None for row in rows)


def cancel(db: Session, cause: str, reason: str, now: datetime) -> int:
    """Call back what is not yet on its way for `cause`; how many that were. What is on its way
    may arrive, but is not tried again."""
    values = {"of_cause": cause, "why": reason, "now": now, "later": lanes.told_later()}
    return sum(state == State.CANCELLED for (state,) in db.run(CALL_BACK, values))


def cancel_keys(db: Session, keys: Sequence[str], reason: str, now: datetime) -> int:
    values = {"keys": list(keys), "why": reason, "now": now}
    return int(db.run(CANCEL_KEYS, values).rowcount)


def cancel_for(db: Session, member_id: str, reason: str, now: datetime) -> int:
    """Call back what is not yet on its way to somebody; how many that were."""
    values = {"of_member": member_id, "why": reason, "now": now}
    return int(db.run(CANCEL_FOR, values).rowcount)


def reword(db: Session, cause: str, kind: str, say: Reply) -> int:
    """Letters that nobody has taken on yet say something else; how many those were. Those on their
    way go out as they were; not taken, they say it too. What may have arrived already is said once
    more as it was: nobody is to have both."""
    values = {"of_cause": cause, "of_kind": kind, "new": body_of(say), "later": lanes.told_later()}
    return sum(state in {State.WAITING, State.HELD} for (state,) in db.run(REWORD, values))


def counts(db: Session, cause: str) -> dict[State, int]:
    """How many letters of `cause` stand where; states without any are left out."""
    return {State(state): count for state, count in db.run(COUNTS, {"of_cause": cause})}


def was_told(db: Session, keys: Sequence[str], now: datetime) -> None:
    """What these letters say was said at the next contact: they are not sent any more."""
    values = {"keys": list(keys), "why": CONTACT, "now": now}
    db.run(TOLD, values)


def hold_restored(db: Session, now: datetime) -> int:
    """What was due waits for a person: nobody knows what was sent since. How many these are."""
    return int(db.run(HOLD_DUE, {"now": now, "why": RESTORED}).rowcount)


def _row(each: Post, now: datetime) -> dict[str, Any]:
    return {
        "key": each.key,
        "to": each.to,
        "kind": each.kind,
        "body": body_of(each.say),
        "cause": each.cause,
        "rank": int(each.rank),
        "flow": each.flow,
        "due": each.due,
        "until": each.until,
        "org_id": each.org_id,
        "reader_may": each.reader_may,
        "author": each.author,
        "author_may": each.author_may,
        "version": 1,
        "made_at": now,
        "state": State.WAITING,
        "reason": "",
        "lane": each.at.platform if each.at else "",
        "user": each.at.user if each.at else "",
        "pinned": each.at is not None,
        "not_before": each.due,
        "owner": "",
        "attempt": 0,
        "doubts": 0,
        "tries": 0,
        "call": "",
        "said": "",
        "stop": "",
        "instead": "",
        "unsays": each.unsays,
    }


def body_of(say: Reply) -> str:
    return say.model_dump_json(exclude={"then"}, exclude_defaults=True)


letter = table(Letter).c
POST_ON = insert_new(Letter, letter.id)
_open = letter.state.in_([State.WAITING, State.HELD])
_settled_now = {"reason": bindparam("why"), "settled_at": bindparam("now", type_=Moment)}
_of_cause = letter.cause == bindparam("of_cause")
_cancelled = update(table(Letter)).where(_open).values(state=State.CANCELLED, **_settled_now)
_told_later = and_(letter.state == State.SENT, among(letter.lane, "later"))
_under_way = or_(letter.state == State.SENDING, _told_later)
CALL_BACK = (
    update(table(Letter))
    .where(_of_cause, or_(_open, _under_way))
    .values(
        state=case((_open, State.CANCELLED), else_=letter.state),
        stop=case((_under_way, bindparam("why")), else_=letter.stop),
        reason=case((_open, bindparam("why")), else_=letter.reason),
        settled_at=case((_open, bindparam("now", type_=Moment)), else_=letter.settled_at),
    )
    .returning(letter.state)
)
"""One statement for what waits and what is under way: between two, a letter that is claimed just
then would escape both."""
CANCEL_FOR = _cancelled.where(letter.to == bindparam("of_member"))
CANCEL_KEYS = _cancelled.where(among(letter.key, "keys"))
_untold = or_(_open, letter.state.in_([State.FAILED, State.UNCERTAIN]))
TOLD = (
    update(table(Letter))
    .where(_untold, among(letter.key, "keys"))
    .values(state=State.SENT, **_settled_now)
)
REWORD = (
    update(table(Letter))
    .where(
        _of_cause,
        letter.kind == bindparam("of_kind"),
        letter.doubts == 0,
        or_(_open, _under_way),
    )
    .values(
        body=case((_open, bindparam("new")), else_=letter.body),
        version=case((_open, letter.version + 1), else_=letter.version),
        instead=case((_under_way, bindparam("new")), else_=""),
    )
    .returning(letter.state)
)
"""One statement, as above."""
COUNTS = select(letter.state, func.count()).where(_of_cause).group_by(letter.state)
HOLD_DUE = (
    update(table(Letter))
    .where(
        letter.state.in_([State.WAITING, State.SENDING]),
        letter.due <= bindparam("now", type_=Moment),
    )
    .values(state=State.HELD, reason=bindparam("why"))
)
