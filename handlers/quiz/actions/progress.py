"""What one remembers; and, of a branch, topics without persons."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.permissions import Action, authorize
from bot.questions import Question
from handlers.quiz.actions.asking import askable, concerning, traces_of
from handlers.quiz.rules.cells import Share, figures, monday
from handlers.quiz.rules.remembering import Trace, kept_overnight
from handlers.quiz.rules.streak import streak
from storage import members, organisation, questions, study
from storage.database import Session
from storage.members import Speaker
from storage.organisation import BRANCHES

FOR_A_LECTURE = 5


@dataclass(frozen=True)
class Topic:
    name: str
    percent: int
    count: int


@dataclass(frozen=True)
class Progress:
    count: int
    percent: int
    topics: Sequence[Topic]
    """The shakiest first."""
    days: int


def mine(db: Session, member: Speaker, now: datetime) -> Progress | None:
    """None: nothing was ever answered."""
    entries = concerning(db, member, now)
    traces = traces_of(study.memories(db, member.id))
    cells: dict[str, list[float]] = {}
    for id, trace in traces.items():
        if id in entries:
            topic = entries[id].question.topic
            cells.setdefault(topic, []).append(kept_overnight(trace, now))
    if not cells:
        return None
    everything = [each for cell in cells.values() for each in cell]
    topics = [Topic(name, percent(cell), len(cell)) for name, cell in cells.items()]
    days = streak(study.days_of_study(db, member.id), now.date())
    ordered = sorted(topics, key=lambda each: (each.percent, each.name))
    return Progress(len(everything), percent(everything), ordered, days)


def percent(shares: Sequence[float]) -> int:
    return round(100 * sum(shares) / len(shares))


def book(db: Session, member: Speaker, now: datetime) -> list[tuple[str, int]]:
    """Of each topic, how many wrong answers wait; the most first."""
    entries = concerning(db, member, now)
    wrong = Counter(
        entries[id].question.topic
        for id, each in study.memories(db, member.id).items()
        if each.mistaken and id in entries
    )
    return sorted(wrong.items(), key=lambda it: (-it[1], it[0]))


@dataclass(frozen=True)
class Weak:
    topics: Sequence[tuple[str, int]]
    """Per cent remembered, the weakest first. No persons, no numbers of persons."""
    questions: Sequence[Question]
    """Five for a ten-minute lecture on the weakest."""


def of_branch(db: Session, actor: Speaker, now: datetime) -> Weak | None:
    """None where `actor` leads no branch. Only whole branches, and only one's own: a sum of
    branches minus a branch would be another figure."""
    tree = organisation.tree(db, now.date())
    own = [
        post.org_id
        for post in actor.posts
        if tree.kind(post.org_id) in BRANCHES
        and authorize(actor, Action.SEE_TOPICS, tree.line(post.org_id))
    ]
    if not own:
        return None
    told = weekly(db, own[0], now)
    ordered = sorted(told.items(), key=lambda it: (it[1], it[0]))
    if not ordered:
        return Weak((), ())
    return Weak(ordered, for_a_lecture(db, actor, ordered[0][0], now))


def weekly(db: Session, org_id: str, now: datetime) -> Mapping[str, int]:
    """The figures of this week: worked out when first asked for, and the same until Monday."""
    week = monday(now.date())
    known = study.figures(db, org_id, week)
    if known is None:
        known = dict(figures(shares(db, org_id, now)))
        study.keep_figures(db, org_id, week, known)
    return known


def shares(db: Session, org_id: str, now: datetime) -> Iterator[Share]:
    bank = questions.bank(db)
    cells: dict[tuple[str, str], list[float]] = {}
    people = list(members.belonging(db, [org_id], now.date()))
    for member_id, id, stability, at in study.of_members(db, people):
        if id in bank and bank[id].open_on(now.date()):
            share = kept_overnight(Trace(stability, 5, at, at), now)
            cells.setdefault((member_id, bank[id].question.topic), []).append(share)
    for (member_id, topic), known in cells.items():
        yield Share(member_id, topic, sum(known) / len(known))


def for_a_lecture(db: Session, actor: Speaker, topic: str, now: datetime) -> list[Question]:
    entries = [e for e in askable(db, actor, now).values() if e.question.topic == topic]
    ordered = sorted(entries, key=lambda each: (each.question.difficulty, each.id))
    return [each.question for each in ordered[:FOR_A_LECTURE]]
