"""Clock times: 三点半, 8:05, 差五分九点, 晚上十二点. What they mean on a day is in `hours.py`."""

from dataclasses import dataclass

from bot.understanding.times.cursor import Here, Words, after, any_of, gap, shares, word, words
from bot.understanding.times.numerals import digits, number
from bot.understanding.times.values import Part

PARTS: Words[Part] = words(
    {
        "凌晨": "凌晨",
        "早上": "上午",
        "早晨": "上午",
        "清晨": "上午",
        "清早": "上午",
        "大清早": "上午",
        "一大早": "上午",
        "一早": "上午",
        "上午": "上午",
        "中午": "中午",
        "正午": "中午",
        "午间": "中午",
        "下午": "下午",
        "午后": "下午",
        "晌午": "中午",
        "前晌": "上午",
        "后晌": "下午",
        "傍晚": "傍晚",
        "傍黑": "傍晚",
        "擦黑": "傍晚",
        "天黑": "傍晚",
        "大晚上": "晚上",
        "大中午": "中午",
        "黄昏": "傍晚",
        "晚上": "晚上",
        "晚间": "晚上",
        "夜里": "晚上",
        "夜间": "晚上",
        "半夜": "晚上",
        "深夜": "晚上",
    }
)
SHORT_PARTS: Words[Part] = words({"早": "上午", "晨": "上午", "晚": "晚上", "夜": "晚上"})
"""Only before a clock time or behind a day: 早八点, 周五晚."""

_HOURS_OF = any_of("点钟", "点", "时")
_NO_CLOCK = any_of(
    *("意见", "建议", "要求", "说明", "体会", "想法", "问题", "内容", "感受", "看法", "心得"),
    *("原因", "理由", "希望", "疑问", "措施", "启示", "击", "评", "赞", "名", "滴", "儿", "子"),
    *("间", "候", "代", "长", "段", "期", "事", "效", "机", "政", "装", "尚", "数", "限"),
)
_A_BIT = any_of("也", "都", "没", "不", "用", "小", "点", "意", "吧", "了", "呢")
_COUNTERS = frozenset(
    "楼层号室栋院人个名位份本页题项条次期课党支届级元块折倍万亿千百成%天周月年米公件台辆场会组班点门桌路小"
)
_QUARTERS: Words[int] = words(
    {"一刻": 15, "1刻": 15, "两刻": 30, "二刻": 30, "三刻": 45, "3刻": 45}
)
_ABOUT = any_of("左右", "前后", "上下", "许")
_VAGUE = any_of("多", "来钟", "几分", "出头")
_MERIDIEM: Words[Part] = words({"am": "上午", "a.m.": "上午", "pm": "下午", "p.m.": "下午"})


@dataclass(frozen=True, slots=True)
class Clock:
    """As it was said. `hour` is None if only a part was named, `literal` if 03:00 was written so.

    `bad`: it looks like a clock time, and is none (25点, 三点多).
    """

    end: int
    part: Part = ""
    hour: int | None = None
    minute: int = 0
    literal: bool = False
    early: bool = False  # 早上, not 上午: there is no 早上十二点
    bad: bool = False


def read(here: Here, i: int, behind_day: bool = False) -> Clock | None:
    """A part of the day, a clock time, or both."""
    named = word(here, i, PARTS) or word(here, i, SHORT_PARTS)
    if named is None:
        return _pointer(here, i, sure=behind_day)
    part, end = named
    short = end - i == 1
    early = here.text[end - 1] in "早晨" or here.text.startswith("早", i)
    clock = _pointer(here, gap(here, end), told=part, sure=True)
    if clock and not (short and here.text.startswith(("一点", "点"), end) and not behind_day):
        return Clock(
            clock.end, clock.part or part, clock.hour, clock.minute, clock.literal, early, clock.bad
        )
    if (
        here.text.startswith(("好", "安"), end)
        or (short and here.text.startswith("班", end))
        or (short and not behind_day)
    ):
        return None  # a greeting; 早 and 晚 alone say nothing
    return Clock(end, part, early=early)


def _pointer(here: Here, i: int, told: Part = "", sure: bool = False) -> Clock | None:
    """The hour and the minute."""
    if here.text.startswith("差", i):
        return _short_of(here, i + 1)
    head = here.text[i : i + 1]
    if not head:
        return None
    if head in "0123456789":
        digital = _digital(here, i, told)
        if digital:
            return digital
    hour = number(here.text, i)
    if hour is None:
        return None
    if shares(here, hour[1], ("点", "时")):
        return Clock(hour[1], "", hour[0], bad=_bad(hour[0], 0))
    return _on_the_hour(here, i, hour, sure)


