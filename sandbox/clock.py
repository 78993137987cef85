"""Time as the stand-ins see it: the running event loop's, moved to where one wants to be."""

import asyncio
import time
from dataclasses import dataclass, field


@dataclass
class Clock:
    """Must be made inside the loop. On a loop of `sandbox.virtual` it jumps from event to event."""

    start: float = field(default_factory=time.time)
    """Seconds since 1970."""
    speed: float = 1.0
    _loop: asyncio.AbstractEventLoop = field(init=False, default_factory=asyncio.get_running_loop)
    _began: float = field(init=False)

    def __post_init__(self) -> None:
        self._began = self._loop.time()

    def now(self) -> float:
        """From any thread."""
        return self.start + (self._loop.time() - self._began) * self.speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds) / self.speed)

    def real(self, seconds: float) -> float:
        """How long that takes for whoever waits in front of the screen."""
        return seconds / self.speed
