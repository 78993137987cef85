"""What becomes of a wish for leave, or to be recorded afterwards. Plain values only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol, TypeVar

from bot.understanding.occasions import Meeting
from handlers.checkin.rules.checking_in import MAKE_UP_WITHIN

AHEAD = timedelta(days=60)
"""Leave can be asked for this long before."""
Kind = Literal["leave", "make_up"]
CATEGORIES = {
    "sickness": re.compile(
        "病|医院|不舒服|复查|检查身体|体检|发烧|感冒|手术|住院|看牙|腿脚|疼|隔离"
    ),
    "family": re.compile("家|孩子|老人|父|母|妻|丈夫|婚|丧|产|奶奶|爷爷"),
    "business": re.compile("差|公务|值班|检查|会议|开会|单位|培训|任务|加班|下乡|调研|接待|工作"),
}


def category(reason: str) -> str:
    """What is kept of a reason; empty where none was given."""
    if not reason:
        return ""
    return next((name for name, words in CATEGORIES.items() if words.search(reason)), "other")


@dataclass(frozen=True)
class Choice:
    """An activity that may be meant."""

    id: int
    title: str
    starts: datetime


@dataclass(frozen=True)
class Submitted:
    kind: Kind
    request_id: int
    meetings: tuple[Choice, ...]
    decider: str
    """The name of who is asked; empty where nobody holds the post."""


@dataclass(frozen=True)
class Confirm:
    """One activity is meant; a reason may be added."""

    meeting: Choice


@dataclass(frozen=True)
class WhichMeeting:
    kind: Kind
    meetings: tuple[Choice, ...]
    together: bool
    """All of them may be meant: leave for several days."""
    category: str


@dataclass(frozen=True)
class NoneFits:
    """Nothing that could be meant; `others` are what there is."""

    kind: Kind
    others: tuple[Choice, ...]
    on: date | None = None
    """The one day that was named, and nothing else."""


@dataclass(frozen=True)
class AskedBefore:
    kind: Kind
    meeting: Choice
    request_id: int


@dataclass(frozen=True)
class OnLeaveAlready:
    meeting: Choice


@dataclass(frozen=True)
class CameAlready:
    meeting: Choice
    at: datetime


@dataclass(frozen=True)
class LeaveTooLate:
    """Over; being there could still be recorded."""

    meeting: Choice
    make_up_until: datetime


@dataclass(frozen=True)
class MakeUpTooLate:
    meeting: Choice
    until: datetime


@dataclass(frozen=True)
class StillOpen:
    """No need to ask: the check-in itself is open."""

    meeting: Choice
    activity_id: int


@dataclass(frozen=True)
class NotBegun:
    meeting: Choice


Objection = (
    AskedBefore | OnLeaveAlready | CameAlready | LeaveTooLate | MakeUpTooLate | StillOpen | NotBegun
)
Verdict = Submitted | Confirm | WhichMeeting | NoneFits | Objection


class Timed(Meeting, Protocol):
    @property
    def id(self) -> int: ...
    @property
    def opens(self) -> datetime: ...
    @property
    def closes(self) -> datetime: ...
    @property
    def ends(self) -> datetime: ...


T = TypeVar("T", bound=Timed)


def choice(meeting: Timed) -> Choice:
    return Choice(meeting.id, meeting.title, meeting.starts)


def is_likely(kind: Kind, meeting: Timed, now: datetime) -> bool:
    """Whether it could be meant by somebody who knows what is possible."""
    if kind == "leave":
        return now <= meeting.ends
    return meeting.opens <= now <= meeting.ends + MAKE_UP_WITHIN


def soonest(kind: Kind, meetings: Sequence[T], now: datetime) -> list[T]:
    """Of leave without another word: what is held within a week, or else the next."""
    if kind == "make_up":
        return list(meetings)
    week = [each for each in meetings if each.starts <= now + timedelta(days=7)]
    return week or list(meetings[:1])


def objection(
    kind: Kind,
    meeting: Timed,
    now: datetime,
    *,
    state: str,
    at: datetime | None,
    pending: int | None,
) -> Objection | None:
    """`state` and `at` are what is on record; `pending` is an earlier request's number."""
    this = choice(meeting)
    if at and state in {"present", "late", "made_up", "observing"}:
        return CameAlready(this, at)
    if pending is not None:
        return AskedBefore(kind, this, pending)
    return _leave(meeting, now, state) if kind == "leave" else _make_up(meeting, now)


def _leave(meeting: Timed, now: datetime, state: str) -> Objection | None:
    if state == "on_leave":
        return OnLeaveAlready(choice(meeting))
    if now > meeting.ends:
        return LeaveTooLate(choice(meeting), meeting.ends + MAKE_UP_WITHIN)
    return None


def _make_up(meeting: Timed, now: datetime) -> Objection | None:
    this = choice(meeting)
    if now < meeting.opens:
        return NotBegun(this)
    if now <= meeting.closes:
        return StillOpen(this, meeting.id)
    if now > meeting.ends + MAKE_UP_WITHIN:
        return MakeUpTooLate(this, meeting.ends + MAKE_UP_WITHIN)
    return None


def which(
    kind: Kind, meetings: Sequence[Timed], others: Sequence[Timed], *, several_days: bool, why: str
) -> WhichMeeting | NoneFits | None:
    """The question that is left when not exactly one of `meetings` is meant; None: it is clear."""
    if len(meetings) == 1:
        return None
    if not meetings:
        return NoneFits(kind, tuple(choice(each) for each in others[:3]))
    together = kind == "leave" and several_days
    return WhichMeeting(kind, tuple(choice(each) for each in meetings), together, why)
