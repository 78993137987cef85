"""Personal data that is there by choice alone: study and contests. Only here, and in their own
capabilities, can it be seen."""

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from storage.contests import Answer, Appeal, Buzz, Contest, Player, Result, Round, Sitting
from storage.questions import Doubt, QuestionRow
from storage.study import Asking, Learner, Memory
from storage.whose import Fate, Personal, Whose, by_member

KEPT, DELETED = Fate.KEPT, Fate.DELETED


def _played(who: Whose) -> ColumnElement[bool]:
    mine = select(col(Sitting.id)).where(col(Sitting.member_id) == who.member_id)
    return col(Answer.attempt_id).in_(mine)


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
    Personal(Answer, _played, DELETED, ("attempt_id", "place", "said", "right", "late", "ms")),
    Personal(
        Sitting,
        by_member(Sitting.member_id),
        DELETED,
        ("id", "round_id", "number", "started_at", "finished_at", "score", "spent_ms"),
    ),
    Personal(
        Result, by_member(Result.member_id), DELETED, ("round_id", "team", "score", "spent_ms")
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
