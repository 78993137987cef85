"""Years and their parts: 今年, 2026年底, 上半年, 第三季度."""

from datetime import date

from bot.understanding.times import calendar, festivals, months, weeks, years
from bot.understanding.times.cursor import Here, Read, Words, after, any_of, gap, word, words
from bot.understanding.times.numerals import number, year_digits
from bot.understanding.times.values import Day, Period, Value

_YEARS = words(
    {
        **dict.fromkeys(("今年", "本年", "本年度", "今年度"), 0),
        **dict.fromkeys(("明年", "来年", "明年度"), 1),
        **dict.fromkeys(("去年", "上年", "去年度", "上年度", "上一年度", "上一年"), -1),
        **dict.fromkeys(("后年",), 2),
        **dict.fromkeys(("前年",), -2),
    }
)
_OF = any_of("的", "里", "当中的")
_YEAR_EDGES = words(
    {"年底": (12, 31), "年末": (12, 31), "底": (12, 31), "末": (12, 31), "岁末": (12, 31)}
)
_YEAR_VAGUE = words({"年初": (1, 1), "初": (1, 1), "年中": (6, 30)})
_HALVES = words({"上半年": 1, "下半年": 7, "前半年": 1, "后半年": 7})
_THIS_HALF = words(dict.fromkeys(("这半年", "本半年", "这个半年", "当前半年"), 0))
_QUARTER: Words[int] = words(
    {
        f"{lead}{name}季度": n
        for n, names in enumerate(("一1", "二2", "三3", "四4"), 1)
        for name in names
        for lead in ("", "第")
    }
    | {f"q{n}": n for n in range(1, 5)}
)
_FIRST_QUARTERS = words(
    {"前两季度": 2, "前二季度": 2, "前三季度": 3, "前两个季度": 2, "前三个季度": 3}
)
_QUARTER_WORD = any_of("季度", "季")
_WITHIN_THIS = words({"年内": "year", "月内": "month"})
_NO_QUARTER = any_of("季节")


def read(here: Here, i: int) -> Read | None:
    found = _year(here, i)
    if found is None:
        return _inside(here, i, None)
    year, end = found
    if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        return Read(end, ())
    inner = _inside(here, gap(here, after(here, gap(here, end), _OF)), year) or _edge(
        here, end, year
    )
    return inner or Read(
        after(here, end, any_of("内", "之内", "以内")), (calendar.months(year, 1, 12),)
    )


def _year(here: Here, i: int) -> tuple[int, int] | None:
    relative = word(here, i, _YEARS)
    if relative:
        return here.today.year + relative[0], relative[1]
    said = year_digits(here.text, i)
    if said and here.text.startswith("年", said[1]):
        return said[0], after(here, said[1], any_of("年度", "年份", "年"))
    short = number(here.text, i)
    if short and short[1] - i == 2 and short[0] >= 20 and here.text.startswith("年", short[1]):
        inner = number(here.text, short[1] + 1)
        if inner and here.text.startswith("月", inner[1]):
            return 2000 + short[0], short[1] + 1
    return None


def _edge(here: Here, i: int, year: int) -> Read | None:
    edge = word(here, i, _YEAR_EDGES)
    if edge:
        return Read(edge[1], (Day(date(year, *edge[0])),))
    vague = word(here, i, _YEAR_VAGUE)
    if vague and number(here.text, vague[1]):
        return Read(vague[1], ())  # 年初三 is a lunar day, or the start of a year and a number
    return Read(vague[1], _vague_year(year, vague[0])) if vague else None


def _vague_year(year: int, day: tuple[int, int]) -> tuple[Value, ...]:
    """年初 is a day to some and a month to others."""
    span = calendar.month(year, 1) if day == (1, 1) else calendar.months(year, 6, 7)
    return Day(date(year, *day)), span