def _on_the_hour(here: Here, i: int, hour: tuple[int, int], sure: bool) -> Clock | None:
    marked = word(here, hour[1], _HOURS_OF)
    if not marked:
        return None
    end = marked[1]
    if word(here, end, _NO_CLOCK) or (hour[0] == 1 and not sure and _is_a_bit(here, i, end)):
        return None
    return _with_minutes(here, end, hour[0])


def _is_a_bit(here: Here, i: int, end: int) -> bool:
    """一点 that is no hour: 有一点, 快一点, 一点都不."""
    before = here.text[i - 1 : i]
    return bool(before and before in "有快慢早晚差多少大小高低好轻近远重这那哪说") or bool(
        word(here, end, _A_BIT)
    )


def _digital(here: Here, i: int, told: Part) -> Clock | None:
    """8:05, 08:05:30, 3pm, and behind a part of the day 3.30."""
    hour = digits(here.text, i, 2)
    if hour is None:
        return None
    value, end = hour
    literal, minute = here.text[i] == "0" or value > 5, 0
    separated = here.text[end : end + 1] == ":" or (told and here.text[end : end + 1] == ".")
    if separated:
        behind = digits(here.text, end + 1, 2)
        if behind is None or behind[1] - end != 3:
            return None
        minute, end = behind
        seconds = digits(here.text, end + 1, 2) if here.text[end : end + 1] == ":" else None
        end = seconds[1] if seconds else end
    half_day = word(here, gap(here, end), _MERIDIEM)
    if half_day:
        return Clock(half_day[1], half_day[0], value, minute, bad=_bad(value, minute))
    if not separated:
        return None
    return Clock(end, "", value, minute, literal and not told, bad=_bad(value, minute))


def _bad(hour: int, minute: int) -> bool:
    return hour > 24 or minute > 59 or (hour == 24 and minute > 0)


def _short_of(here: Here, i: int) -> Clock | None:
    """差五分九点 and 差一刻十点, from behind 差."""
    quarter = word(here, i, _QUARTERS)
    minutes = quarter or number(here.text, i)
    if minutes is None:
        return None
    end = after(here, minutes[1], any_of("分钟", "分"))
    end = after(here, end, any_of("到", "就"))
    hour = number(here.text, end)
    marked = word(here, hour[1], _HOURS_OF) if hour else None
    if hour is None or not marked:
        return None
    return _before_the_hour(marked[1], hour[0], minutes[0])


def _before_the_hour(end: int, hour: int, minutes: int) -> Clock:
    bad = not 0 < minutes < 60 or not 1 <= hour <= 24
    return Clock(end, "", hour - 1 if hour > 1 else 12, 60 - minutes, bad=bad)


def _with_minutes(here: Here, i: int, hour: int) -> Clock | None:
    """What follows 点: 半, 一刻, 差五分, 零五, 三十五分, or nothing."""
    behind = gap(here, i)
    if here.text.startswith("差", behind):
        short = word(here, behind + 1, _QUARTERS) or number(here.text, behind + 1)
        if short:
            end = after(here, short[1], any_of("分钟", "分"))
            return _before_the_hour(end, hour, short[0])
    if here.text.startswith("半", i) and not here.text.startswith(("半小时", "半个", "半天"), i):
        return _closed(here, i + 1, hour, 30)
    quarter = word(here, i, _QUARTERS)
    if quarter and not here.text.startswith("钟", quarter[1]):
        return _closed(here, quarter[1], hour, quarter[0])
    return _counted_minutes(here, i, hour)


def _counted_minutes(here: Here, i: int, hour: int) -> Clock | None:
    start = after(here, i, any_of("过", "零", "0"))
    minute = number(here.text, start)
    if minute is None:
        return _closed(here, after(here, i, any_of("整", "正", "0分")), hour, 0)
    value, end = minute
    if here.text.startswith("分", end) and not here.text.startswith(("分会", "分组", "分支"), end):
        return _closed(here, after(here, end, any_of("分钟", "分")), hour, value)
    if here.text[end : end + 1] in _COUNTERS and end < len(here.text):
        # 九点三楼开会 is nine o'clock; 三点五倍 is a number
        return None if here.text[end] in "倍折%万成个小天" else _closed(here, i, hour, 0)
    two_digits = end - i >= 2 or value == 10
    return Clock(end, "", hour, value, bad=not two_digits or _bad(hour, value))


def _closed(here: Here, i: int, hour: int, minute: int) -> Clock:
    vague = word(here, i, _VAGUE)
    end = vague[1] if vague else after(here, i, _ABOUT)
    return Clock(end, "", hour, minute, bad=bool(vague) or _bad(hour, minute))
