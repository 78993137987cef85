"""Access tokens as WeChat and WeCom give them."""

from dataclasses import dataclass, field

from sandbox.ids import letters

LIFE = 7200.0
"""Seconds."""
OVERLAP = 300.0
"""Seconds that an old token still works beside the new one."""


@dataclass
class Tokens:
    """Of one secret."""

    name: str
    _issued: int = 0
    _until: dict[str, float] = field(default_factory=dict)
    """When each of them dies. Killed ones are not here any more."""
    _latest: str = ""

    def issue(self, now: float) -> str:
        self._issued += 1
        self._latest = letters(self.name, self._issued, length=136)
        self._until[self._latest] = now + LIFE
        return self._latest

    def current(self, now: float) -> tuple[str, int]:
        """The same one again, until `OVERLAP` before its end; and its seconds left."""
        if self.left(now) <= OVERLAP:
            self.issue(now)
        return self._latest, int(self.left(now))

    def replace(self, now: float) -> str:
        """The old ones work for `OVERLAP` yet, at most."""
        self._until = {each: min(end, now + OVERLAP) for each, end in self._until.items()}
        return self.issue(now)

    def kill(self) -> None:
        self._until.clear()

    def left(self, now: float) -> float:
        return self._until.get(self._latest, 0.0) - now

    def code(self, token: str, now: float) -> int:
        """0 when it is good, else the error that both platforms give."""
        if not token:
            return 41001
        if token not in self._until:
            return 40001 if len(token) >= 64 else 40014
        return 0 if now < self._until[token] else 42001
