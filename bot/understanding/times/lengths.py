"""Lengths of time (两天, 一个半小时) and the points they lead to (两小时后, 三天内, 近三个月)."""

from datetime import UTC, date, timedelta

from bot.understanding.times import english_lengths
from bot.understanding.times.calendar import add_months
from bot.understanding.times.cursor import Here, Read, after, any_of, gap, word, words
from bot.understanding.times.numerals import half
from bot.understanding.times.values import Day, Deadline, Duration, Moment, Period, Value
from bot.understanding.times.workdays import step

_UNITS = words(
    {
        "秒钟": ("second", 1),
        "秒": ("second", 1),
        "分钟": ("minute", 1),
        "min": ("minute", 1),
        "刻钟": ("minute", 15),
        "小时": ("minute", 60),
        "钟头": ("minute", 60),
        "钟": ("minute", 60),
        "h": ("minute", 60),
        "工作日": ("workday", 1),
        "天": ("day", 1),
        "周": ("day", 7),
        "星期": ("day", 7),
        "礼拜": ("day", 7),
        "月": ("month", 1),
        "季度": ("month", 3),
        "年": ("month", 12),
    }
)
_NOT_A_UNIT = any_of(
    *(
        "周年",
        "周岁",
        "年级",
        "年代",
        "年度",
        "年制",
        "周边",
        "周报",
        "周期",
        "周刊",
        "月谈",
        "天气",
    ),
    *("月份", "天空", "年轻", "天津", "周到"),
)
_MEASURED = frozenset({"月", "工作日", "季度", "星期", "礼拜", "钟头", "钟", "小时"})
_AFTER = any_of("之后", "以后", "过后", "后")
_AGO = any_of("之前", "以前", "前")
_WITHIN = any_of("之内", "以内", "内")
_BACK = any_of("最近", "过去", "近", "这过去")
_AHEAD = any_of("接下来", "未来", "今后", "往后")
_HENCE = any_of("再过", "过")
_NO_AFTER = any_of("后天", "后年", "后续", "后勤", "后面", "后台", "后备")


def length(here: Here, i: int) -> tuple[Duration, int] | None:
    """两天, 一天半, 两个半小时, 2小时30分钟, 三个工作日. A month needs its 个: 三月 is March."""
    first = _one(here, i)
    if first is None:
        return None
    duration, end = first
    if duration.unit in ("minute", "month"):
        second = _one(here, after(here, end, any_of("零", "又")))
        if second and second[0].unit == duration.unit and second[0].amount < duration.amount:
            return Duration(duration.amount + second[0].amount, duration.unit), second[1]
        return _spare_minutes(here, duration, end)
    return duration, end


def _spare_minutes(here: Here, duration: Duration, end: int) -> tuple[Duration, int]:
    """两小时三十分, where 分 alone would be a score."""
    spare = half(here.text, end) if duration.unit == "minute" and duration.amount >= 60 else None
    if spare and here.text.startswith("分", spare[1]) and 0 < spare[0] < 60:
        return Duration(duration.amount + int(spare[0]), "minute"), spare[1] + 1
    return duration, end


def _one(here: Here, i: int) -> tuple[Duration, int] | None:
    amount, end, halved = _amount(here, i)
    measured = here.text.startswith("个", end)
    end += measured
    if measured and not halved and here.text.startswith("半", end):
        amount, end = amount + 0.5, end + 1
    unit = word(here, end, _UNITS)
    if unit is None or amount <= 0 or word(here, end, _NOT_A_UNIT):
        return None
    (name, factor), behind = unit
    said = here.text[end:behind]
    if (said == "月" and not measured) or (measured and said not in _MEASURED):
        return None
    if name == "month" and factor == 12 and amount > 200:
        return None  # a year, not a length
    if (
        here.text.startswith("半", behind)
        and not here.text.startswith("半天", behind)
        and said in "天周年"
    ):
        amount, behind = amount + 0.5, behind + 1
    return _whole(name, amount * factor), behind


