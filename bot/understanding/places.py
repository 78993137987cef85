"""What can be found without knowing the intent: times, people, branches, numbers, letters."""

import re
from collections.abc import Iterator
from datetime import datetime

from bot.understanding import times
from bot.understanding.names import Names
from bot.understanding.normal import Plain
from bot.understanding.phrases import Span
from bot.understanding.slots import branches as branch_names
from bot.understanding.slots import people as people_names
from bot.understanding.slots.numbers import NUMBER, SPOKEN
from bot.understanding.slots.people import NUMBERED_NAME
from bot.understanding.words import ACTIVITIES, FESTIVAL, MEETINGS, SOFT

LETTERS = re.compile(
    r"(?<![a-z\d])(?:[a-f](?:\s*[、,和及与/ ]\s*[a-f]){1,5}|[a-f]{1,6})(?![a-z\d])"
)
FINDING = re.compile(rf"(?<![a-z\d])f[\d{SPOKEN}]{{1,4}}(?![a-z\d])")
TASK = re.compile(rf"(?<![a-z\d])t[\d{SPOKEN}]{{1,4}}(?![a-z\d])")
DIGITS = re.compile(r"(?<![\d.:])\d{4,6}(?![\d.:点年月日号])")
CODE = re.compile(r"(?<![a-z\d])(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,10}(?![a-z\d])")
HOURS = re.compile(
    rf"{NUMBER}\s*(?:多)?(?:个)?半?(?:小时|钟头|hours?|h(?![a-z])|分钟|刻钟|minutes?)"
)
ORDINAL = re.compile(rf"第\s*{NUMBER}")
QUESTION = re.compile(
    rf"(?:第\s*{NUMBER}\s*(?:道|个)?\s*题)|(?:(?<!\d)\d{{1,3}}\s*题)|(?:题\s*\d{{1,2}}(?=\s))"
)
OPTION = re.compile(rf"(?<![\d]){NUMBER}\s*号(?![楼门线])")
A_MOMENT = re.compile(r"一下(?![午半])")
"""登记一下周六的 speaks of no next week."""
HELD_THEN = re.compile(
    r"[\u4e00-\u9fff]{0,2}?(?:慰问|宣讲|升旗|表彰|联欢|茶话会|座谈|植树|演出|晚会|走访|诗会|游园|灯会|志愿)"
)
"""重阳节慰问 is a name, and says no day."""
REPORT = re.compile(
    r"(?:[弄办做搞整写填理排拟备印装订改补收送交报传核审拾归贴换谈布安准更对清汇录拾][\u4e00-\u9fff]?"
    r"(?:[好完齐妥毕定清得]|利索|停当|妥当|出来|上去|过去|到位)(?:[了啦咯喽咧嘞]|了[啦哈呀哦])|"
    r"搞[定掂]|完[毕事活工]|交差|办结|收工|弄得了|写得了)[了啦咯喽咧嘞]?$"
)
"""党费收缴登记搞定了: what the message ends with says that a piece of work is done."""
PATTERNS = {
    "{report}": REPORT,
    "{letters}": LETTERS,
    "{finding}": FINDING,
    "{task}": TASK,
    "{digits}": DIGITS,
    "{code}": CODE,
    "{hours}": HOURS,
    "{ordinal}": ORDINAL,
    "{question}": QUESTION,
    "{option}": OPTION,
    "{number}": re.compile(NUMBER),
}
"""What a phrase may name in braces, besides {time}, {recurring}, {lasting}, {person}, {branch} and
{activity}."""


BESIDE_A_COMMAND = re.compile(
    r"^(?:取消)?(?:签到|请假|补签|报名)[ ,，:：]+"
    r"([\u4e00-\u9fff]{2,12}?(?:会|班|培训|演练|讲座|课|活动|党日))(?=[ ,，。]|$)"
)
"""报名 签到培训: what stands alone beside a command is what it is for."""


def add_titles(
    hits: dict[str, list[Span]],
    plain: str,
    names: Names,
    times_found: tuple[tuple[Span, times.Found], ...],
) -> tuple[Span, ...]:
    """The titles in whose words a wish would be heard: 体验签到 asks for no check-in. What is heard
    inside them is left out of `hits`."""
    found: list[Span] = []
    for title in [*names.titles_in(plain), *_beside_a_command(plain, times_found)]:
        inside = {
            word for word, spans in hits.items() if any(_within(span, title) for span in spans)
        }
        if not (hidden := inside - ACTIVITIES - MEETINGS - SOFT):
            continue
        found.append(title)
        for word in hidden:
            left = [span for span in hits.pop(word) if not _within(span, title)]
            if left:
                hits[word] = left
    return tuple(found)


def _beside_a_command(
    plain: str, times_found: tuple[tuple[Span, times.Found], ...]
) -> Iterator[Span]:
    if named := BESIDE_A_COMMAND.match(plain):
        start, end = named.span(1)
        start = max((after for (_, after), _ in times_found if after <= end), default=start)
        start += plain[start : start + 1] == "的"
        if end - start > 2:
            yield start, end


def _within(span: Span, title: Span) -> bool:
    return title[0] <= span[0] and span[1] <= title[1] and span != title


def times_in(
    said: Plain, now: datetime, looking: times.Looking | None = None
) -> tuple[tuple[Span, times.Found], ...]:
    plain = A_MOMENT.sub("、、", said.plain)
    found_times = times.find(plain, now=now, looking=looking)
    return tuple(
        ((found.start, found.end), found)
        for found in found_times
        if not isinstance(found.value, times.Unclear)
        and not (FESTIVAL.fullmatch(found.text) and HELD_THEN.match(plain, found.end))
    )


def people_in(said: Plain, names: Names) -> tuple[tuple[Span, str], ...]:
    return tuple(names.people_in(said.plain))


def add_places(
    hits: dict[str, list[Span]],
    plain: str,
    times_found: tuple[tuple[Span, times.Found], ...],
    people: tuple[tuple[Span, str], ...],
    branches: tuple[tuple[Span, str], ...],
    titles: tuple[Span, ...] = (),
) -> None:
    """Adds the places of {time} and its like to the words that were heard."""
    for span, found in times_found:
        hits.setdefault("{time}", []).append(span)
        match found.value:
            case times.Recurrence():
                hits.setdefault("{recurring}", []).append(span)
            case times.Duration():
                hits.setdefault("{lasting}", []).append(span)
            case times.Day() | times.Period():
                hits.setdefault("{day}", []).append(span)
            case _:
                pass
    busy = frozenset(at for span, _ in times_found for at in range(*span))
    named = [span for span, _ in people] or [
        found.span() for found in NUMBERED_NAME.finditer(plain) if found.start() not in busy
    ]
    named = named or list(people_names.named_in(plain, busy))
    if named:
        hits["{person}"] = named
    in_branches = list(branch_names.named_in(plain, busy)) or [span for span, _ in branches]
    if in_branches:
        hits["{branch}"] = in_branches
    known = sorted({*titles, *(span for word in ACTIVITIES & hits.keys() for span in hits[word])})
    if known:
        hits["{activity}"] = known
    for name, pattern in PATTERNS.items():
        spans = [found.span() for found in pattern.finditer(plain)]
        if spans:
            hits[name] = spans
