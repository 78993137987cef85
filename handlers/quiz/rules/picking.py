"""Which question comes next. Never more than was asked for: whoever was away for a month finds
the day's number waiting, and no wall of arrears."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from handlers.quiz.rules.remembering import Trace, remembered


@dataclass(frozen=True)
class Candidate:
    id: str
    topic: str
    difficulty: int


def for_today(
    bank: Sequence[Candidate],
    traces: Mapping[str, Trace],
    *,
    left: int,
    not_these: Collection[str],
    seed: str,
    end_of_day: datetime,
) -> str | None:
    """What is due, the shakiest first; else something new, the easiest first; else nothing.
    Nothing either when of the number that was chosen for a day none is `left`."""
    if left <= 0:
        return None
    due: list[Candidate] = []
    new: list[Candidate] = []
    for each in bank:
        if each.id in not_these:
            continue
        if (trace := traces.get(each.id)) is None:
            new.append(each)
        elif trace.due <= end_of_day:
            due.append(each)
    if due:
        return min(due, key=shakiest(traces, end_of_day)).id
    return min(new, key=by_chance(seed)).id if new else None


def for_practice(
    bank: Sequence[Candidate],
    traces: Mapping[str, Trace],
    *,
    not_these: Collection[str],
    seed: str,
    now: datetime,
) -> str | None:
    """As for the day; but whoever asks for more is never told that there is nothing, as long as
    the bank holds anything that was not asked today."""
    found = for_today(bank, traces, left=1, not_these=not_these, seed=seed, end_of_day=now)
    rest = [each for each in bank if each.id in traces and each.id not in not_these]
    return found or (min(rest, key=shakiest(traces, now)).id if rest else None)


def shakiest(
    traces: Mapping[str, Trace], now: datetime
) -> Callable[[Candidate], tuple[float, str]]:
    return lambda each: (remembered(traces[each.id], now), each.id)


def by_chance(seed: str) -> Callable[[Candidate], tuple[int, bytes]]:
    """Easy ones first, and among these another order for each person."""
    return lambda each: (each.difficulty, sha256(f"{seed}:{each.id}".encode()).digest())
