"""A notice takes shape: what, to whom, and what one ought to know before it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal

from bot.messages import Refusal
from bot.permissions import Action
from bot.permissions import reach as in_reach
from handlers.notices.actions.addressing import address, recipients
from handlers.notices.rules import wording
from handlers.notices.text import publishing as text
from storage import broadcasts, organisation, reach
from storage.broadcasts import UNDER_WAY, Broadcast, Stage
from storage.database import Session
from storage.members import Speaker
from storage.reach import Forecast
from storage.writer import Looking

Question = Literal["what", "whom"]
RECENTLY = timedelta(days=30)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ask:
    draft_id: int
    question: Question


@dataclass(frozen=True)
class Preview:
    draft_id: int
    version: int
    words: str
    text: str
    count: int
    ways: Forecast
    new_hosts: Sequence[str]
    """Linked to for the first time: to be looked at before many people tap it."""
    receipt: bool
    urgent: bool
    at_night: bool
    needs_second: bool


def begin(
    db: Session,
    actor: Speaker,
    now: datetime,
    head: str,
    said: str,
    read_beside: Looking,
    *,
    receipt: bool,
) -> Ask | Preview:
    """`head` says to whom, `said` what; whichever is empty is asked for. Who the readers are, and
    how they can be reached, is read beside the writer."""
    to = address(db, actor, now, head)
    row = Broadcast(
        author=actor.id,
        org_id=to.org_id,
        words=to.words,
        audience=to.audience.plain() if to.audience else {},
        text=wording.tidy(said),
        receipt=receipt,
        urgent=wording.is_urgent(head),
        made_at=now,
    )
    return _next(db, broadcasts.begin(db, row), now, read_beside)


def learn(
    db: Session, actor: Speaker, now: datetime, asked: Ask, words: str, read_beside: Looking
) -> Ask | Preview:
    row = own_draft(db, actor, asked.draft_id)
    match asked.question:
        case "what":
            row.text = wording.tidy(words)
        case "whom":
            to = address(db, actor, now, words)
            row.org_id, row.words = to.org_id, to.words
            row.audience = to.audience.plain() if to.audience else {}
    row.version += 1
    return _next(db, broadcasts.save(db, row), now, read_beside)


def own_draft(db: Session, actor: Speaker, draft_id: int) -> Broadcast:
    """`Refusal` where it is not theirs, or a draft no more."""
    row = broadcasts.locked(db, draft_id)
    if row is None or row.author != actor.id:
        raise Refusal(text.NO_DRAFT)
    if row.stage != Stage.DRAFT:
        raise Refusal(text.NO_DRAFT_ANY_MORE)
    return row


def discard(db: Session, actor: Speaker, now: datetime, draft_id: int) -> None:
    row = own_draft(db, actor, draft_id)
    row.stage, row.ended_at = Stage.CANCELLED, now
    broadcasts.save(db, row)


def outlook(
    db: Session, org_id: str, audience: Mapping[str, Any], now: datetime
) -> tuple[int, Forecast]:
    """How many it is for, and how they would be reached."""
    ids = recipients(db, org_id, audience, now)
    return len(ids), reach.forecast(db, ids, now)


def preview(db: Session, row: Broadcast, now: datetime, read_beside: Looking) -> Preview:
    """`Refusal` for what may not be said here, or has nobody to read it."""
    if wording.is_classified(row.text):
        raise Refusal(text.CLASSIFIED)
    if len(row.text) > wording.LONGEST:
        raise Refusal(text.too_long(len(row.text), wording.LONGEST))
    row.count, ways = read_beside(
        partial(outlook, org_id=row.org_id, audience=dict(row.audience), now=now)
    )
    if not row.count:
        raise Refusal(text.nobody(row.words))
    broadcasts.save(db, row)
    return Preview(
        draft_id=row.id,
        version=row.version,
        words=row.words,
        text=row.text,
        count=row.count,
        ways=ways,
        new_hosts=new_hosts(db, row.text),
        receipt=row.receipt,
        urgent=row.urgent,
        at_night=wording.at_night(now),
        needs_second=row.count > wording.SECOND_ABOVE,
    )


def new_hosts(db: Session, said: str) -> list[str]:
    return [host for host in wording.hosts(said) if not broadcasts.linked_before(db, host)]


def latest(db: Session, actor: Speaker, now: datetime) -> Broadcast:
    """The notice somebody means without naming it. `Refusal` where there is none."""
    orgs = in_reach(actor, Action.SEND_NOTICE, organisation.tree(db, now.date()))
    row = broadcasts.latest(db, actor.id, orgs, now - RECENTLY)
    if row is None:
        raise Refusal(text.NONE_SENT)
    return row


def going_out(db: Session, actor: Speaker, now: datetime) -> Broadcast | None:
    """The last one of today's that they ordered or confirmed, if it has not been called back."""
    row = broadcasts.latest(db, actor.id, [], now - A_DAY)
    return row if row and row.stage in UNDER_WAY else None


def _next(db: Session, row: Broadcast, now: datetime, read_beside: Looking) -> Ask | Preview:
    if not row.text:
        return Ask(row.id, "what")
    if not row.audience:
        return Ask(row.id, "whom")
    return preview(db, row, now, read_beside)
