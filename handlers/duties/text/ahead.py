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
AT_MOST = 10
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


def fortnight(days: Sequence[tuple[date, Sequence[tuple[str, str, str]]]]) -> str:
    """Each line: what, when, to whom. Those who read the same are named together."""
    if not days:
        return NONE
    lines, left = ["要是没有新的记录，会这样提醒（工作日 08:40，每人一条）："], AT_MOST
    for on, items in days:
        together: dict[tuple[str, str], list[str]] = {}
        for said, when, whom in items:
            together.setdefault((said, when), []).append(whom)
        if left > 0:
            lines.append(day(on))
        for (said, when), names in list(together.items())[: max(left, 0)]:
            lines.append(f"· {'、'.join(dict.fromkeys(names))}：{said}（{when}）")
        left -= len(together)
    return "\n".join([*lines, *([f"…… 还有 {-left} 行"] if left < 0 else [])])
