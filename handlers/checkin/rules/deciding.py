"""What becomes of a request when an organiser decides."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Decided:
    kind: str
    approved: bool
    name: str
    title: str
    starts: datetime
    left: int
    """How many more wait for the same organiser."""


@dataclass(frozen=True)
class DecidedBefore:
    name: str
    title: str
    state: str
    by: str


@dataclass(frozen=True)
class CameMeanwhile:
    """There is nothing left to decide."""

    name: str
    title: str
    at: datetime


Verdict = Decided | DecidedBefore | CameMeanwhile
