"""The dates of the corpora, derived a second time.

Knows nothing of the engine: it reads the surface words that each row quotes (`when_text`,
`period_text`, `duration_text`) and computes the value from the calendar.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from tests.understanding.measuring import Row

NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001  a wall clock: slots carry no zone
TODAY = NOW.date()
LOOKS_BACK = {"make_up_check_in", "service_log", "attendance_status", "task_complete"}

TRADITIONAL = str.maketrans("週點個號後兩這禮內與鐘時間開節", "周点个号后两这礼内与钟时间开节")
DIGITS = "零一二三四五六七八九十"
DAYS = {"大前天": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "大后天": 3, "后天": 2}
DAYS |= {"前日": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "tmr": 1}
WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ENGLISH = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def plain(surface: str) -> str:
    text = unicodedata.normalize("NFKC", surface).translate(TRADITIONAL).lower()
    text = re.sub("礼拜|星期", "周", text).replace("周天", "周日").replace("两", "二")
    text = re.sub(r"(?<=\d) (?=\d)", ",", re.sub(r"(周[一二三四五六日])(?=\d)", r"\1,", text))
    text = text.replace("元月", "明年1月").replace("个钟后", "小时后")
    text = re.sub(r"(?<!\d)(今|明|后|昨|前)儿个?", r"\1天", text).replace(" ", "")
    return re.sub(f"[{DIGITS}]+", lambda m: number(m[0]), text)


def number(word: str) -> str:
    """`word` in digits; 十二 → 12, 三十 → 30, 二〇二五 is left to the caller."""
    tens, ten, units = word.rpartition("十")
    if not ten:
        return "".join(str(DIGITS.index(c)) for c in word)
    return str((DIGITS.index(tens) if tens else 1) * 10 + (DIGITS.index(units) if units else 0))


def monday(offset: int) -> date:
    return TODAY - timedelta(days=TODAY.weekday()) + timedelta(weeks=offset)


def weekday(prefix: str | None, day: str, back: bool) -> date:
    index = 6 if day == "日" else int(day) - 1
    if prefix:
        return monday(WEEKS[prefix]) + timedelta(days=index)
    found = monday(0) + timedelta(days=index)
    return found - timedelta(weeks=1) if back else found


def nth_weekday(first: date, count: int, name: str) -> date:
    index = 6 if name == "日" else int(name) - 1
    return first + timedelta(days=(index - first.weekday()) % 7, weeks=count - 1)


FESTIVALS = {  # from a printed calendar
    "元旦": date(2027, 1, 1),
    "腊8": date(2027, 1, 15),
    "除夕": date(2027, 2, 5),
    "大年初1": date(2027, 2, 6),
    "正月15": date(2027, 2, 20),
    "冬至": date(2026, 12, 22),
    "腊月23": date(2027, 1, 30),
}


def day(text: str, back: bool) -> date | None:
    return written(text, back) or of_a_week(text, back) or counted(text)


def written(text: str, back: bool) -> date | None:
    """By its name, or by month and day."""
    for name, on in FESTIVALS.items():
        if name in text:
            return on
    if m := re.fullmatch(r"到?(?:本?月|(年))底.*", text):
        return date(2026, 12, 31) if m[1] else date(2026, 11, 30)
    if m := re.fullmatch(r"(\d{1,2})[./](\d{1,2})(?:,.*)?", text):
        return date(2026, int(m[1]), int(m[2]))
    if m := re.search(r"(?:(\d{4})年)?(\d+)月(\d+)[号日]?", text):
        said = date(int(m[1] or 2026), int(m[2]), int(m[3]))
        long_past = TODAY - said > timedelta(days=180) and not m[1] and not back
        return said.replace(year=2027) if long_past else said
    return None


def of_a_week(text: str, back: bool) -> date | None:
    if m := re.search(r"下个?月第(\d)个周(\d|日)", text):
        return nth_weekday(date(2026, 12, 1), int(m[1]), m[2])
    if m := re.fullmatch(r"(\d+)周(?:以|之)?后", text):
        return TODAY + timedelta(weeks=int(m[1]))
    if m := re.search(r"(上上|上|这|本|下下|下)?个?周(\d|日)", text):
        return weekday(m[1], m[2], back)
    if m := re.search("|".join(ENGLISH), text):
        shift = -7 if "last" in text or back else 7 if "next" in text else 0
        return monday(0) + timedelta(days=ENGLISH.index(m[0]) + shift)
    return None


def counted(text: str) -> date | None:
    """From today, or within a month."""
    if m := re.search(r"(\d+)天(?:以|之)?(后|前)", text):
        return TODAY + timedelta(days=int(m[1]) * (1 if m[2] == "后" else -1))
    if m := re.fullmatch(r"(这个月|本月|下个月|下月)?(\d+)[号日].*", text):
        return date(2026, 12 if (m[1] or "").startswith("下") else 11, int(m[2]))
    for word in sorted(DAYS, key=len, reverse=True):
        if word in text:
            return TODAY + timedelta(days=DAYS[word])
    return None


def clock(text: str) -> tuple[int, int] | None:
    if m := re.search(r"(\d+)(am|pm)", text):
        return int(m[1]) % 12 + (12 if m[2] == "pm" else 0), 0
    m = re.search(r"(\d+)(?:点钟?|:)(半|1刻|3刻|\d+)?", text)
    if not m:
        return None
    minute = {"半": 30, "1刻": 15, "3刻": 45}.get(m[2] or "0")
    hour = int(m[1])
    if hour < 12 and re.search("下午|傍晚|晚|夜|中午[123]", text):
        hour += 12
    return hour, int(m[2] or 0) if minute is None else minute


def later(text: str) -> datetime | None:
    """Spans counted from the message's time: 半小时后, 20分钟后, 一个半小时后."""
    m = re.search(r"(半|\d+)个?(半)?(小时|钟头|刻钟|分钟)(以|之)?后", text)
    if not m:
        m = re.search(r"in(\d+)()(minute|hour)s?", text)
    if not m:
        return None
    unit = {"分钟": 1, "minute": 1, "刻钟": 15}.get(m[3], 60)
    amount = (0.5 if m[1] == "半" else float(m[1])) + (0.5 if m[2] else 0)
    return NOW + timedelta(minutes=unit * amount)


