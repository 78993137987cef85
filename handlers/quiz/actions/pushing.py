"""The day's first question, at the hour that each has chosen."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.parts import parts
from handlers.quiz.actions import asking
from handlers.quiz.actions.asking import Asked
from handlers.quiz.actions.joining import cause
from handlers.quiz.actions.showing import shown
from storage import members, organisation, outbox, study
from storage.database import Session
from storage.outbox import Post, Rank
from storage.study import Learner

KEPT = timedelta(days=400)
AT_ONCE = 10
"""Letters in one unit of work: nobody who checks in waits for more."""


def push_in_parts(db: Session, now: datetime) -> Iterator[Callable[[Session], int]]:
    """Write the letters that are due. Each is cut off when the next one comes."""
    due = study.to_push(db, now.hour * 60 + now.minute, now.date())
    for ids in parts(due, AT_ONCE):
        yield partial(push, ids=ids, now=now)


def push(db: Session, ids: Sequence[str], now: datetime) -> int:
    """How many letters were written."""
    tree = organisation.tree(db, now.date())
    written = 0
    for id in ids:
        learner = study.claim_push(db, id, now.date())
        member = members.speaker(db, id, tree) if learner else None
        found = asking.for_today(db, member, now) if member else None
        if learner and isinstance(found, Asked):
            outbox.post(db, [letter(learner, found, now)], now)
            written += 1
    return written


def prune(db: Session, now: datetime) -> int:
    """What was asked long ago is forgotten; what is remembered of it stays."""
    return study.prune(db, now.date() - KEPT)


def letter(learner: Learner, asked: Asked, now: datetime) -> Post:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Post(
        key=f"quiz:{learner.member_id}:{now.date()}",
        to=learner.member_id,
        kind="quiz",
        say=shown(asked),
        cause=cause(learner.member_id),
        due=now,
        until=midnight + timedelta(days=1, minutes=learner.minute),
        rank=Rank.OWN,
        flow=f"quiz:{learner.member_id}",
    )
