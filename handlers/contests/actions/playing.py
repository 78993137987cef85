"""Answering against the clock. Every answer is saved in the unit of work that acknowledges it;
whoever drops out goes on wherever they next write from."""

from dataclasses import dataclass
from datetime import datetime

from bot.questions import Kind, Question, chosen, judge, order_for
from handlers.contests.actions.hall import NotYet, by_the_wall, limits, missed, not_yet, since
from handlers.contests.rules.papers import paper_for
from handlers.contests.rules.timing import (
    InTime,
    Late,
    PaperOver,
    in_time,
    seconds_left,
)
from storage import contests, questions
from storage.contests import Heat, Saved, Sitting
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class Shown:
    """The question that waits."""

    attempt_id: int
    place: int
    total: int
    question: Question
    order: tuple[int, ...]
    seconds: int
    """Left for it."""
    marked: tuple[int, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(self.question.options[number] for number in self.order)


@dataclass(frozen=True)
class Taken:
    place: int
    late: int
    """Seconds; 0: in time."""
    then: Shown | NotYet


@dataclass(frozen=True)
class Finished:
    place: int
    late: int
    total: int
    seconds: int


@dataclass(frozen=True)
class TimeUp:
    by: int


@dataclass(frozen=True)
class Seen:
    """A double tap, or the other phone."""


@dataclass(frozen=True)
class Marking:
    shown: Shown


@dataclass(frozen=True)
class NoAnswer:
    shown: Shown


@dataclass(frozen=True)
class NoneOpen:
    joined: bool


@dataclass(frozen=True)
class UsedUp:
    pass


Outcome = Taken | Finished | TimeUp | Seen | Marking | NoAnswer | NotYet


def start(
    db: Session, member: Speaker, now: datetime
) -> Shown | NotYet | NoneOpen | UsedUp | TimeUp:
    """Begin the round that is open, or go on where one was."""
    for row in contests.running(db, member.id):
        heat = contests.heats(db).get(row.round_id)
        if heat and not isinstance(timed(heat, row, now), PaperOver):
            return open_now_or_not_yet(db, heat, row, now)
        contests.finish(db, row.id, now)
    mine = [heat for heat in open_now(db, now) if joined(db, heat, member)]
    if not mine:
        return NoneOpen(any(joined(db, heat, member) for heat in contests.heats(db).values()))
    for heat in mine:
        done = len(contests.attempts(db, heat.round.id, member.id))
        if done < heat.round.attempts:
            row = begin(db, heat, member, done + 1, now)
            return open_now_or_not_yet(db, heat, row, now)
    return UsedUp()


def open_now_or_not_yet(db: Session, heat: Heat, row: Sitting, now: datetime) -> Shown | NotYet:
    """Of a final: the question on the wall, whatever was missed before it."""
    if missed(heat, row.place):
        row.place, row.shown_at = heat.round.asked - 1, now
        contests.go_to(db, row.id, row.place, now)
    return shown_or_not_yet(db, heat, row, now)


def shown_or_not_yet(db: Session, heat: Heat, row: Sitting, now: datetime) -> Shown | NotYet:
    return NotYet(row.place) if not_yet(heat, row.place) else shown(db, heat, row, now)


def open_now(db: Session, now: datetime) -> list[Heat]:
    return [
        heat
        for heat in contests.heats(db).values()
        if heat.round.opens <= now <= heat.round.closes and not heat.round.published_at
    ]


def joined(db: Session, heat: Heat, member: Speaker) -> bool:
    return contests.player(db, heat.contest.id, member.id) is not None


def begin(db: Session, heat: Heat, member: Speaker, number: int, now: datetime) -> Sitting:
    player = contests.player(db, heat.contest.id, member.id)
    assert player  # `joined` was asked
    row = Sitting(
        round_id=heat.round.id,
        member_id=member.id,
        number=number,
        paper=paper_for(member.id, number, len(heat.round.papers)),
        started_at=now,
        shown_at=now,
    )
    return contests.begin(db, row, player.team)


def under_way(db: Session, member_id: str, now: datetime) -> Sitting | None:
    """The paper they are at, where a question of it is open."""
    heats = contests.heats(db)
    for row in contests.running(db, member_id):
        heat = heats[row.round_id]
        if not not_yet(heat, row.place) and not isinstance(timed(heat, row, now), PaperOver):
            return row
    return None


def shown(db: Session, heat: Heat, row: Sitting, now: datetime) -> Shown:
    paper = heat.round.papers[row.paper]
    id, version = paper[row.place]
    question = questions.text_of(db, id, version)
    order = order_for(question, f"{row.id}:{row.place}")
    marks = tuple(map(int, row.marked))
    begun = since(heat, row.place, row.shown_at)
    left = seconds_left(limits(heat), started=row.started_at, shown=begun, now=now)
    return Shown(row.id, row.place, len(paper), question, order, left, marks)


def timed(heat: Heat, row: Sitting, now: datetime) -> InTime | Late | PaperOver:
    begun = since(heat, row.place, row.shown_at)
    verdict = in_time(limits(heat), started=row.started_at, shown=begun, now=now)
    return by_the_wall(heat, row.place, verdict, now)


def tap(db: Session, row: Sitting, place: int, option: int, now: datetime) -> Outcome:
    """A button of the question at `place`."""
    if place != row.place or row.finished_at:
        return Seen()
    heat = contests.heats(db)[row.round_id]
    if not_yet(heat, row.place):
        return NotYet(row.place)
    now_shown = shown(db, heat, row, now)
    if now_shown.question.kind is not Kind.MULTIPLE:
        return take(db, heat, row, (option,), now)
    marks = tuple(sorted(set(now_shown.marked) ^ {option}))
    contests.mark(db, row.id, "".join(map(str, marks)))
    row.marked = "".join(map(str, marks))
    return Marking(shown(db, heat, row, now))


def hand_in(db: Session, row: Sitting, place: int, now: datetime) -> Outcome:
    if place != row.place or row.finished_at:
        return Seen()
    heat = contests.heats(db)[row.round_id]
    if not_yet(heat, row.place):
        return NotYet(row.place)
    now_shown = shown(db, heat, row, now)
    return take(db, heat, row, now_shown.marked, now) if row.marked else NoAnswer(now_shown)


def say(db: Session, row: Sitting, place: int, words: str, now: datetime) -> Outcome:
    if place != row.place or row.finished_at:
        return Seen()
    heat = contests.heats(db)[row.round_id]
    if not_yet(heat, row.place):
        return NotYet(row.place)
    now_shown = shown(db, heat, row, now)
    places = chosen(now_shown.question.kind, len(now_shown.order), words)
    return take(db, heat, row, places, now) if places else NoAnswer(now_shown)


def take(
    db: Session, heat: Heat, row: Sitting, places: tuple[int, ...], now: datetime
) -> Taken | Finished | TimeUp:
    verdict = timed(heat, row, now)
    if isinstance(verdict, PaperOver):
        contests.finish(db, row.id, now)
        return TimeUp(verdict.by)
    asked = shown(db, heat, row, now)
    late = verdict.by if isinstance(verdict, Late) else 0
    meant = [asked.order[at] for at in places] if asked.order else list(places)
    id, _ = heat.round.papers[row.paper][row.place]
    right = id in heat.round.annulled or (not late and judge(asked.question, meant).right)
    begun = since(heat, row.place, row.shown_at)
    ms = max(0, round((now - begun).total_seconds() * 1000))
    last = row.place + 1 == asked.total
    said = "".join(map(str, sorted(meant)))
    contests.save(db, Saved(row, said, right, bool(late), ms, now, last))
    if last:
        spent = round((row.spent_ms + ms) / 1000)
        return Finished(row.place, late, asked.total, spent)
    place = row.place
    following = Sitting(**{**row.model_dump(), "place": place + 1, "marked": "", "shown_at": now})
    return Taken(place, late, shown_or_not_yet(db, heat, following, now))
