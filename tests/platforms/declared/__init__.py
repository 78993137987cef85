"""What each platform tells the contract test about itself: one module a platform, of its name,
with a `DECLARED`. What is the same for all is in `tests/platforms/test_contract.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.messages import Ask, Reply
from bot.platforms import Platform
from bot.webhooks import Request
from tests.platforms.stand_in import Answer, Call

LATITUDE, LONGITUDE = 39.908723, 116.397499
"""Where the contract's member stands, and nobody may learn it."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One message as a member sees it, after all that the platform makes of it."""

    text: str
    taps: Sequence[str] = ()
    """The packed taps of what can be pressed."""
    size: int
    room: int
    """Of what the platform counts: bytes, UTF-16 units; `size` must not exceed it. The platform's
    own figure, not the program's."""
    links: int = 0
    """How many addresses of any kind a touch could open that are not `taps`."""


class Connect(Protocol):
    def __call__(self, ask: Ask) -> Platform | None: ...


@dataclass(frozen=True, kw_only=True)
class Outside:
    """Where and how the platform's own server is called."""

    address: str
    """The environment variable that lets another server take its place."""
    deadline: str
    """The constant, by its full name, that bounds a call in all."""
    before: Callable[[Call], Answer] = field(default=lambda call: None)
    """What the server says to calls that are not yet the message; None to the message."""


@dataclass(frozen=True, kw_only=True)
class Declared:
    user: str
    """Somebody's id, as the platform writes them."""
    answered: Callable[[Reply], Sequence[Shown]]
    """A reply in the answer to what was said."""
    unasked: Callable[[Reply], Sequence[Shown]]
    """A reply that is sent by itself."""
    made: Connect | None = None
    """How it is connected where `connect` leaves that to somebody else."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """All that must be set, and nothing else. Empty: it needs no configuration."""
    outside: Outside | None = None
    """None: nothing leaves this machine."""
    position: Callable[[], Request] | None = None
    """A visit that brings a position. None: nobody can send one here."""
