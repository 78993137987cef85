"""Weeks begin on Monday: 本周, 下下周二, 上个礼拜天, 周末, 周五."""

from datetime import date, timedelta

from bot.understanding.times import calendar
from bot.understanding.times.cursor import Here, Read, after, any_of, word, words
from bot.understanding.times.numerals import number
from bot.understanding.times.values import Day, Period, Value

RELATIVE = words(
    {
        **dict.fromkeys(("本", "这", "这个", "这一", "这一个", "本个", "当"), 0),
        **dict.fromkeys(("下", "下个", "下一", "下一个"), 1),
        **dict.fromkeys(("上", "上个", "上一", "上一个"), -1),
        **dict.fromkeys(("下下", "下下个"), 2),
        **dict.fromkeys(("上上", "上上个"), -2),
        **dict.fromkeys(("下下下", "下下下个"), 3),
    }
)
WEEK = any_of("周", "星期", "礼拜")
_NAMES = {name: n for n, name in enumerate("一二三四五六日")} | {"天": 6}
_NAMES |= {str(n + 1): n for n in range(7)}
_NO_WEEK = any_of(
    *(
        "周年",
        "周岁",
        "周边",
        "周报",
        "周期",
        "周刊",
        "周密",
        "周转",
        "周到",
        "周全",
        "周围",
        "周折",
        "周知",
        "周恩来",
        "星期几",
        "周几",
    )
)
_NO_DAY = any_of(
    *(
        "一定",
        "一直",
        "一样",
        "一般",
        "一共",
        "一些",
        "一切",
        "一律",
        "一旦",
        "一并",
        "一同",
    ),
    *("三会一课", "二维码", "日程", "日常", "日记", "日报", "六一", "五一", "一下子"),
)
_COUNTED = frozenset("个次场天项件名位条篇遍届")
_BAD = frozenset("七八九零089")
WEEKEND = -2
BAD = -1


def weekday(here: Here, i: int) -> tuple[int, int] | None:
    """周五, 礼拜天, 星期3: 0 for Monday; WEEKEND for 周末; BAD for 周八."""
    named = word(here, i, WEEK)
    if named is None or word(here, i, _NO_WEEK):
        return None
    return _number(here, named[1])


def _number(here: Here, i: int) -> tuple[int, int] | None:
    name = here.text[i : i + 1]
    if name == "末":
        return WEEKEND, i + 1
    if here.text.startswith(("六日", "六天"), i) and not word(here, i + 1, _NO_DAY):
        return WEEKEND, i + 2
    if name in _NAMES and name:
        digit = name.isascii() and (here.text[i + 1 : i + 2] or " ") in "0123456789."
        return None if digit or word(here, i, _NO_DAY) else (_NAMES[name], i + 1)
    return (BAD, i + 1) if name and name in _BAD else None


def _counts(here: Here, i: int) -> bool:
    """本周四个会, 下周一起学: the number is no weekday."""
    behind = here.text[i + 1 : i + 2]
    return bool(behind) and behind in _COUNTED


def read(here: Here, i: int) -> Read | None:
    relative = word(here, i, RELATIVE)
    if relative:
        return _relative(here, i, *relative)
    return _numbered(here, i) or _bare(here, i)


def _relative(here: Here, i: int, by: int, start: int) -> Read | None:
    named = word(here, start, WEEK)
    if named is None or word(here, start, _NO_WEEK):
        return None
    week = calendar.week_of(here.today + timedelta(7 * by))
    end = named[1]
    again = after(here, end, any_of("的"))
    found = weekday(here, again)
    if found is None and not _counts(here, end):
        found = _number(here, end)
    if found is None:
        return Read(after(here, end, any_of("内", "之内", "以内", "里")), (week,))
    name, behind = found
    if name == WEEKEND:
        return Read(behind, (_weekend(week),))
    if name == BAD:
        return Read(behind, ())
    day = week.first + timedelta(name)
    if here.text.startswith("一起", end):
        return Read(behind, (Day(day), week))  # 下周一起学: from Monday, or together?
    return Read(behind, _as_meant(here, day, by, here.text[start - 1 : end] == "个周"))


def _as_meant(here: Here, day: date, by: int, single: bool) -> tuple[Value, ...]:
    """下个周五 may be the very next Friday; 这周五 on a Sunday may be the one to come."""
    others: tuple[Value, ...] = ()
    if single and by == 1 and (day - here.today).days > 7:
        others = (Day(day - timedelta(7)),)
    if single and by == -1 and (here.today - day).days > 7:
        others = (Day(day + timedelta(7)),)
    if by == 0 and here.today.weekday() == 6 and day < here.today and here.looking != "back":
        others = (Day(day + timedelta(7)),)
    return (Day(day), *others)


def _numbered(here: Here, i: int) -> Read | None:
    """第48周 of this year, as ISO 8601 counts them."""
    if not here.text.startswith("第", i):
        return None
    count = number(here.text, i + 1)
    if count is None or not here.text.startswith("周", count[1]) or word(here, count[1], _NO_WEEK):
        return None
    return Read(count[1] + 1, numbered_week(here.today.year, count[0]))


def numbered_week(year: int, count: int) -> tuple[Value, ...]:
    try:
        return (calendar.week_of(date.fromisocalendar(year, count, 1)),)
    except ValueError:
        return ()


def _bare(here: Here, i: int) -> Read | None:
    found = weekday(here, i)
    if found is None:
        return None
    name, end = found
    if name == BAD:
        return Read(end, ())
    if here.text[i - 1 : i] in _LISTED and here.named and name >= 0:
        return Read(end, (Day(_beside(here, here.named, name)),))
    if name == WEEKEND:
        weekend = _weekend(calendar.week_of(here.today))
        passed = here.looking == "back" and weekend.first > here.today
        return Read(end, (_shifted(weekend, -7) if passed else weekend,))
    return Read(end, (Day(coming(here, name)),))


_LISTED = frozenset("、和及跟与或")


def _beside(here: Here, day: date, name: int) -> date:
    """The 周四 of 下周三、周四 is that week's."""
    there = calendar.week_of(day).first + timedelta(name)
    return there if there > day else coming(here, name)


def coming(here: Here, name: int) -> date:
    """The weekday of this week if it is today or to come, else next week's; looking back, the
    last one."""
    if here.looking == "back":
        return here.today - timedelta((here.today.weekday() - name) % 7)
    return here.today + timedelta((name - here.today.weekday()) % 7)


def _weekend(week: Period) -> Period:
    return Period(week.first + timedelta(5), week.last)


def _shifted(period: Period, by: int) -> Period:
    return Period(period.first + timedelta(by), period.last + timedelta(by))


def number_alone(here: Here, i: int) -> tuple[int, int] | None:
    """The 五 of 周一到五, unless it counts something."""
    found = _number(here, i)
    behind = here.text[i + 1 : i + 2]
    if found is None or found[0] < 0 or (behind and behind in "点时号日月年天个次人十百:."):
        return None
    return found


def number_in_list(here: Here, i: int) -> tuple[int, int] | None:
    """A weekday's number behind 周, where it may stand in a list."""
    return _number(here, i)
