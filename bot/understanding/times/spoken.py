"""Values as we say them back, always in full. What is said here is read again as the same value."""

from datetime import date, datetime
from typing import assert_never

from bot.understanding.times import slots
from bot.understanding.times.values import (
    Day,
    Deadline,
    Duration,
    Moment,
    Part,
    Period,
    Recurrence,
    Shift,
    Span,
    Unclear,
    Value,
)

_WEEKDAYS = "一二三四五六日"
_CODES = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), _WEEKDAYS, strict=True))
_QUARTERS = "一二三四"


def echo(value: Value, now: datetime | None = None) -> str:
    """「11月27日（周五）15:00」: the year is left out only if it is `now`'s."""
    year = now.year if now else None
    match value:
        case Day() | Moment() | Span():
            return _point(value, year)
        case Period():
            return _period(value, year)
        case Deadline(until):
            return echo(until, now) + ("前（含当天）" if isinstance(until, Day) else "前")
        case Duration(amount, unit):
            return _duration(amount, unit)
        case Recurrence():
            return _recurrence(value, year)
        case Unclear(text):
            return f"「{text}」"
        case _:
            assert_never(value)


def _point(value: Day | Moment | Span, year: int | None) -> str:
    match value:
        case Day(day, part):
            return _day(day, year) + part
        case Moment(at):
            return _moment(at, year)
        case Span(start, end):
            year = year if start.year == end.year else None
            return f"{_moment(start, year)}至{_until(start, end, year)}"


def _day(day: date, year: int | None) -> str:
    lead = "" if day.year == year else f"{day.year}年"
    return f"{lead}{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def _clock(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def _moment(at: datetime, year: int | None) -> str:
    return _day(at.date(), year) + _clock(at)


def _until(start: datetime, end: datetime, year: int | None) -> str:
    return _clock(end) if start.date() == end.date() else _moment(end, year)


def _period(period: Period, year: int | None) -> str:
    named = slots.iso(period)
    match named.replace("/", "-").split("-"):
        case [whole]:
            return f"{whole}年"
        case [at, quarter] if quarter.startswith("Q"):
            return f"{at}年第{_QUARTERS[int(quarter[1]) - 1]}季度"
        case [at, month] if not month.startswith("W"):
            return f"{at}年{int(month)}月"
        case _:
            year = year if period.first.year == period.last.year else None
            return f"{_day(period.first, year)}至{_day(period.last, year)}"


def _duration(amount: float, unit: str) -> str:
    match unit:
        case "second":
            return f"{amount:g}秒"
        case "minute":
            hours, minutes = divmod(int(amount), 60)
            return (f"{hours}小时" if hours else "") + (f"{minutes}分钟" if minutes else "")
        case "workday":
            return f"{amount:g}个工作日"
        case "month":
            years, months = divmod(int(amount), 12)
            return (f"{years}年" if years else "") + (f"{months}个月" if months else "")
        case _:
            return "半天" if amount == 0.5 else f"{amount:g}天"


_SHIFTS = {
    Shift.NONE: "",
    Shift.WORKDAYS: "",
    Shift.LATER: "，遇节假日顺延",
    Shift.EARLIER: "，遇节假日提前",
    Shift.SKIP: "，节假日除外",
}


def _recurrence(value: Recurrence, year: int | None) -> str:
    parts = dict(part.split("=") for part in value.rule.split(";"))
    said = _pattern(parts, value.shift) + _hours(value)
    start = f"，从{_day(value.since, year)}开始" if value.since else ""
    return said + _SHIFTS[value.shift] + start


def _hours(value: Recurrence) -> str:
    match value.first:
        case Day(_, part):
            return f" {part}" if part else ""
        case Moment(at):
            return f" {_clock(at)}" if "BYHOUR" in value.rule else _noon(at)
        case Span(start, end):
            return f" {_clock(start)}至{_clock(end)}"


def _noon(at: datetime) -> Part:
    return "中午" if at.hour == 12 and at.minute == 0 else ""


def _pattern(parts: dict[str, str], shift: Shift) -> str:
    if shift is Shift.WORKDAYS:
        return "每个工作日"
    every = int(parts.get("INTERVAL", "1"))
    match parts["FREQ"]:
        case "MINUTELY":
            return f"每{every}分钟"
        case "HOURLY":
            return f"每{every}小时" if every > 1 else "每小时"
        case "DAILY":
            return f"每{every}天" if every > 1 else "每天"
        case "WEEKLY":
            names = "、".join(_CODES[code] for code in parts["BYDAY"].split(","))
            return f"每{every}周的周{names}" if every > 1 else f"每周{names}"
        case "MONTHLY":
            return (f"每{every}个月" if every > 1 else "每月") + _in_month(parts)
        case _:
            return _in_year(parts)


def _in_year(parts: dict[str, str]) -> str:
    months = parts["BYMONTH"].split(",")
    if len(months) == 1:
        return f"每年{months[0]}月{_in_month(parts)}"
    return f"每季度第{int(months[0])}个月{_in_month(parts)}"


def _in_month(parts: dict[str, str]) -> str:
    if "BYSETPOS" in parts and "BYMONTHDAY" in parts:
        return f"{parts['BYMONTHDAY'].split(',')[-1]}日（没有则在最后一天）"
    if "BYSETPOS" in parts:
        return f"{_nth(int(parts['BYSETPOS']))}工作日"
    if "BYDAY" in parts:
        return f"{_nth(int(parts['BYDAY'][:-2]))}周{_CODES[parts['BYDAY'][-2:]]}"
    if parts["BYMONTHDAY"] == "-1":
        return "最后一天"
    days = parts["BYMONTHDAY"]
    rare = days in (("29",) if parts["FREQ"] == "YEARLY" else ("29", "30", "31"))
    return "、".join(days.split(",")) + ("日（没有则跳过）" if rare else "日")


def _nth(count: int) -> str:
    if count < 0:
        return "最后一个" if count == -1 else f"倒数第{'零一二三四五'[-count]}个"
    return f"第{count}个"
