"""Whether what was published can still be moved or called off. Plain values only."""

from dataclasses import dataclass
from datetime import datetime

from handlers.activities.rules.arranging import is_past, too_far


@dataclass(frozen=True)
class CameAlready:
    count: int


@dataclass(frozen=True)
class Over:
    pass


@dataclass(frozen=True)
class InThePast:
    pass


@dataclass(frozen=True)
class TooFar:
    pass


@dataclass(frozen=True)
class SameTime:
    pass


Objection = CameAlready | Over | InThePast | TooFar | SameTime


def objection(
    ends: datetime, now: datetime, *, came: int, starts: datetime, to: datetime | None
) -> Objection | None:
    """`to` is the new beginning; None: it is to be called off."""
    if came:
        return CameAlready(came)
    if now > ends:
        return Over()
    if to is None:
        return None
    if is_past(to, now):
        return InThePast()
    if too_far(to, now):
        return TooFar()
    return SameTime() if to == starts else None