def _amount(here: Here, i: int) -> tuple[float, int, bool]:
    if here.text.startswith("半", i):
        return 0.5, i + 1, True
    read = half(here.text, i)
    return (read[0], read[1], False) if read else (0, i, False)


def _whole(unit: str, amount: float) -> Duration:
    """In the largest unit that is whole, but for half days."""
    match unit:
        case "month" if amount != int(amount):
            return Duration(int(amount * 30), "day")
        case "month":
            return Duration(int(amount), "month")
        case "minute":
            return (
                Duration(int(amount * 60), "second")
                if amount != int(amount)
                else Duration(int(amount), "minute")
            )
        case "second":
            return Duration(int(amount), "second")
        case "workday":
            return Duration(int(amount), "workday")
        case _:
            return Duration(int(amount) if amount == int(amount) else amount, "day")


def read(here: Here, i: int) -> Read | None:
    """A length, or where it leads when 后, 前, 内, 近 or 未来 says so."""
    around = word(here, i, _BACK) or word(here, i, _AHEAD)
    if around:
        return _around(here, i, around[1], back=word(here, i, _BACK) is not None)
    hence = word(here, i, _HENCE)
    found = length(here, hence[1] if hence else i)
    if found is None:
        return english_lengths.read(here, i, leads_to)
    duration, end = found
    if hence:
        if not _leads(here, end):
            return None
        if here.text.startswith(("过两天", "过几天"), i):
            return Read(end, ())
        return Read(after(here, end, _AFTER), (leads_to(here, duration),))
    return _led(here, duration, end)


def _leads(here: Here, end: int) -> bool:
    return not here.text.startswith(("了", "的", "没"), end)


def _led(here: Here, duration: Duration, end: int) -> Read:
    later = word(here, end, _AFTER)
    if later and not word(here, end, _NO_AFTER):
        return Read(later[1], (leads_to(here, duration),))
    ago = word(here, end, _AGO)
    if ago and not here.text.startswith(("前后", "前面", "前台"), end):
        return Read(ago[1], (leads_to(here, duration, back=True),))
    within = word(here, end, _WITHIN)
    if within and not here.text.startswith(("内容", "内部"), end):
        until = leads_to(here, duration)
        return Read(within[1], (Deadline(until),) if isinstance(until, Day | Moment) else ())
    return Read(end, (duration,))


def leads_to(here: Here, duration: Duration, back: bool = False) -> Value:
    """The point this far from now; clocks that were put forward or back do not matter to it."""
    sign = -1 if back else 1
    if duration.unit in ("minute", "second") or duration == Duration(0.5, "day"):
        seconds = {"minute": 60, "second": 1}.get(duration.unit, 86400) * duration.amount
        there = here.now.astimezone(UTC) + timedelta(seconds=sign * seconds)
        return Moment(there.astimezone(here.now.tzinfo))
    return Day(from_day(here, here.today, duration, sign))


def from_day(here: Here, day: date, duration: Duration, sign: int) -> date:
    match duration.unit:
        case "month":
            return add_months(day, sign * int(duration.amount))
        case "workday":
            there = step(here.workdays, day, sign * int(duration.amount))
            here.is_workday(there)
            return there
        case _:
            return day + timedelta(sign * int(duration.amount))


def _around(here: Here, i: int, start: int, back: bool) -> Read | None:
    """近三天 are three days with today, 近三个月 begin on this day three months ago; 未来三天 are
    the three after today."""
    found = length(here, gap(here, start))
    if found is None:
        return None
    duration, end = found
    if duration.unit in ("minute", "second", "workday") or duration.amount < 1:
        return None
    there = from_day(here, here.today, duration, -1 if back else 1)
    end = after(here, end, any_of("以来", "来", "之内", "以内", "内", "里"))
    if not back:
        return Read(end, (Period(here.today + timedelta(1), there),))
    first = there + timedelta(1) if duration.unit == "day" else there
    return Read(end, (Period(first, here.today),))
