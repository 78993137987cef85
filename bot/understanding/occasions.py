"""Which activity somebody speaks of: what they call it, on which days, at what part of the day."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar

from bot.understanding import kinds, periods, times
from bot.understanding.times import (
    Day,
    Deadline,
    Duration,
    Looking,
    Moment,
    Period,
    Recurrence,
    Span,
    Unclear,
)

ALIKE = 80
"""Of 100. What is less alike is another activity."""
PARTS: Mapping[str, tuple[time, time]] = {
    "上午": (time(0), time(12)),
    "中午": (time(11), time(14)),
    "下午": (time(12), time(18)),
    "晚上": (time(17), time.max),
}
_AS_PART = {"凌晨": "上午", "傍晚": "晚上"}
SEPARATORS = re.compile(r"[\s,，。;；、]+|(?<=[会课日班动])的?(?=[^\s,，。;；、])|的(?=[会课班])")
BEFORE = re.compile(r"^(?:我|要|想|起|因为|由于|那个|这个|那场|这场|请假|参加|报名|取消|的)+")
AFTER = re.compile(r"(?:了|的|吧|呢|啊)+$")
NAMES = re.compile(r"(?:会|课|班|活动|小组|讲座|引导|服务|演练|竞赛|比赛)$")
NO_NAME = frozenset({"", "会", "课", "班", "活动", "会议", "开会", "上课"})


class Meeting(Protocol):
    """As much of an activity as tells it from others."""

    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def venue(self) -> str: ...
    @property
    def starts(self) -> datetime: ...


M = TypeVar("M", bound=Meeting)


@dataclass(frozen=True)
class Occasion:
    """What was said of an activity: what it is called, on which days, at what part of the day."""

    words: str = ""
    first: date | None = None
    last: date | None = None
    """With `first`: whole days, the last one counts."""
    part: str = ""

    @property
    def vague(self) -> bool:
        """Nothing was said that tells one activity from another."""
        return self == Occasion()

    def among(self, meetings: Iterable[M]) -> list[M]:
        """Those that may be meant."""
        return [
            each
            for each in meetings
            if self.fits(title=each.title, kind=each.kind, venue=each.venue, starts=each.starts)
        ]

    def fits(self, *, title: str, kind: str, venue: str, starts: datetime) -> bool:
        if self.first and not self.first <= starts.date() <= (self.last or self.first):
            return False
        earliest, latest = PARTS.get(self.part, (time.min, time.max))
        if not earliest <= starts.time() <= latest:
            return False
        return not self.words or called(self.words, title, kind) or self.words in venue


def called(said: str, title: str, kind: str) -> bool:
    """Whether an activity may be meant by `said`: by its title, by its kind, or nearly so."""
    if said in title:
        return True
    if (meant := kinds.kind_of(said)) != kinds.OTHER:
        return meant == kind
    if kinds.kind_by_sound(said) == kind:
        return True
    from rapidfuzz import fuzz  # only where no word was the same

    return len(said) > 1 and fuzz.partial_ratio(said, title) >= ALIKE


def heard(
    slots: Mapping[str, Any], after: str, now: datetime, looking: Looking | None
) -> tuple[Occasion, str]:
    """What is meant, and the reason that was given: as it was understood before, or else from
    what followed a command word."""
    if slots:
        return from_slots(slots, now.date()), str(slots.get("reason", ""))
    return from_words(after, now, looking)


def from_slots(slots: Mapping[str, Any], today: date) -> Occasion:
    """`slots` as `intents.yaml` names them."""
    words = str(slots.get("activity", ""))
    if days := periods.days_of(str(slots.get("period", ""))):
        return Occasion(words, *days)
    part, when = str(slots.get("part", "")), slots.get("when")
    if not when and "duration_days" not in slots:
        return Occasion(words, part=part)
    first = datetime.fromisoformat(str(when)).date() if when else today
    more = max(float(slots.get("duration_days", 1)) - 1, 0)
    return Occasion(words, first, first + timedelta(days=int(more)), part)


def from_words(text: str, now: datetime, looking: Looking | None) -> tuple[Occasion, str]:
    """What was said after a command word, and what is left of it: a reason."""
    found = times.find(text, now=now, looking=looking)
    rest = text
    for each in reversed(found):
        rest = f"{rest[: each.start]} {rest[each.end :]}"
    words = [BEFORE.sub("", word) for word in SEPARATORS.split(rest)]
    named = next((word for each in words if names_an_activity(word := AFTER.sub("", each))), "")
    told = [word for word in words if AFTER.sub("", word) not in (named, *NO_NAME)]
    reason = "，".join(told)
    first, last = _days([each.value for each in found], now.date())
    part = next((each.value.part for each in found if isinstance(each.value, Day)), "")
    return Occasion(named, first, last, _AS_PART.get(part, part)), reason


def _days(values: Sequence[times.Value], today: date) -> tuple[date | None, date | None]:
    named = next((days for value in values if (days := _days_in(value))), None)
    lasting = next((v.amount for v in values if isinstance(v, Duration) and v.unit == "day"), 0)
    if lasting:
        first = named[0] if named else today
        return first, first + timedelta(days=max(int(lasting) - 1, 0))
    return named or (None, None)


def _days_in(value: times.Value) -> tuple[date, date] | None:
    match value:
        case Day(day):
            return day, day
        case Moment(at) | Span(at, _):
            return at.date(), at.date()
        case Period(first, last):
            return first, last
        case Deadline(until):
            return _days_in(until)
        case Duration() | Recurrence() | Unclear():
            return None


def names_an_activity(word: str) -> bool:
    named = kinds.kind_of(word) != kinds.OTHER or bool(NAMES.search(word))
    return named and word not in NO_NAME and not word.endswith(("开会", "上课", "上班"))
