"""How it is said what will be said."""

from collections.abc import Sequence
from datetime import date

from bot.text import day
from handlers.duties.text.listing import NOTHING_PLANNED
from handlers.duties.text.mornings import period

__all__ = ["NOTHING_PLANNED"]

HELP = "未来两周提醒：先看看会在哪天提醒谁什么，不会真的发出"
YOU = "您"
NONE = "未来两周按现在的进度没有要提醒的事。"
HEAD = "要是没有新的记录，会这样提醒（工作日 08:40，每人一条）："
AT_MOST = 10
MORE = "更多"
CHANNELS = {
    "digest": "，汇总",
    "supervision_list": "，督办建议",
    "circular_candidate": "，通报建议",
    "talk_candidate": "，约谈建议",
}


def what(name: str, occurrence: str) -> str:
    return period(occurrence) + name


def before(days: int) -> str:
    return f"提前 {days} 天" if days else "到期当天"


def after(days: int) -> str:
    return f"过了 {days} 天" if days else "到期当天"


def channel(name: str) -> str:
    return CHANNELS.get(name, "")


def members(count: int) -> str:
    return f"党员本人 {count} 位"


def line(said: str, when: str, whom: Sequence[str]) -> str:
    return f"· {'、'.join(whom)}：{said}（{when}）"


def fortnight(lines: Sequence[tuple[date, str]], start: int) -> str:
    """Some of the lines, each day named once, from the one after `start` on."""
    shown = lines[start : start + AT_MOST]
    words = [] if start else [HEAD]
    for at, (on, said) in enumerate(shown):
        if not at or shown[at - 1][0] != on:
            words.append(day(on))
        words.append(said)
    left = len(lines) - start - len(shown)
    return "\n".join([*words, *([f"…… 还有 {left} 行"] if left else [])])
