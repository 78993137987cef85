"""Personal data that is there by choice alone: study and contests. Only here, and in their own
capabilities, can it be seen."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from storage.contests import Answer, Appeal, Buzz, Contest, Player, Result, Round, Sitting
from storage.questions import Doubt, QuestionRow
from storage.study import Asking, Learner, Memory
from storage.whose import Fate, Personal, Where, Whose, by_member

KEPT, DELETED = Fate.KEPT, Fate.DELETED


def _played(who: Whose) -> ColumnElement[bool]:
    mine = select(col(Sitting.id)).where(col(Sitting.member_id) == who.member_id)
    return col(Answer.attempt_id).in_(mine)


def _published(round_id: Any) -> Where:
    """Before that nobody is told what was right: a paper may be open for others, or again."""
    published = select(col(Round.id)).where(col(Round.published_at).is_not(None))
    return lambda _: col(round_id).in_(published)


def _answered_in_published(who: Whose) -> ColumnElement[bool]:
    attempts = select(col(Sitting.id)).where(_published(Sitting.round_id)(who))
    return col(Answer.attempt_id).in_(attempts)


VOLUNTARY: tuple[Personal, ...] = (
    Personal(
        Learner, by_member(Learner.member_id), DELETED, ("a_day", "minute", "topics", "since")
    ),
    Personal(
        Memory,
        by_member(Memory.member_id),
        DELETED,
        ("question_id", "stability", "difficulty", "due", "reviewed", "reviews", "mistaken"),
    ),
    Personal(
        Asking,
        by_member(Asking.member_id),
        DELETED,
        ("day", "why", "question_id", "version", "answer", "answered_at", "right"),
    ),
    Personal(
        Player, by_member(Player.member_id), DELETED, ("contest_id", "team", "named", "joined_at")
    ),
    Personal(
        Answer,
        _played,
        DELETED,
        ("attempt_id", "place", "said", "right", "late", "ms"),
        verdicts=frozenset({"right"}),
        told=_answered_in_published,
    ),
    Personal(
        Sitting,
        by_member(Sitting.member_id),
        DELETED,
        ("id", "round_id", "number", "started_at", "finished_at", "score", "spent_ms"),
        verdicts=frozenset({"score"}),
        told=_published(Sitting.round_id),
    ),
    Personal(
        Result,
        by_member(Result.member_id),
        DELETED,
        ("round_id", "team", "score", "spent_ms"),
        verdicts=frozenset({"score", "spent_ms"}),
        told=_published(Result.round_id),
    ),
    Personal(
        Appeal, by_member(Appeal.member_id), DELETED, ("round_id", "words", "made_at", "answer")
    ),
    Personal(Buzz, by_member(Buzz.member_id), DELETED, ("round_id", "question", "at")),
    Personal(Contest, by_member(Contest.made_by), KEPT, ("name", "season", "made_at")),
    Personal(Round, by_member(Round.published_by), KEPT, ("name", "published_at")),
    Personal(QuestionRow, by_member(QuestionRow.author), KEPT, ("id", "changed_at")),
    Personal(Doubt, by_member(Doubt.member_id), DELETED, ("question_id", "day", "words")),
)
"""What one has asked for oneself goes when one goes; whoever wrote a question or made a contest
did it for the organisation."""