def when(surface: str, back: bool) -> str | None:
    text = plain(surface)
    if moment := later(text):
        return moment.isoformat("T", "minutes")
    on, at = day(text, back), clock(text)
    if on is None and (at or text in ("上午", "下午", "晚上")):
        on = TODAY
    if on is None:
        return None
    return f"{on}T{at[0]:02}:{at[1]:02}" if at else str(on)


def named(day: str) -> str:
    return WEEKDAYS[6 if day == "日" else int(day) - 1]


def rrule(surface: str) -> str | None:
    text = plain(surface)
    at = clock(text)
    hours = f";BYHOUR={at[0]};BYMINUTE={at[1]}" if at else ""
    if "工作日" in text:
        return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR" + hours
    if "月最后1个周" in text:
        return f"FREQ=MONTHLY;BYDAY=-1{WEEKDAYS[int(text[-1]) - 1]}" + hours
    if m := re.search(r"每个?月第(\d)个周(\d|日)", text):
        return f"FREQ=MONTHLY;BYDAY={m[1]}{named(m[2])}" + hours
    if m := re.search(r"隔周(\d|日)", text):
        return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={named(m[1])}" + hours
    if "每年元旦" in text:
        return "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1" + hours
    if m := re.search(r"[每逢]个?周((?:\d|日|、|周|和)+)", text):
        days = [named(c) for c in m[1] if c not in "、周和"]
        return f"FREQ=WEEKLY;BYDAY={','.join(days)}" + hours
    if m := re.search(r"每个?月(\d+)[号日]", text):
        return f"FREQ=MONTHLY;BYMONTHDAY={m[1]}" + hours
    if "月最后1天" in text:
        return "FREQ=MONTHLY;BYMONTHDAY=-1" + hours
    if m := re.search(r"每年(\d+)月(\d+)", text):
        return f"FREQ=YEARLY;BYMONTH={m[1]};BYMONTHDAY={m[2]}" + hours
    return "FREQ=DAILY" + hours if re.search("每天|每晚|天天|everyday", text) else None


Found = Callable[[re.Match[str]], str]
YEARS = {"前": 2024, "去": 2025, "今": 2026, "本": 2026, "明": 2027, "后": 2028}


def year(word: str | None) -> int:
    return YEARS.get((word or "今")[0]) or int((word or "")[:4])


def month(offset: int) -> str:
    count = 2026 * 12 + 10 + offset
    return f"{count // 12}-{count % 12 + 1:02}"


def half(m: re.Match[str]) -> str:
    first = m[2] == "上"
    return (
        f"{year(m[1])}-{'01-01' if first else '07-01'}/{year(m[1])}-{'06-30' if first else '12-31'}"
    )


