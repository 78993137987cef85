"""When the calls of a lane may leave, whenever its process happens to be woken. Pure."""

from collections import deque
from dataclasses import dataclass, field
from math import ceil

SECOND = 1.015
"""Any of them, and a little: nobody's clock and nobody's network is exact."""
FASTER = 1.25
"""How much faster than its rate a lane may be for less than a second, to make up for a late
wake-up."""
FAST = 100.0
TICK = {False: 0.255, True: 0.0}
"""Seconds: what is due within so many leaves at once, and wakes the process once, which costs more
than the call. Four of them are a little more than `SECOND`. Of a lane that is `FAST` much is due
at every timer anyway."""
SLACK = {False: TICK[False], True: 0.05}
"""Seconds that may be made up for at once, after a wake-up that was a little late."""


def tick(at: float, fast: bool) -> float:
    """When something leaves whose turn is at `at`: never before."""
    every = TICK[fast]
    return ceil(at / every) * every if every else at


@dataclass
class Departure:
    at: float
    """When the call really began: to be corrected by whoever begins it."""


@dataclass
class Pace:
    """In no second more than `rate`, and nearly evenly, even after having slept."""

    rate: float
    _next: float = float("-inf")
    _left: deque[Departure] = field(init=False)

    def __post_init__(self) -> None:
        self._most = max(1, int(self.rate))
        self._left = deque(maxlen=self._most)

    def not_before(self, calls: int = 1) -> float:
        """The first moment at which the next call may leave, or as many as are due by a tick."""
        too_many = len(self._left) + min(calls, self._most) - self._most
        return max(self._next, self._left[too_many - 1].at + SECOND) if too_many > 0 else self._next

    def leaves(self, now: float) -> Departure:
        """It leaves now, which is not before `not_before`."""
        fast = self.rate > FAST
        if now - self._next > SLACK[fast]:
            self._next = now - TICK[fast]
        self._next += 1 / (self.rate * FASTER)
        self._left.append(Departure(now))
        return self._left[-1]
