"""When the calls of a lane may leave, whenever its process happens to be woken. Pure."""

from collections import deque
from dataclasses import dataclass, field

SECOND = 1.015
"""Any of them, and a little: nobody's clock and nobody's network is exact."""
FASTER = 1.25
"""How much faster than its rate a lane may be for less than a second, to make up for a late
wake-up."""
FAST = 100.0
SLACK = {False: 0.01, True: 0.05}
"""Seconds that may be made up for at once; more for a lane that is faster than `FAST`, where a
timer is as coarse as the pace."""


@dataclass
class Departure:
    at: float
    """When the call really began: to be corrected by whoever begins it."""


@dataclass
class Pace:
    """In no second more than `rate`, and evenly, even after having slept."""

    rate: float
    _next: float = float("-inf")
    _left: deque[Departure] = field(init=False)

    def __post_init__(self) -> None:
        self._left = deque(maxlen=max(1, int(self.rate)))

    def not_before(self) -> float:
        """The first moment at which the next call may leave."""
        full = len(self._left) == self._left.maxlen
        return max(self._next, self._left[0].at + SECOND) if full else self._next

    def leaves(self, now: float) -> Departure:
        """It leaves now, which is not before `not_before`."""
        a_little_late = now - self._next <= SLACK[self.rate > FAST]
        self._next = (self._next if a_little_late else now) + 1 / (self.rate * FASTER)
        self._left.append(Departure(now))
        return self._left[-1]
