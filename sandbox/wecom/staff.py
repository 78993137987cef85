"""Who works there, and how much of the app's messages reaches each of them."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

A_MINUTE, AN_HOUR = 30, 1000
"""Messages to one member; more are dropped, and nobody is told."""


@dataclass
class Person:
    userid: str
    department: int = 1
    licensed: bool = True
    visible: bool = True
    """Within the app's range, and not gone."""
    received: deque[float] = field(default_factory=deque)

    def receives(self, now: float) -> bool:
        while self.received and self.received[0] <= now - 3600:
            self.received.popleft()
        minute = sum(at > now - 60 for at in reversed(self.received))
        if minute >= A_MINUTE or len(self.received) >= AN_HOUR:
            return False
        self.received.append(now)
        return True


@dataclass
class Staff:
    by_name: dict[str, Person] = field(default_factory=dict)
    """By userid in lower case: WeCom does not tell them apart."""

    def hire(self, userid: str) -> Person:
        return self.by_name.setdefault(userid.lower(), Person(userid))

    def find(self, userid: str) -> Person | None:
        found = self.by_name.get(userid.lower())
        return found if found and found.visible else None

    def in_departments(self, numbers: Iterable[int]) -> list[Person]:
        wanted = set(numbers)
        return [
            each
            for each in self.by_name.values()
            if each.visible and (each.department in wanted or 1 in wanted)
        ]