def _inside(here: Here, i: int, year: int | None) -> Read | None:
    head = here.text[i : i + 1]
    if (
        head
        and head in "年岁"
        and (year or here.text[i : i + 2] in ("年底", "年末", "年初", "年中", "岁末"))
    ):
        return _edge(here, i, year or here.today.year)
    return (
        _within_this(here, i)
        or _half(here, i, year)
        or _quarter(here, i, year)
        or festivals.by_the_moon(here, i, year)
        or months.read(here, i, year)
        or festivals.named(here, i, year)
        or _week(here, i, year)
    )


def _half(here: Here, i: int, year: int | None) -> Read | None:
    this = word(here, i, _THIS_HALF)
    if this and year is None and here.text[i - 1 : i] not in ("大", "小"):
        first = 1 if here.today.month <= 6 else 7
        half = calendar.months(here.today.year, first, first + 5)
        return Read(this[1], (half, Period(calendar.add_months(here.today, -6), here.today)))
    found = word(here, i, _HALVES)
    if found is None:
        return None
    first, end = found
    return Read(end, (calendar.months(year or here.today.year, first, first + 5),))


def _quarter(here: Here, i: int, year: int | None) -> Read | None:
    several = word(here, i, _FIRST_QUARTERS)
    if several:
        at = year or here.today.year
        return Read(several[1], (calendar.months(at, 1, 3 * several[0]),))
    first = number(here.text, i + 1) if here.text.startswith("前", i) else None
    if first and here.text.startswith("个月", first[1]) and 1 < first[0] <= 12:
        at = year or here.today.year
        return Read(first[1] + 2, (calendar.months(at, 1, first[0]),))
    span = _quarters(here, i, year)
    if span:
        return span
    named = word(here, i, _QUARTER)
    if named:
        count, end = named
        options = (
            years.quarters(here, count, count) if year is None else (calendar.quarter(year, count),)
        )
        return _at_its_end(here, end, options)
    relative = word(here, i, weeks.RELATIVE)
    unit = word(here, relative[1], _QUARTER_WORD) if relative else None
    if not relative or not unit or word(here, relative[1], _NO_QUARTER):
        return None
    current = here.today.year * 4 + (here.today.month - 1) // 3 + relative[0]
    return _at_its_end(here, unit[1], (calendar.quarter(current // 4, current % 4 + 1),))


def _quarters(here: Here, i: int, year: int | None) -> Read | None:
    """一至三季度, 第二到第四季度."""
    first = number(here.text, after(here, i, any_of("第")))
    if first is None or not here.text.startswith(("到", "至", "-"), first[1]):
        return None
    last = number(here.text, after(here, first[1] + 1, any_of("第")))
    end = word(here, last[1], _QUARTER_WORD) if last else None
    if last is None or end is None or not 1 <= first[0] < last[0] <= 4:
        return None
    if year is None:
        return Read(end[1], years.quarters(here, first[0], last[0]))
    begin, finish = calendar.quarter(year, first[0]), calendar.quarter(year, last[0])
    return Read(end[1], (Period(begin.first, finish.last),))


def _within_this(here: Here, i: int) -> Read | None:
    """年内, 月内: the one that has begun."""
    inner = word(here, i, _WITHIN_THIS)
    if inner is None or (here.text[i - 1 : i].isalnum() and i):
        return None
    today = here.today
    if inner[0] == "month":
        return Read(inner[1], (calendar.month(today.year, today.month),))
    return Read(inner[1], (calendar.months(today.year, 1, 12),))


def _at_its_end(here: Here, i: int, options: tuple[Value, ...]) -> Read:
    end = after(here, i, any_of("末", "底", "的最后一天", "最后一天"))
    if end == i:
        return Read(i, options)
    return Read(end, tuple(Day(option.last) for option in options if isinstance(option, Period)))


def _week(here: Here, i: int, year: int | None) -> Read | None:
    if year is None or not here.text.startswith("第", i):
        return None
    count = number(here.text, i + 1)
    if count is None or not here.text.startswith("周", count[1]):
        return None
    return Read(count[1] + 1, weeks.numbered_week(year, count[0]))
