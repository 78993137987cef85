"""Deciding on leave and on being recorded afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.messages import Refusal, Reply
from bot.permissions import Action, reach
from handlers.checkin.actions.allowing import entrusted
from handlers.checkin.rules.deciding import CameMeanwhile, Decided, DecidedBefore, Verdict
from handlers.checkin.text import requests as text
from storage import attendance, audit, members, organisation, outbox, requests
from storage.activities import Held
from storage.attendance import CAME, Entry, Standing, State
from storage.database import Session
from storage.members import Speaker
from storage.outbox import Post
from storage.requests import Asked, RequestKind, RequestState

HEARD = timedelta(days=14)
"""For so long it is worth telling somebody why."""


def waiting(db: Session, actor: Speaker, now: datetime) -> Sequence[Asked]:
    """What waits for `actor`, the oldest first. Nobody decides what they have asked for."""
    orgs = reach(actor, Action.DECIDE_REQUEST, organisation.tree(db, now.date()))
    if not orgs:
        return ()
    return [each for each in requests.pending(db, orgs) if each.member_id != actor.id]


def read(db: Session, actor: Speaker, now: datetime, shown: int = 1) -> Sequence[Asked]:
    """What waits, with names and reasons: on record that as many as are shown were read."""
    found = waiting(db, actor, now)
    note_read(db, actor, found[:shown], now)
    return found


def note_read(db: Session, actor: Speaker, shown: Sequence[Asked], now: datetime) -> None:
    for each in shown:
        audit.note(db, actor.id, "read_request", f"request:{each.id}", now)


def decide(
    db: Session, actor: Speaker, now: datetime, request_id: int, *, approve: bool, why: str = ""
) -> Verdict:
    """`Refusal` when it is not for `actor` to decide. `why`, in their words, goes to whoever asked
    and is kept nowhere else."""
    asked = requests.asked(db, request_id)
    if asked is None:
        raise Refusal(text.NO_REQUEST)
    try:
        held = entrusted(db, actor, Action.DECIDE_REQUEST, asked.activity_id, now)
    except Refusal:
        raise Refusal(text.NO_REQUEST) from None
    if asked.member_id == actor.id:
        raise Refusal(text.NOT_ONES_OWN)
    record = attendance.standings(db, held.id, [asked.member_id]).get(asked.member_id)
    if record and record.state in CAME and asked.state == RequestState.PENDING:
        requests.settle(db, request_id, RequestState.WITHDRAWN, by=actor.id, at=now)
        return CameMeanwhile(asked.name, asked.title, record.at)
    state = RequestState.APPROVED if approve else RequestState.DECLINED
    if not requests.settle(db, request_id, state, by=actor.id, at=now):
        by = members.name_of(db, asked.decided_by)
        return DecidedBefore(asked.name, asked.title, asked.state, by)
    if approve:
        _enter(db, actor, now, asked, held, record)
    elif why:
        _tell(db, actor, now, asked, why)
    audit.note(db, actor.id, f"{state}_{asked.kind}", f"request:{request_id}", now)
    left = len(waiting(db, actor, now))
    return Decided(asked.kind, approve, asked.name, asked.title, asked.starts, left)


def _tell(db: Session, actor: Speaker, now: datetime, asked: Asked, why: str) -> None:
    key = f"request:{asked.id}:returned"
    words = text.returned(asked.kind, asked.title, asked.starts, why, actor.name)
    say = Reply(text=words)
    until = now + HEARD
    letter = Post(
        key=key, to=asked.member_id, kind="request", say=say, cause=f"request:{asked.id}",
        due=now, until=until, rank=outbox.Rank.OWN, org_id=asked.org_id,
    )  # fmt: skip
    outbox.post(db, [letter], now)


def _enter(
    db: Session,
    actor: Speaker,
    now: datetime,
    asked: Asked,
    held: Held,
    record: Standing | None,
) -> None:
    """Leave counts from when it was asked for; who is recorded afterwards was there all along."""
    if asked.kind == RequestKind.LEAVE:
        state, at = State.ON_LEAVE, asked.asked_at
    else:
        state, at = State.MADE_UP, held.starts
    entry = Entry(state, at, asked.kind, actor.id, now)
    attendance.enter(db, held.id, asked.member_id, entry, record)
