"""A final is played by what stands on the wall: a question is open from when it is asked there
until its answer or another question stands in its place. Other rounds have no wall."""

from dataclasses import dataclass
from datetime import datetime

from handlers.contests.rules.timing import InTime, Late, Limits, PaperOver, seconds_after
from storage.contests import Heat


@dataclass(frozen=True)
class NotYet:
    """The question at `place` does not stand on the wall."""

    place: int


def is_final(heat: Heat) -> bool:
    return heat.round.kind == "final"


def not_yet(heat: Heat, place: int) -> bool:
    return is_final(heat) and place >= heat.round.asked


def missed(heat: Heat, place: int) -> bool:
    return is_final(heat) and place + 1 < heat.round.asked


def since(heat: Heat, place: int, shown: datetime) -> datetime:
    """From when the question at `place` is timed: nobody sees it before the wall does."""
    on_wall = heat.round.turned_at if is_final(heat) and heat.round.asked == place + 1 else None
    return max(shown, on_wall) if on_wall else shown


def limits(heat: Heat) -> Limits:
    it = heat.round
    whole = int((it.closes - it.opens).total_seconds()) if is_final(heat) else it.seconds
    return Limits(it.seconds_each, whole, it.grace, it.closes)


def by_the_wall(
    heat: Heat, place: int, verdict: InTime | Late | PaperOver, now: datetime
) -> InTime | Late | PaperOver:
    """What is in time, unless the room already sees what is right."""
    turned = heat.round.turned_at
    over = missed(heat, place) or (is_final(heat) and heat.round.revealed == place + 1)
    if turned is None or not over or not isinstance(verdict, InTime):
        return verdict
    return Late(max(1, seconds_after(turned, now)))
