"""Putting questions to people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.questions import Question, order_for, wanted
from handlers.quiz.rules import picking
from handlers.quiz.rules.picking import Candidate
from handlers.quiz.rules.remembering import Trace
from storage import questions, study
from storage.database import Session
from storage.held_back import held_back
from storage.members import Speaker
from storage.questions import Entry
from storage.study import Asking, Known, Memory, Why


@dataclass(frozen=True)
class Asked:
    """A question that waits for an answer."""

    id: int
    question: Question
    order: tuple[int, ...]
    marked: tuple[int, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The options in the order of this person."""
        return tuple(self.question.options[number] for number in self.order)

    @property
    def right(self) -> tuple[int, ...]:
        """The places of the right options, as shown."""
        return tuple(p for p, number in enumerate(self.order) if number in self.question.right)


@dataclass(frozen=True)
class Nothing:
    """There is nothing to ask."""

    done: bool = False
    """The day's questions are answered."""
    empty: bool = False
    """There are no questions at all for this person."""
    held: bool = False
    """There are, and a contest that has not ended holds them back."""
    topic: str = ""
    topics: tuple[str, ...] = ()
    """Where `topic` is not among those that there are."""


def concerning(db: Session, member: Speaker, now: datetime) -> Mapping[str, Entry]:
    """The questions that concern a member and are valid today."""
    return {
        id: each
        for id, each in questions.bank(db).items()
        if each.org_id in member.line and each.open_on(now.date())
    }


def askable(db: Session, member: Speaker, now: datetime) -> Mapping[str, Entry]:
    """Of these, what no contest holds back."""
    held = held_back(db, member.line, now)
    return {id: each for id, each in concerning(db, member, now).items() if id not in held}


def is_held(db: Session, member: Speaker, question_id: str, now: datetime) -> bool:
    return question_id in held_back(db, member.line, now)


def topics_of(entries: Mapping[str, Entry]) -> list[str]:
    return sorted({each.question.topic for each in entries.values()} - {""})


def for_today(db: Session, member: Speaker, now: datetime) -> Asked | Nothing:
    """The next of the day's questions: one that waits, or a new one while the number that was
    chosen is not reached."""
    row = study.learner(db, member.id)
    if row is None:
        return Nothing()
    entries = askable(db, member, now)
    asked = study.asked_on(db, member.id, now.date(), Why.DAILY)
    for each in asked:
        if each.answered_at is None and each.question_id in entries:
            return asked_of(each, text_of(db, each))
    counted = [each for each in asked if each.question_id in entries or each.answered_at]
    left = row.a_day - len(counted)
    if left <= 0:
        return Nothing(done=True)
    bank = candidates(entries, row.topics)
    traces = traces_of(study.memories(db, member.id))
    end_of_day = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    chosen = picking.for_today(
        bank,
        traces,
        left=left,
        not_these=asked_today(db, member, now),
        seed=member.id,
        end_of_day=end_of_day,
    )
    if chosen is None:
        return Nothing(done=bool(asked)) if bank else nothing(db, member, now, row.topics)
    return put(db, member, entries[chosen], Why.DAILY, now)


def practice(
    db: Session, member: Speaker, now: datetime, *, topic: str = "", more: int = 0
) -> Asked | Nothing:
    """As many as one likes, at any moment."""
    entries = askable(db, member, now)
    bank = candidates(entries, [topic] if topic else [])
    if not bank:
        return replace(nothing(db, member, now, [topic] if topic else []), topic=topic)
    traces = traces_of(study.memories(db, member.id))
    today = asked_today(db, member, now)
    for not_these in (today, last_asked(db, member)):  # all asked today: over again
        chosen = picking.for_practice(bank, traces, not_these=not_these, seed=member.id, now=now)
        if chosen:
            return put(db, member, entries[chosen], Why.PRACTICE, now, topic=topic, left=more)
    return Nothing(done=True)


def mistakes(db: Session, member: Speaker, now: datetime) -> Asked | Nothing:
    """The book of wrong answers, the one seen longest ago first."""
    entries = askable(db, member, now)
    mistaken = [each for each in study.memories(db, member.id).values() if each.mistaken]
    wrong = [each for each in mistaken if each.question_id in entries]
    if not wrong:
        there = concerning(db, member, now)
        return Nothing(done=True, held=any(each.question_id in there for each in mistaken))
    oldest = min(wrong, key=lambda each: (each.reviewed, each.question_id))
    return put(db, member, entries[oldest.question_id], Why.MISTAKES, now, left=len(wrong) - 1)


def nothing(db: Session, member: Speaker, now: datetime, topics: Sequence[str]) -> Nothing:
    """Why nothing of these topics can be asked."""
    there = concerning(db, member, now)
    held = bool(candidates(there, topics))
    return Nothing(empty=not there, held=held, topics=tuple(topics_of(there)))


def put(
    db: Session,
    member: Speaker,
    entry: Entry,
    why: Why,
    now: datetime,
    *,
    topic: str = "",
    left: int = 0,
) -> Asked:
    """In an order of its own each time, so that nobody learns the place instead of the answer."""
    order = order_for(entry.question, f"{member.id}:{entry.id}:{now.isoformat()}")
    row = Asking(
        member_id=member.id,
        day=now.date(),
        why=why,
        question_id=entry.id,
        version=entry.version,
        order="".join(map(str, order)),
        asked_at=now,
        topic=topic,
        left=left,
    )
    return asked_of(study.ask(db, row), entry.question)


def text_of(db: Session, row: Asking) -> Question:
    return questions.text_of(db, row.question_id, row.version)


def asked_of(row: Asking, question: Question) -> Asked:
    return Asked(row.id, question, tuple(map(int, row.order)), tuple(map(int, row.marked)))


def candidates(entries: Mapping[str, Entry], topics: Sequence[str]) -> list[Candidate]:
    return [
        Candidate(id, each.question.topic, each.question.difficulty)
        for id, each in entries.items()
        if wanted(topics, each.question.topic)
    ]


def traces_of(memories: Mapping[str, Known | Memory]) -> dict[str, Trace]:
    return {
        id: Trace(each.stability, each.difficulty, each.due, each.reviewed)
        for id, each in memories.items()
    }


def asked_today(db: Session, member: Speaker, now: datetime) -> set[str]:
    return {each.question_id for each in study.asked_on(db, member.id, now.date())}


def last_asked(db: Session, member: Speaker) -> set[str]:
    last = study.latest(db, member.id, answered=True)
    return {last.question_id} if last else set()
