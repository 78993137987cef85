"""Whether one can sign up, or take it back. Plain values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Choice:
    id: int
    title: str
    starts: datetime
    venue: str


@dataclass(frozen=True)
class SignedUp:
    meeting: Choice
    count: int


@dataclass(frozen=True)
class SignedOff:
    meeting: Choice


@dataclass(frozen=True)
class SignedUpBefore:
    meeting: Choice


@dataclass(frozen=True)
class NotSignedUp:
    meeting: Choice


@dataclass(frozen=True)
class NothingSignedUp:
    """Nothing ahead that could be taken back."""


@dataclass(frozen=True)
class NotNeeded:
    """Everybody is expected."""

    meeting: Choice


@dataclass(frozen=True)
class Begun:
    meeting: Choice


@dataclass(frozen=True)
class CameAlready:
    meeting: Choice


@dataclass(frozen=True)
class NothingOffered:
    """Nothing to sign up for, or nothing of that name; `others` are what there is."""

    others: tuple[Choice, ...]


@dataclass(frozen=True)
class WhichMeeting:
    leaving: bool
    meetings: tuple[Choice, ...]


Objection = SignedUpBefore | NotSignedUp | NotNeeded | Begun | CameAlready
Verdict = SignedUp | SignedOff | NothingOffered | NothingSignedUp | WhichMeeting | Objection


def objection(
    meeting: Choice, now: datetime, *, joining: bool, for_all: bool, signed_up: bool, came: bool
) -> Objection | None:
    if for_all:
        return NotNeeded(meeting)
    if joining and signed_up:
        return SignedUpBefore(meeting)
    if not joining and not signed_up:
        return NotSignedUp(meeting)
    if came:
        return CameAlready(meeting)
    return Begun(meeting) if now >= meeting.starts else None
