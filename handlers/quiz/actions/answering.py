"""Taking answers: the first counts, what was asked is what is judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.questions import Kind, chosen, judge
from handlers.quiz.actions.asking import Asked, asked_of, is_held, text_of, traces_of
from handlers.quiz.rules.remembering import Trace, in_book, reviewed
from storage import questions, study
from storage.database import Session
from storage.members import Speaker
from storage.questions import State
from storage.study import Asking, Memory, Unanswered, Why


@dataclass(frozen=True)
class Told:
    """Right or wrong, with all that may be known now."""

    asked: Asked
    right: bool
    days: int
    """Until the question comes back."""
    late: date | None
    """The day it belonged to, where that is past."""
    more: bool
    """There are more questions of the same sort."""


@dataclass(frozen=True)
class Marked:
    asked: Asked


@dataclass(frozen=True)
class OnceMore:
    asked: Asked
    hits: int


@dataclass(frozen=True)
class Back:
    """The answer of a card: one judges oneself."""

    asked: Asked


@dataclass(frozen=True)
class AlreadyAnswered:
    """A second tap, or a second thought."""


@dataclass(frozen=True)
class Withdrawn:
    """It is not asked any more, and counts for nothing."""


@dataclass(frozen=True)
class HeldBack:
    """It stands in a contest that has not ended: it waits until then, and so does its answer."""


@dataclass(frozen=True)
class NoAnswer:
    """The words choose nothing."""

    asked: Asked


Outcome = Told | Marked | OnceMore | Back | AlreadyAnswered | Withdrawn | HeldBack | NoAnswer


def waiting(db: Session, member_id: str) -> Asking | None:
    return study.latest(db, member_id, answered=False)


STILL_MEANT = timedelta(days=1)
"""How long words without a conversation may be the answer to what was asked last."""


def sent(db: Session, member_id: str, now: datetime) -> Unanswered | None:
    """The question that was asked last and waits for its answer."""
    found = study.unanswered(db, member_id, (now - STILL_MEANT).date())
    return found if found and now - found.asked_at < STILL_MEANT else None


def tap(db: Session, member: Speaker, row: Asking, place: int, now: datetime) -> Outcome:
    """A button with one option: the answer, or one mark of a multiple choice."""
    if outcome := over(db, member, row, now):
        return outcome
    asked = asked_of(row, text_of(db, row))
    if asked.question.kind is not Kind.MULTIPLE:
        return settle(db, row, asked, (place,), now)
    row.marked = "".join(map(str, sorted(set(asked.marked) ^ {place})))
    db.flush()
    return Marked(asked_of(row, asked.question))


def hand_in(db: Session, member: Speaker, row: Asking, now: datetime) -> Outcome:
    """The marks of a multiple choice are the answer."""
    if outcome := over(db, member, row, now):
        return outcome
    asked = asked_of(row, text_of(db, row))
    return settle(db, row, asked, asked.marked, now) if asked.marked else NoAnswer(asked)


def press(db: Session, member: Speaker, row: Asking, number: int, now: datetime) -> Outcome | None:
    """The button of that number, counted from 1, under the question; None: there is none."""
    asked = asked_of(row, text_of(db, row))
    kind, options = asked.question.kind, len(asked.order)
    if 1 <= number <= (2 if kind is Kind.TRUE_FALSE else options):
        return tap(db, member, row, number - 1, now)
    if kind is Kind.MULTIPLE and number == options + 1:
        return hand_in(db, member, row, now)
    return reveal(db, member, row, now) if kind is Kind.CARD and number == 1 else None


def say(
    db: Session, member: Speaker, row: Asking, words: str, now: datetime, tries: int = 0
) -> Outcome:
    """An answer in words. Whether words are the right ones cannot always be told, so they are
    not held against anybody: one may try again, or have the answer shown."""
    if outcome := over(db, member, row, now):
        return outcome
    asked = asked_of(row, text_of(db, row))
    question = asked.question
    if question.kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE}:
        shown = asked.shown
        places = chosen(question.kind, len(shown), words) or spelt_out(shown, words)
        return settle(db, row, asked, places, now) if places else NoAnswer(asked)
    if question.kind is Kind.CARD:
        return NoAnswer(asked)
    verdict = judge(question, words)
    if verdict.right:
        return settle(db, row, asked, words, now, tries)
    return OnceMore(asked, len(verdict.hits))


def reveal(db: Session, member: Speaker, row: Asking, now: datetime) -> Outcome:
    """The answer is shown: of a card to judge oneself, of anything else as not remembered."""
    if outcome := over(db, member, row, now):
        return outcome
    asked = asked_of(row, text_of(db, row))
    return Back(asked) if asked.question.kind is Kind.CARD else settle(db, row, asked, "", now)


def spelt_out(shown: Sequence[str], words: str) -> tuple[int, ...]:
    """The option itself instead of its letter."""
    return tuple(place for place, option in enumerate(shown) if option == words.strip())


def over(
    db: Session, member: Speaker, row: Asking, now: datetime
) -> AlreadyAnswered | Withdrawn | HeldBack | None:
    if row.answered_at:
        return AlreadyAnswered()
    known = questions.bank(db).get(row.question_id)
    if known and known.state == State.ASKED:
        return HeldBack() if is_held(db, member, row.question_id, now) else None
    study.claim(db, row.id, "", None, now)
    return Withdrawn()


def settle(
    db: Session,
    row: Asking,
    asked: Asked,
    answer: Sequence[int] | str,
    now: datetime,
    tries: int = 0,
) -> Told | AlreadyAnswered:
    """`answer`: places as shown, or words."""
    words = isinstance(answer, str)
    meant = answer if words or not asked.order else [asked.order[int(at)] for at in answer]
    right = judge(asked.question, meant).right
    said = str(answer) if words else "".join(map(str, answer))
    if not study.claim(db, row.id, said, right, now):
        return AlreadyAnswered()
    trace = remember(db, row, right=right, tries=tries, now=now)
    late = row.day if row.why == Why.DAILY and row.day != now.date() else None
    days = (trace.due.date() - now.date()).days
    return Told(asked, right, days, late, row.left > 0 or more_today(db, row, now))


def remember(db: Session, row: Asking, *, right: bool, tries: int, now: datetime) -> Trace:
    before = study.memory(db, row.member_id, row.question_id)
    known = traces_of({row.question_id: before}).get(row.question_id) if before else None
    trace = reviewed(known, right=right, tries=tries, now=now)
    mistaken, in_a_row = in_book(
        was=bool(before and before.mistaken),
        right=right,
        right_since=before.right_since if before else 0,
    )
    study.remember(
        db,
        Memory(
            member_id=row.member_id,
            question_id=row.question_id,
            stability=trace.stability,
            difficulty=trace.difficulty,
            due=trace.due,
            reviewed=trace.reviewed,
            reviews=(before.reviews if before else 0) + 1,
            mistaken=mistaken,
            right_since=in_a_row,
        ),
    )
    return trace


def more_today(db: Session, row: Asking, now: datetime) -> bool:
    learner = study.learner(db, row.member_id)
    if row.why != Why.DAILY or learner is None:
        return False
    return len(study.asked_on(db, row.member_id, now.date(), Why.DAILY)) < learner.a_day


def last_answered(db: Session, member: Speaker, now: datetime) -> Asked | HeldBack | None:
    row = study.latest(db, member.id, answered=True)
    if row and is_held(db, member, row.question_id, now):
        return HeldBack()
    return asked_of(row, text_of(db, row)) if row else None
