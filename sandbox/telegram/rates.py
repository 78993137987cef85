"""How fast a bot may write. Telegram publishes no thresholds: these are the usual ones."""

from dataclasses import dataclass, field
from math import ceil

from sandbox.telegram.wire import too_many


@dataclass
class Bucket:
    """Holds `room` messages, and gets `rate` back a second."""

    rate: float
    room: float
    left: float = field(init=False)
    at: float = field(init=False, default=float("-inf"))

    def __post_init__(self) -> None:
        self.left = self.room

    def wait(self, now: float) -> float:
        """Seconds until there is room for one."""
        if self.left < self.room:
            self.left = min(self.room, self.left + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.left >= 0.999 else (1 - self.left) / self.rate

    def take(self) -> None:
        self.left -= 1


@dataclass(frozen=True)
class Limits:
    overall: float = 30.0
    """A second."""
    chat: float = 1.0
    burst: float = 4.0
    """Messages that one chat takes at once before the pace of `chat` holds."""
    group_a_minute: float = 20.0


class Rates:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._overall = Bucket(limits.overall, limits.overall)
        self._chats: dict[int, list[Bucket]] = {}

    def take(self, chat: int, now: float) -> None:
        """One message to `chat`. Raises `Refused` (429), and then nothing is used up."""
        wanted = [self._overall, *self._of(chat)]
        wait = max(each.wait(now) for each in wanted)
        if wait > 0:
            raise too_many(max(1, ceil(wait)))
        for each in wanted:
            each.take()

    def _of(self, chat: int) -> list[Bucket]:
        if chat not in self._chats:
            limits = self._limits
            buckets = [Bucket(limits.chat, limits.burst)]
            if chat < 0:
                buckets.append(Bucket(limits.group_a_minute / 60, limits.group_a_minute))
            self._chats[chat] = buckets
        return self._chats[chat]
