"""Who studies, how much, and when. Nobody but oneself can join, and leaving takes one word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.quiz.actions.asking import concerning, topics_of
from handlers.quiz.rules.wishes import USUALLY
from storage import outbox, study
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class Joined:
    a_day: int
    minute: int
    topics: Sequence[str]
    first: bool


def cause(member_id: str) -> str:
    """What letters with questions are written for."""
    return f"study:{member_id}"


def join(
    db: Session,
    member: Speaker,
    now: datetime,
    *,
    a_day: int | None = None,
    minute: int | None = None,
    topics: Sequence[str] | None = None,
) -> Joined:
    """What is left out stays as it was. Whoever joins after their hour gets today's questions by
    asking, and the letters from tomorrow."""
    before = study.learner(db, member.id)
    wishes: dict[str, object] = {}
    if a_day is not None:
        wishes["a_day"] = a_day
    if topics is not None:
        wishes["topics"] = list(topics)
    if before is None or minute is not None:
        at = wishes["minute"] = minute if minute is not None else USUALLY
        passed = at <= now.hour * 60 + now.minute
        wishes["pushed_on"] = now.date() if passed else before and before.pushed_on
    row = study.join(db, member.id, now, **wishes)
    return Joined(row.a_day, row.minute, tuple(row.topics), before is None)


def leave(db: Session, member: Speaker, now: datetime) -> bool:
    """Whether they had joined. What is on its way is called back."""
    outbox.cancel(db, cause(member.id), "left", now)
    return study.leave(db, member.id)


def forget(db: Session, member: Speaker, now: datetime) -> None:
    """One's whole study: the wish, what was answered, what is remembered."""
    leave(db, member, now)
    study.forget(db, member.id)


def topics(db: Session, member: Speaker, now: datetime) -> list[str]:
    return topics_of(concerning(db, member, now))
