"""Days and weeks that come again: 每天, 工作日, 每周一、三、五, 隔周三, 每两小时."""

from dataclasses import replace
from datetime import date
from functools import partial

from bot.understanding.times import weeks
from bot.understanding.times.clock import PARTS, SHORT_PARTS, Clock
from bot.understanding.times.clock import read as read_clock
from bot.understanding.times.cursor import Here, Words, after, any_of, gap, word, words
from bot.understanding.times.numerals import number
from bot.understanding.times.patterns import Pattern
from bot.understanding.times.values import Shift

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_EVERY_DAY = any_of("每一天", "每天", "每日", "天天", "每个日子")
_WORKDAY = any_of(
    *("每个工作日", "每工作日", "每逢工作日", "工作日的每天", "工作日每天", "工作日里", "工作日"),
)
_EVERY_WEEK = any_of(
    *(
        "每个周",
        "每周",
        "每个星期",
        "每星期",
        "每个礼拜",
        "每礼拜",
        "每逢周",
        "每逢星期",
        "每逢礼拜",
    ),
    *("逢周", "逢星期", "逢礼拜"),
)
_EVERY_OTHER_WEEK = any_of(
    *(
        "每隔一周的",
        "每隔一周",
        "每隔一个星期的",
        "每隔一个星期",
        "每隔一个礼拜",
        "隔周的",
        "隔一周的",
        "隔一周",
    ),
    *("隔周", "隔星期", "隔礼拜", "双周的", "双周"),
)
_JOINS = any_of("、", ",", "和", "及", "与", "跟", "以及", "还有", "或")
_TIMES = any_of("一次", "两次", "三次", "一回", "几", "至少", "不少于")
_UNITS: Words[str] = words(
    {
        "天": "day",
        "日": "day",
        "周": "week",
        "个星期": "week",
        "星期": "week",
        "个礼拜": "week",
        "小时": "hour",
        "个小时": "hour",
        "个钟头": "hour",
        "分钟": "minute",
        "个月": "month",
        "月": "month",
        "年": "year",
        "个工作日": "bad",
        "个季度": "bad",
        "季度": "bad",
    }
)


def read(here: Here, i: int) -> Pattern | None:
    return (
        _daily(here, i)
        or _working(here, i)
        or _other_week(here, i)
        or _weekly(here, i)
        or _interval(here, i)
        or _listed(here, i)
    )


def _daily(here: Here, i: int) -> Pattern | None:
    every = word(here, i, _EVERY_DAY)
    if every:
        return Pattern(every[1], "FREQ=DAILY")
    if not here.text.startswith("每", i):
        return None
    part = word(here, i + 1, PARTS) or word(here, i + 1, SHORT_PARTS)
    if part is None:
        return None
    clock = read_clock(here, i + 1, behind_day=True)
    end = clock.end if clock else part[1]
    return Pattern(end, "FREQ=DAILY", clock=clock or Clock(end, part[0]))


def _working(here: Here, i: int) -> Pattern | None:
    found = word(here, i, _WORKDAY)
    if found is None:
        return None
    bare = found[0] == "工作日"
    if (
        bare
        and read_clock(here, gap(here, after(here, found[1], any_of("的"))), behind_day=True)
        is None
    ):
        return None
    return on(found[1], frozenset(range(5)), Shift.WORKDAYS)


def on_weekday(names: frozenset[int], day: date) -> bool:
    return day.weekday() in names


def on(end: int, names: frozenset[int], shift: Shift = Shift.NONE, interval: int = 1) -> Pattern:
    """Every week on the weekdays `names` (Monday is 0)."""
    by_day = ",".join(CODES[name] for name in sorted(names))
    every = f";INTERVAL={interval}" if interval > 1 else ""
    return Pattern(
        end, f"FREQ=WEEKLY{every};BYDAY={by_day}", partial(on_weekday, names), interval, shift
    )


def _weekly(here: Here, i: int) -> Pattern | None:
    every = word(here, i, _EVERY_WEEK)
    if every is None or here.text.startswith(("年", "岁", "期", "边"), every[1]):
        return None
    return _with_days(here, every[1], 1)


def _with_days(here: Here, i: int, interval: int) -> Pattern:
    again = word(here, after(here, i, any_of("的")), weeks.WEEK)
    named = names(here, again[1] if again else i)
    if named is None:
        return Pattern(after(here, i, _TIMES), bad=True)
    return on(named[1], named[0], interval=interval) if named[0] else Pattern(named[1], bad=True)


def _other_week(here: Here, i: int) -> Pattern | None:
    single = word(here, i, any_of("单周的周", "单周周", "单周的星期", "单周星期"))
    if single:
        end = min(after(here, single[1], weeks.WEEK) + 1, len(here.text))
        return Pattern(end, bad=True)  # of the year, of term?
    every = word(here, i, _EVERY_OTHER_WEEK)
    if every is None or here.text.startswith(("末", "年", "期"), every[1]):
        return None
    return _with_days(here, every[1], 2)


