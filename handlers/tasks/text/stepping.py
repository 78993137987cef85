"""What is answered when somebody takes a step, or may not."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.text import day
from handlers.tasks.text.common import STATES, short_day

NO_SUCH_TASK = "没有找到这件任务，或者它不归您看。发「我的任务」看看您手上的。"
NOT_YOURS = "这一步不归您办，没有改动。"
TAKE_BACK, ACCEPT, RETURN, CLOSE, NUDGE = "撤回", "通过", "退回", "销号", "催一下"
FINISH, PROGRESS, EXTEND, HAND_OVER, SIGN, TAKE = "完成", "报进展", "延期", "转交", "签收", "接下"
GRANT, DECLINE = "同意", "不同意"
KEEP = "收回转交"
NO_WORDS = "不用说明"
SOON = (("延 3 天", timedelta(3)), ("延一周", timedelta(7)))
DAY_UNCLEAR = "这个日期没看懂。请说一个日子，例如「12月5日」或「再给三天」。"
NOBODY_NAMED = "没找到这位同志。请发本单位一位同志的姓名；不转了就发「算了」。"
WHAT_PROGRESS = "进展到哪了？一句话就行。"
WHAT_EVIDENCE = "怎么办的？一句话说明，或发链接、存放的地方；不写就回「不用说明」。"
WHAT_WRONG = "哪里要补？一句话就行，会原样告诉承办人。"
NOTHING_NEW = "没有要签收的新任务。"
TAKEN_BACK_HINT = "报早了可以撤回。"


def ask_evidence(name: str, evidence: str, *, link: bool) -> str:
    wanted = f"（{evidence}）" if evidence else ""
    how = "发链接或存放的地方" if link else "一句话说明或发链接"
    return f"{name}办好了。{how}就行{wanted}，不需要照片。"


def ask_until(name: str, due: date) -> str:
    return f"{name}现在是 {day(due)}前。想延到哪天？可以连原因一起说。"


def ask_person(name: str, names: Sequence[str]) -> str:
    return f"{name}转给谁？请发姓名{f'，例如{names[0]}' if names else ''}。"


def signed(name: str, due: date) -> str:
    return f"已签收：{name}，{day(due)}前。"


def signed_all(count: int) -> str:
    return f"已签收 {count} 件。发「我的任务」可以看到全部。"


def progress(name: str, words: str) -> str:
    return f"已记进展：{name}——{words}。"


def reported(name: str, to: str) -> str:
    return f"已报完成：{name}，等{to}验收。{TAKEN_BACK_HINT}"


def taken_back(name: str) -> str:
    return f"已撤回：{name}，还在办理中。"


def extension_asked(name: str, until: date) -> str:
    return f"已提出：{name}延到 {day(until)}。结果会告诉您。"


def handed_over(name: str, to: str) -> str:
    return f"已请{to}接办：{name}。对方点「接下」之前，仍由您办。"


def waits(name: str, to: str, since: datetime) -> str:
    when = f"{short_day(since.date())} {since:%H:%M}"
    return f"{when} 已经请{to}接办{name}，等对方点「接下」，不用再请。要自己办，点「收回转交」。"


def kept(name: str) -> str:
    return f"已收回转交，仍由您办：{name}。"


def taken(name: str, due: date) -> str:
    return f"现在由您办：{name}，{day(due)}前。"


def accepted(name: str, unit: str, *, closed: bool) -> str:
    return f"已办结：{name}，{unit}。" if closed else f"复核通过：{name}，{unit}。可以销号了。"


def returned(name: str, unit: str) -> str:
    return f"已退回{unit}：{name}，原因已转告。"


def closed(name: str, unit: str) -> str:
    return f"已销号：{name}，{unit}。"


def extension_granted(name: str, unit: str, due: date) -> str:
    return f"已同意：{name}，{unit}延到 {day(due)}。"


def extension_declined(name: str, unit: str, due: date) -> str:
    return f"没有同意延期：{name}，{unit}仍是 {short_day(due)}前。已转告。"


def nudged(name: str, people: Sequence[str], said: str) -> str:
    whom = "、".join(people) or "承办人"
    last = f"上次的回复是：「{said}」。" if said else ""
    return f"已提醒{whom}：{name}。{last}"


def withdrawn(name: str, unit: str) -> str:
    return f"已撤销：{name}，{unit}。"


# refused


def not_now(name: str, state: str) -> str:
    return f"{name}现在是「{STATES[state]}」，这一步用不上，没有改动。"


def too_late(name: str, due: date) -> str:
    return (
        f"{name}是 {short_day(due)}前的，日子已过，不能再延。"
        "请先报进展说明情况，或直接联系布置的同志；办好后照常点「完成」。"
    )


def not_later(due: date) -> str:
    return f"新的日期要晚于 {day(due)}。请再说一个日子。"


def asked_before(name: str, until: date) -> str:
    return f"{name}已经提出延到 {short_day(until)}，还在等答复。"


NOTHING_ASKED = "这一条已经处理过了，没有改动。"
OWN_REPORT = "整改要由另一位同志复核。请办公室其他同志点「通过」。"
NUDGED_TODAY = "今天已经催过这一件了，明天还可以再催。"


def elsewhere(name: str) -> str:
    return f"{name}不在这个单位，不能转交。请发本单位一位同志的姓名。"