def week(m: re.Match[str]) -> str:
    return "{}-W{:02}".format(*monday(WEEKS[m[1]]).isocalendar()[:2])


def week_end(m: re.Match[str]) -> str:
    saturday = monday(WEEKS[m[1] or "这"]) + timedelta(days=5)
    return f"{saturday}/{saturday + timedelta(days=1)}"


def months(m: re.Match[str]) -> str:
    last = date(2026, int(m[2]) % 12 + 1, 1) - timedelta(days=1) if int(m[2]) < 12 else None
    return f"2026-{int(m[1]):02}-01/2026-{int(m[2]):02}-{last.day if last else 31}"


YEAR = r"(今年|去年|前年|明年|后年|本年|\d{4}年)"


def between(m: re.Match[str]) -> str:
    return f"{day(m[1], back=False)}/{TODAY if m[2] == '现在' else day(m[2], back=False)}"


def until(m: re.Match[str]) -> str:
    """年底前 counts its last day, 元旦前 ends the day before."""
    on = day(m[1], back=False)
    assert on
    return f"{TODAY}/{on - timedelta(days=m[1] in FESTIVALS)}"


PERIODS: list[tuple[str, Found]] = [
    (r"(.*[底末]|元旦)前", until),
    (r"这半年", lambda m: "2026-07-01/2026-12-31"),
    (r"前3季度", lambda m: "2026-01-01/2026-09-30"),
    (r"周6周?日", lambda m: "2026-11-28/2026-11-29"),
    (r"明后2天", lambda m: "2026-11-24/2026-11-25"),
    (r"9月到(现在)", lambda m: f"2026-09-01/{TODAY}"),
    (r"(.*(?:[日号天]|周\d))[到至](.*(?:[日号天]|周[\d日]|年底))", between),
    (f"{YEAR}?([上下])半年", half),
    (f"{YEAR}?第?([1-4])季度", lambda m: f"{year(m[1])}-Q{m[2]}"),
    (r"(上|这|本|下)1?个?季度", lambda m: {"上": "2026-Q3", "下": "2027-Q1"}.get(m[1], "2026-Q4")),
    (r"(上上|上|这|本|下下|下)?个?周末", week_end),
    (r"(上上|上|这|本|下下|下)1?个?周", week),
    (r"(上上|上|这|本|下下|下)个?月", lambda m: month(WEEKS[m[1]])),
    (r"(\d+)月?[到至](\d+)月份?", months),
    (f"{YEAR}?(\\d+)月份?", lambda m: f"{year(m[1])}-{int(m[2]):02}"),
    (YEAR + "度?", lambda m: str(year(m[1]))),
    (r"q([1-4])", lambda m: f"2026-Q{m[1]}"),
    (r"(\d+)月上旬", lambda m: f"2026-{int(m[1]):02}-01/2026-{int(m[1]):02}-10"),
    (r"thisweekend", lambda m: "2026-11-28/2026-11-29"),
    (
        r"this(week|month|year)",
        lambda m: {"week": "2026-W48", "month": "2026-11"}.get(m[1], "2026"),
    ),
    (r"next(week|month)", lambda m: {"week": "2026-W49", "month": "2026-12"}[m[1]]),
    (r"last(week|month)", lambda m: {"week": "2026-W47", "month": "2026-10"}[m[1]]),
]


def period(surface: str) -> str | None:
    text = plain(surface)
    for pattern, value in PERIODS:
        if m := re.fullmatch(pattern, text):
            return value(m)
    on = day(text, back=False)
    return f"{on}/{on}" if on else None


def duration(surface: str) -> float | None:
    m = re.fullmatch(r"(半|\d+)个?(天|周|工作日|days?)(半)?", plain(surface))
    if not m:
        return None
    amount = 0.5 if m[1] == "半" else float(m[1])
    return amount * (7 if m[2] == "周" else 1) + (0.5 if m[3] else 0)


def differences(row: Row) -> Iterator[str]:
    slots, surface = row.slots, row.slots.get("when_text", "")
    expected = {
        "when": when(surface, row.intent in LOOKS_BACK),
        "rrule": rrule(surface),
        "period": period(slots.get("period_text", "")),
        "duration_days": duration(slots.get("duration_text", "")),
    }
    for name, value in expected.items():
        if name in slots and slots[name] != value:
            yield f"{row.text}: {name} is {slots[name]}, the calendar says {value}"
