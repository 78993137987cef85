"""How reminding by hand is worded, and what is put before those above."""

from collections.abc import Sequence

HELP = "督办建议：逾期较久的事，要不要督办、通报，由您定"
NOT_YOURS = "这一件不归您管，没有提醒任何人。"
NOT_OPEN = "这一件已经办结，或者不再需要了，没有提醒任何人。"
NOBODY = "这一件没有别的承办人可以提醒，没有提醒任何人。"
NO_PROPOSALS = "没有逾期较久、需要您定的事。"
AT_MOST = 6
CHANNELS = {
    "supervision_list": "可列入督办",
    "circular_candidate": "可考虑通报",
    "talk_candidate": "可考虑约谈",
}


def pressed(whom: Sequence[str], what: str) -> str:
    return f"已提醒{'、'.join(whom)}：{what}。今天不会再提醒第二次。"


def pressed_unit(whom: Sequence[str], of: str, count: int) -> str:
    return f"已提醒{'、'.join(whom)}：{of}逾期的 {count} 件。今天不会再提醒第二次。"


def letter_of_several(by: str, lines: Sequence[str]) -> str:
    shown = [f"{number}. {line}" for number, line in enumerate(lines[:AT_MOST], start=1)]
    more = len(lines) - AT_MOST
    rest = [f"另有 {more} 件，发「逾期」看全部。"] if more > 0 else []
    return "\n".join([f"{by}提醒您，有 {len(lines)} 件：", *shown, *rest])


def press_unit(name: str) -> str:
    return f"催一下{name if len(name) <= 12 else name[:11] + '…'}"


def told_today(whom: Sequence[str]) -> str:
    return f"今天已经提醒过{'、'.join(whom)}了，明天再看。"


def letter(by: str, line: str) -> str:
    return f"{by}提醒您：{line}。"


def proposal(number: int, channel: str, of: str, what: str, days: int) -> str:
    return f"{number}. {of}：{what}，过了 {days} 天，{CHANNELS.get(channel, channel)}"


def proposals(lines: Sequence[str], more: int) -> str:
    head = "这些事逾期较久，要不要督办或通报由您定，系统不会自己发："
    rest = [f"…… 还有 {more} 件"] if more else []
    return "\n".join([head, *lines, *rest])
