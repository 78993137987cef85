"""Which task is meant, by a number, a name or a week. Plain values only."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher

from bot.understanding import periods
from bot.understanding.times import numerals
from handlers.tasks.rules.stages import week_end

NUMBER = r"[A-Za-z]{0,3}-?\d{1,4}(?:-\d{1,3})?"
ASKS_FOR_ITEM = (
    r"(?=.*(?:任务|清单|问题|整改|[A-Za-z]\d))"
    rf"(?:查|看|看看|请问)?(?:任务清单|任务|清单|问题|整改)?(?:的)?(?:第)?\s*{NUMBER}\s*"
    r"(?:号|项|条|件)?(?:任务|清单)?"
    r"(?:的)?(?:怎么样|进展|进度|情况|如何|办得怎么样|到哪|到哪一?步|什么情况|办到哪|详情)?[了呢吗么啊呀?]*"
)
"""«任务清单 3 怎么样了», «T18 进展»: a number and nothing that reports."""
FOUND = re.compile(NUMBER)
OF_TASK = re.compile(r"任务\s*(\d{1,4})(?!\d)")
WITH_LETTER = re.compile(r"(?<![A-Za-z\d])[A-Za-z]{1,3}-?\d{1,4}(?:-\d{1,3})?(?!\d)")
CHINESE = re.compile(r"第([一二三四五六七八九十]{1,3})[项条件个]")
THE_NTH_PROBLEM = re.compile(r"第?([一二三四五六七八九十\d]{1,3})(?:号|个|项|条)问题")
ALL_OF_THEM = ("全部", "所有", "我的任务", "任务清单", "待办", "手上", "手头", "名下")
A_YEAR = timedelta(366)
ALIKE = 0.6
"""How much of a title has to be said (0 to 1) for it to be meant."""
NOTHING_SAID = re.compile(
    r"任务|工作|这件|那件|这个|那个|事情|办完|办好|办结|完成|做完|做好|搞定|已经|已|都|了|的|我|把|都|全部|交"
)


def number_in(words: str) -> str:
    found = FOUND.search(words)
    return found[0].upper().replace(" ", "") if found else ""


def number_with_letter(words: str) -> str:
    """A number that can be nothing else: T18, F05, 任务 5."""
    if found := WITH_LETTER.search(words):
        return found[0].upper()
    plain = OF_TASK.search(words)
    return plain[1] if plain else ""


def finding_in(words: str) -> str:
    """«三号问题», «第 3 个问题»: as findings are numbered; empty where no number is said."""
    found = THE_NTH_PROBLEM.search(words)
    number = numerals.number(found[1], 0) if found else None
    return f"F{number[0]:02d}" if number else ""


def spellings(number: str) -> list[str]:
    """As it may stand in a list: 3, T3, T03, 03, A3; T2 also as T02. None of nothing."""
    letters = number.rstrip("0123456789")
    if letters and "-" not in number:
        plain = number.removeprefix(letters).lstrip("0")
        return list(dict.fromkeys([number, f"{letters}{plain}", f"{letters}{plain:0>2}"]))
    if not number.isdecimal():
        return [number] if number else []
    plain = str(int(number))
    ways = [number, plain, f"T{plain}", f"T{plain:0>2}", plain.zfill(2), f"A{plain}"]
    return list(dict.fromkeys(ways))


def until(words: str, period: str, today: date) -> date | None:
    """The last day of the time that was asked about; None where none was."""
    if days := periods.days_of(period):
        return days[1]
    if any(each in words for each in ALL_OF_THEM):
        return today + A_YEAR
    return week_end(today) if "本周" in words or "这周" in words else None


def meant(words: str, titles: Sequence[str]) -> list[int]:
    """The places of the titles that `words` may name, the likeliest only; [] where none is."""
    said = NOTHING_SAID.sub("", words)
    if len(said) < 2:
        return []
    scores = [likeness(said, title) for title in titles]
    best = max(scores, default=0.0)
    return [at for at, score in enumerate(scores) if score == best] if best >= ALIKE else []


def likeness(said: str, title: str) -> float:
    """The share of what was said that stands in the title: in its order, or pair by pair in any."""
    blocks = SequenceMatcher(None, said, title, autojunk=False).get_matching_blocks()
    in_order = sum(block.size for block in blocks if block.size > 1) / len(said)
    pairs = [said[at : at + 2] for at in range(len(said) - 1)]
    return max(in_order, sum(pair in title for pair in pairs) / len(pairs))


ELSEWHERE = (
    ("check_in", re.compile("签到|打卡|到会|参会")),
    ("notice", re.compile("签收|回执|看通知|读通知|没看|没读")),
)


def reminded_of_elsewhere(words: str) -> str:
    """What others are to be reminded of that is no task; empty where it is one."""
    return next((what for what, pattern in ELSEWHERE if pattern.search(words)), "")


CITY = re.compile(r"^.{2,3}(?:市|县|区)")


def aliases(names: Sequence[str]) -> list[tuple[str, str]]:
    """(what it may be called, its name): without the remark in brackets and without the city,
    the longest first; what several would be called is left out."""
    called: dict[str, list[str]] = {}
    for name in names:
        bare = re.split(r"[（(]", name)[0]
        for each in {name, bare, CITY.sub("", bare)} - {""}:
            called.setdefault(each, []).append(name)
    single = [(short, full[0]) for short, full in called.items() if len(full) == 1]
    return sorted(single, key=lambda it: -len(it[0]))
