"""What goes wrong on the way, by chance of a seed or on order."""

import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Kind = TypeVar("Kind")


SLOW = 0.5


class Fault(StrEnum):
    """Of a call. Those that end in `_after` come when the message was taken already."""

    BUSY = "busy"
    """A clean no: 429, 45009 …"""
    DOWN = "down"
    """A clean no: the platform's own words with HTTP 503."""
    STALE = "stale"
    """The token is worth nothing any more."""
    PAGE = "page"
    """Somebody's 502 page; nothing was taken."""
    PAGE_AFTER = "page_after"
    RESET = "reset"
    """The connection is cut; nothing was taken."""
    RESET_AFTER = "reset_after"
    HANG = "hang"
    """No answer at all; nothing was taken."""
    HANG_AFTER = "hang_after"
    GARBLED_AFTER = "garbled_after"
    """HTTP 200 with half an answer."""
    SLOW_AFTER = "slow_after"
    """A good answer, but only after `SLOW` seconds."""

    @property
    def taken(self) -> bool:
        return self.value.endswith("_after")

    @property
    def unclear(self) -> bool:
        """Whether the caller cannot know if it was taken."""
        return self not in {Fault.BUSY, Fault.DOWN, Fault.STALE, Fault.SLOW_AFTER}


class Mishap(StrEnum):
    """Of a visit to the assistant."""

    LOST = "lost"
    DELAYED = "delayed"
    TWICE = "twice"


@dataclass
class Faults:
    """Of calls that send something, and of visits. The same seed gives the same faults."""

    seed: int = 0
    calls: Mapping[Fault, float] = field(default_factory=dict)
    """How likely each is, between 0 and 1; together at most 1."""
    visits: Mapping[Mishap, float] = field(default_factory=dict)
    ordered: deque[Fault] = field(default_factory=deque)
    """For the next calls, before anything is left to chance."""
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311  # repeatable on purpose

    def of_call(self) -> Fault | None:
        if self.ordered:
            return self.ordered.popleft()
        return self._drawn(self.calls)

    def of_visit(self) -> Mishap | None:
        return self._drawn(self.visits)

    def delay(self) -> float:
        """Seconds."""
        return self._chance.uniform(0.1, 8.0)

    def _drawn(self, likely: Mapping[Kind, float]) -> Kind | None:
        if not likely:
            return None
        left = self._chance.random()
        for fault, share in likely.items():
            left -= share
            if left < 0:
                return fault
        return None