def names(here: Here, i: int) -> tuple[frozenset[int], int] | None:
    """The weekdays listed from `i`, behind 周: 一三五, 一、三、五, 一和周四, 一至五, 末."""
    if here.text.startswith(("末", "六日"), i):
        return frozenset({5, 6}), i + 1 + here.text.startswith("六", i)
    found: list[int] = []
    end = i
    while len(found) < 7:
        single = _single(here, end, listed=bool(found))
        if single is None:
            break
        name, end = single
        if name < 0:
            return frozenset(), end
        found.append(name)
        ranged = _range_end(here, end)
        if ranged:
            last, end = ranged
            found.extend(
                range(name, last + 1) if last > name else (*range(name, 7), *range(last + 1))
            )
        end = _join(here, end)
    end = _behind_last(here, end)
    return (frozenset(found), end) if found else None


def _single(here: Here, i: int, listed: bool) -> tuple[int, int] | None:
    """One weekday's number; in a list it must not be the hour that follows it."""
    if listed:
        if here.text.startswith(("一大早", "一清早", "一早"), i):
            return None
        hour = number(here.text, i)
        if hour and here.text[hour[1] : hour[1] + 1] in ("点", "时", ":") and hour[0] <= 24:
            return None
    return weeks.number_in_list(here, i)


def _range_end(here: Here, i: int) -> tuple[int, int] | None:
    if here.text[i : i + 1] not in ("到", "至", "-", "~"):
        return None
    start = after(here, i + 1, weeks.WEEK)
    last = weeks.number_in_list(here, start)
    return last if last and last[0] >= 0 else None


def _join(here: Here, i: int) -> int:
    """Behind 、 or 和周 if another weekday follows."""
    joined = after(here, after(here, i, _JOINS), weeks.WEEK)
    if joined == i or here.text.startswith("末", joined):
        return i
    return joined if _single(here, joined, listed=True) else i


def _behind_last(here: Here, i: int) -> int:
    return after(here, i, any_of("的"))


def _listed(here: Here, i: int) -> Pattern | None:
    """周一三五早八点 without 每: most mean every week, some this one."""
    named = word(here, i, weeks.WEEK)
    listed = names(here, named[1]) if named else None
    if named is None or listed is None:
        return None
    days, end = listed
    if len(days) < 2 or end - named[1] != len(days) or days == {5, 6}:
        return None  # 周六日 is the next one, as 周末 is
    listed_plainly = not any(sign in here.text[named[1] : end] for sign in "到至-~")
    if here.text[end : end + 1] in _COUNTED or not listed_plainly:
        return None
    return replace(on(end, days), maybe_once=True)


_COUNTED = frozenset("点时人个名次号天小分题楼月年条项")


def _interval(here: Here, i: int) -> Pattern | None:
    """每两天, 每隔一天, 隔天, 每三小时, 每半小时."""
    skipping = here.text.startswith(("每隔", "隔"), i)
    start = after(here, i, any_of("每隔", "隔", "每"))
    if start == i:
        return None
    count = (0.5, start + 1) if here.text.startswith("半", start) else number(here.text, start)
    amount, end = count or (1, start)
    unit = word(here, end, _UNITS)
    if unit is None or (
        count is None and unit[0] in ("month", "year", "week", "bad") and not skipping
    ):
        return None
    if skipping and count is None and unit[0] not in ("day",):
        return None
    return _every(here, amount, unit, skipping)


def _every(here: Here, amount: float, named: tuple[str, int], skipping: bool) -> Pattern:
    unit, end = named
    if unit in ("hour", "minute"):
        minutes = int(amount * (60 if unit == "hour" else 1))
        if minutes < 1:
            return Pattern(end, bad=True)
        rule = (
            f"FREQ=HOURLY;INTERVAL={minutes // 60}"
            if minutes % 60 == 0
            else f"FREQ=MINUTELY;INTERVAL={minutes}"
        )
        return Pattern(
            end, rule.replace(";INTERVAL=1", "") if rule.endswith("=1") else rule, every=minutes
        )
    if amount < 1 or amount != int(amount):
        return Pattern(end, bad=True)
    step = int(amount)
    if unit == "day":
        gap_ = step + 1 if skipping else step
        pattern = _each(end, gap_)
        # 每隔两天: two days between, or every second day?
        return replace(pattern, others=(_each(end, step),)) if skipping and step > 1 else pattern
    if unit == "week":
        return _with_days(here, end, step + skipping)
    return Pattern(end, bad=True)


def _each(end: int, step: int) -> Pattern:
    return Pattern(end, f"FREQ=DAILY;INTERVAL={step}" if step > 1 else "FREQ=DAILY", interval=step)
