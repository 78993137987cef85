"""What goes into a stand-in, and what comes out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Json = dict[str, Any]  # of a wire protocol: whoever reads a field checks it
Deed = Mapping[str, str]
"""What a person does with their phone: `do` (say, tap, follow …) and what belongs to it."""


@dataclass(frozen=True)
class Call:
    """A request of the assistant, or a visit to it."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    status: int = 200
    body: Json | bytes = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """Something appeared on a phone, or in a group."""

    user: str
    words: str
    """All that can be read there."""
    message: Json = field(default_factory=dict)
    """As it was sent, with its buttons."""
    times: int = 1


@dataclass(frozen=True)
class Dropped:
    """Taken with a success and never shown: only the platform knows."""

    user: str
    words: str
    why: str


@dataclass(frozen=True)
class Told:
    """What the assistant is to be told; each delivery of it has the same `id`."""

    id: str
    user: str
    news: Json
    after: float = 0.0
    """Seconds."""
    queue: str = ""
    """What is in one queue comes one after the other; without one, the order is not promised."""


Effect = Shown | Dropped | Told


@dataclass(frozen=True)
class Outcome:
    answer: Answer
    effects: Sequence[Effect] = ()
    to: Sequence[str] = ()
    """To whom a message was taken."""
    wait_until: float | None = None
    """Nothing to say yet: ask again when something has happened, or then."""


@dataclass(frozen=True)
class Verdict:
    """What a platform makes of the assistant's answer to a visit."""

    effects: Sequence[Effect] = ()
    again_after: float | None = None
    """Seconds until the next delivery; None: this was the last."""


class StandIn(Protocol):
    """One account on one platform. `now` is in seconds since 1970."""

    name: str
    patience: float
    """Seconds that it waits for an answer to a visit."""

    def call(self, call: Call, now: float) -> Outcome:
        """What the platform's server answers."""

    def act(self, user: str, deed: Deed, now: float) -> Sequence[Told]:
        """Somebody does something. Raises `Impossible`."""

    def visit(self, told: Told, attempt: int, now: float) -> Call | None:
        """The `attempt`-th delivery, from 1; None: nobody is to be told any more."""

    def judge(self, told: Told, attempt: int, answer: Answer | None, now: float) -> Verdict:
        """After a delivery; without an answer it came too late, or never."""

    def peek(self, call: Call) -> tuple[list[str], str] | None:
        """Whom a call wants to say something, and its words; None when it is no sending."""

    def busy(self, now: float) -> Answer:
        """What it says to whoever calls too often."""

    def down(self, now: float) -> Answer:
        """What it says when it will take nothing just now, with HTTP 503."""

    def revoke(self, now: float) -> None:
        """The token that the assistant has is worth nothing from now on."""


class Impossible(ValueError):
    """Nobody could do that there."""
