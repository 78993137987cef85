"""What became of a notice."""

from collections.abc import Mapping, Sequence
from datetime import datetime

HELP = "通知情况：最近一条通知谁收到了、谁确认了"
HELP_RECALL = "撤回通知：还没发出的不再发"
REMIND, RECALL, EDIT = "提醒还没确认的", "撤回没发出的", "改内容"
NOT_FOR_YOU = "这条通知不是发给您的，不用确认。"
NOTHING_TO_UNDO = "现在没有要撤的。没有点「发出」的，都不会发。"
NOTHING_OF_YOURS = "现在没有要撤的。请假、补签想撤回，发「我的申请」。"
NOTHING_TO_ACK = "好的。"
WHAT_INSTEAD = "改成什么？请把新的通知整段发给我。"
WHICH = "确认哪一条？"
CALLED_BACK = "这条通知已经撤回，改不了。要发新的，请再发一条通知。"
SAYS_SO_ALREADY = "通知已经是这样写的，没有改动。"
SHOWN = 12
"""Names on one screen."""


def acknowledged(said: str) -> str:
    return f"已确认收到：「{short(said)}」"


def short(said: str) -> str:
    return said if len(said) <= 20 else f"{said[:19]}…"


def status(when: str, words: str, counts: Mapping[str, int], stage: str) -> str:
    """Numbers only: it may be said in a group."""
    return f"{when} 的通知（{words}，{sum(counts.values())} 人）：{stage}{states(counts)}。"


STAGES = {
    "second": "等第二位确认，还没有发；",
    "released": "已确认，马上开始发；",
    "preparing": "准备中；",
    "cancelled": "已撤回；",
    "held": "停住了，起草人已不担任职务；",
}


def stage(name: str) -> str:
    return STAGES.get(name, "")


def states(counts: Mapping[str, int]) -> str:
    """All places where recipients may stand, by the names of `rules.counting`."""
    not_out = counts["waiting"] + counts["to_come"]
    told = (
        (counts["sent"], "已送到"),
        (counts["sending"], "正在发"),
        (not_out, "还没发"),
        (counts["held"], "停住"),
        (counts["contact"], "等他们下次来时转告"),
        (counts["uncertain"], "不确定收到没有"),
        (counts["failed"], "没送到"),
        (counts["expired"], "过了时间没发"),
        (counts["cancelled"], "不再发"),
    )
    return "，".join(f"{words} {count}" for count, words in told if count) or "没有收件人"


def receipts(read: int, silent: int) -> str:
    return f"已确认 {read} 人，还没确认 {silent} 人"


def names(listed: Sequence[str]) -> str:
    more = f"等 {len(listed)} 位" if len(listed) > SHOWN else ""
    return "、".join(listed[:SHOWN]) + more


def edited(told: int, not_yet: int, changing: int) -> str:
    if not told:
        to_come = f"{not_yet:,} 人都将收到新文" if not_yet else "收到的人看到的就是这样写的"
        return f"已改好，{to_come}。"
    rest = f"，其余 {not_yet:,} 人将收到新文" if not_yet else ""
    phones = "；手机上的旧文正在换成新文，换完告诉您" if changing else ""
    return f"已按旧文发送 {told:,} 人{rest}{phones}。"


def reworded(changed: int, not_changed: int) -> str:
    rest = f"，{not_changed:,} 人已看到或改不了，仍是旧文" if not_changed else ""
    return f"手机上的旧文换好了：{changed:,} 人已是新文{rest}。"


def taken_back(changed: int, not_changed: int) -> str:
    rest = f"，{not_changed:,} 人已看到或不能撤回" if not_changed else ""
    return f"通知已撤回 {changed:,} 人{rest}。"


def unsaid(count: int, *, back: bool) -> str:
    return f"其中 {count:,} 人手机上的{'已撤回' if back else '已换成新文'}。"


def changed_meanwhile(name: str, at: datetime | None, now_says: str, yours: str) -> str:
    when = f"在 {at:%H:%M} " if at else ""
    return (
        f"这条通知已被{name}{when}改成「{now_says}」，您写的「{yours}」没有用上。"
        "要改请再发「通知情况」。"
    )


def edit_asked(names: Sequence[str]) -> str:
    return f"人数多，改动也要第二位确认，已请{'、'.join(names[:3])}看。"


def nothing_to_change(told: int) -> str:
    return f"已经发给 {told:,} 人了，发出去的改不了。要更正，请再发一条通知。"


def stopped_before(counts: Mapping[str, int]) -> str:
    return f"这条通知之前已经撤回：{states(counts)}。"


def stopped(told: int, called_back: int, taking_back: int) -> str:
    if not told:
        return f"已撤回，一个也没有发出，{called_back:,} 人都不会收到。"
    if taking_back:
        rest = f"{called_back:,} 人不会再收到；" if called_back else ""
        return f"已停下：{rest}{told:,} 人已经发出，正在从手机上撤回，撤完告诉您。"
    if not called_back:
        return f"撤不回了：{told:,} 人都已经发出，多数平台收不回来。要更正，请再发一条通知。"
    return (
        f"已停下：{called_back:,} 人不会再收到；{told:,} 人已经发出，"
        "多数平台收不回来。要更正，请再发一条通知。"
    )


def remind_letter(said: str) -> str:
    return f"还请您确认一下收到这条通知：「{said}」"


def reminded(count: int, *, before: bool) -> str:
    if before:
        return "这条已经提醒过一次了，不再催。要紧的可以打个电话。"
    return f"已提醒还没确认的 {count} 位，每人一条，私信。" if count else "都确认了，不用提醒。"
