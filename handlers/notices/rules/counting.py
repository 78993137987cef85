"""Exactly who stands where: every recipient of a notice in one place."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """Numbers of recipients; they add up to `total`."""

    sent: int = 0
    sending: int = 0
    """On its way at this moment: it can be neither changed nor called back."""
    uncertain: int = 0
    waiting: int = 0
    """In the queue."""
    contact: int = 0
    """Cannot be reached now; told when they come by."""
    held: int = 0
    """Until somebody who may orders them."""
    to_come: int = 0
    """Their letter is not written yet."""
    failed: int = 0
    expired: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        return sum(vars(self).values())

    @property
    def told(self) -> int:
        """Who has got it, or may have."""
        return self.sent + self.sending + self.uncertain

    @property
    def not_yet(self) -> int:
        """Whom a change or a call back still reaches."""
        return self.waiting + self.contact + self.held + self.to_come


def counted(states: Mapping[str, int], to_come: int, *, going_on: bool) -> Counts:
    """`to_come` counts as cancelled where nothing goes on."""
    found = dict(states)
    stopped = 0 if going_on else to_come
    cancelled = found.pop("cancelled", 0) + stopped
    return Counts(**found, cancelled=cancelled, to_come=to_come - stopped)
