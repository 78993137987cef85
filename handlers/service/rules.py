"""What was said of a service, and whether it can be so. Plain values only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.clock import HOME
from bot.understanding import periods, times
from bot.understanding.times import Duration

ONLY_CORRECTS = re.compile(r"改成|改为|更正为|应该是")
CORRECTS = re.compile(r"[填记登报写弄搞]错|改成|改为|更正|应该?是|是.+不是|不是.+是|改一下|不对")
LONGEST = 16 * 60
"""Minutes in a day."""
A_YEAR = timedelta(366)
WORDS = 40
UNITS = {"hour": 60, "minute": 1}


class Objection(StrEnum):
    TO_COME = "to_come"
    LONG_AGO = "long_ago"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"


@dataclass(frozen=True)
class Served:
    """What was understood; `minutes` is None where nobody said how long."""

    minutes: int | None
    day: date | None
    kind: str
    place: str
    corrects: bool


def served(words: str, slots: Mapping[str, Any]) -> Served:
    minutes = round(float(slots.get("hours", 0)) * 60 + float(slots.get("minutes", 0)))
    said = "hours" in slots or "minutes" in slots
    when = str(slots.get("when", ""))[:10]
    kind = str(slots.get("kind") or slots.get("content") or "")[:WORDS]
    place = str(slots.get("place", ""))[:WORDS]
    corrects = bool(CORRECTS.search(words))
    return Served(minutes if said else None, day_of(when), kind, place, corrects)


def minutes_in(words: str) -> int | None:
    """An answer to «how long»; None where there is none in it."""
    for found in times.find(words, now=datetime(2026, 1, 1, tzinfo=HOME), looking="back"):
        if isinstance(found.value, Duration) and found.value.unit in UNITS:
            return round(found.value.amount * UNITS[found.value.unit])
    return None


def day_of(when: str) -> date | None:
    try:
        return date.fromisoformat(when)
    except ValueError:
        return None


def objection(minutes: int, day: date, today: date) -> Objection | None:
    if day > today:
        return Objection.TO_COME
    if day < today - A_YEAR:
        return Objection.LONG_AGO
    if minutes > LONGEST:
        return Objection.TOO_LONG
    return Objection.TOO_SHORT if minutes < 1 else None


def span(period: str, today: date) -> tuple[date, date]:
    """The first and the last of the days that were asked about; of this year where none were."""
    this_year = date(today.year, 1, 1), date(today.year, 12, 31)
    return periods.days_of(period) or this_year
