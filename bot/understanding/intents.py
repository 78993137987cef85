"""How a capability says what members may ask of it, and in which words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bot.understanding.times import Looking

if TYPE_CHECKING:
    from bot.understanding.hearing import Hearing

Effect = Literal["none", "read", "draft", "request", "write"]
Role = Literal["guest", "member", "assignee", "organiser", "committee"]
Value = str | int | float
Slots = Mapping[str, Value]
Find = Callable[["Hearing"], Slots]
"""Looks for one thing in what was heard; returns {} where it is not there."""

CHANGES: frozenset[Effect] = frozenset({"write", "request"})


def sentences(text: str) -> tuple[str, ...]:
    """«我到了|签到» as examples."""
    return tuple(text.split("|"))


@dataclass(frozen=True, kw_only=True)
class Intent:
    """One thing a member can want.

    `says`, `hints` and `unless` are phrases (see `bot.understanding.phrases`): one of `says` is
    enough to recognise the intent, `hints` only add weight, and one of `unless` speaks against
    it. `examples` are whole messages from which it learns what else may be meant: enough for a
    tie or a guess, never to change anything.
    """

    id: str
    zh: str
    effect: Effect
    role: Role
    slots: Sequence[Find] = ()
    policy: str = ""
    says: Sequence[str] = ()
    hints: Sequence[str] = ()
    unless: Sequence[str] = ()
    examples: Sequence[str] = ()
    aside: bool = False
    """Said in passing (你好, 谢谢, 好的): counts only where nothing else is wanted."""
    looking: Looking | None = None
    """Whether it speaks of what has been (「周五」 is then the last one) or of what is to come."""
    takes_rest: bool = False
    """What follows is content, whatever it sounds like: 发通知：明天请假的同志…"""

    offered_by: frozenset[str] = frozenset()
    """The answers to these offer it: 还有谁没到，催一下 is one wish."""
    refusal: bool = False
    """What is said to have nothing done: any wish that is denied speaks for it."""

    @property
    def changes(self) -> bool:
        """Whether acting on it wrongly would do harm."""
        return self.effect in CHANGES


@dataclass(frozen=True)
class Guess:
    """An intent that may have been meant, with how sure we are (0 to 1)."""

    intent: str
    zh: str
    confidence: float


@dataclass(frozen=True)
class Understanding:
    """What a message seems to say.

    Act on `intent` where there is one. Where it is None, ask: `alternatives` are the buttons, the
    likeliest first, three at most. `wishes` holds each part of a message that asks for several
    things, in the order they were said; `intent` and `slots` are then those of the first.
    """

    text: str
    likeliest: str | None = None
    """The best guess, however weak."""
    slots: Slots = field(default_factory=dict)
    confidence: float = 0.0
    """From 0 to 1."""
    changes: bool = False
    """Whether acting on the best guess would change anything."""
    alternatives: tuple[Guess, ...] = ()
    wishes: tuple["Understanding", ...] = ()
    why: str = ""
    """The phrase and the words it was recognised by."""

    @property
    def sure(self) -> bool:
        return self.confidence >= (SURE if self.changes else HARMLESS)

    @property
    def intent(self) -> str | None:
        return self.likeliest if self.sure else None


SURE = 0.7
"""From here on a change may be made; thin evidence for one never gets here."""
HARMLESS = 0.3
"""From here on an answer may be given that changes nothing."""
