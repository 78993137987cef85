"""Rules and what altering them changes, in words."""

from bot.messages import Refusal
from handlers.duties.rules.amending import (
    FURTHEST,
    MOST,
    Change,
    ExemptChange,
    Fault,
    LadderChange,
    RuleChange,
)
from handlers.duties.rules.rulebook import Rulebook

UNUSABLE = "规则文件现在读不了。请管理员执行 zhibu doctor，它会说哪一行要改。"
MEANWHILE = "预览之后有人改过规则，没有保存。请看过新的影响再确认。"
LADDERS = {
    "task": "布置的任务",
    "personal": "个人的事",
    "branch": "支部的事",
    "statutory": "有法定期限的事",
    "organ": "单位和机关党委的事",
    "committee": "工委的事",
    "rectification": "整改",
    "operator": "系统维护",
}
REASONS = {
    "aged_or_infirm": "年老体弱",
    "seriously_ill": "身患重病",
    "incapacitated": "丧失行为能力",
    "on_leave": "长期请假",
    "posted_away": "外派挂职",
}
EXEMPT = "不催办的人"
FAULTS = {
    Fault.UNKNOWN: "规则文件里没有这一项，没有改动。请返回规则页重新选。",
    Fault.TOO_MANY: f"提前提醒最多 {MOST} 次，请减掉几个。",
    Fault.OUT_OF_RANGE: f"天数要在 0 到 {FURTHEST} 之间。",
    Fault.NO_RUNG: "至少要留一级，否则过期了谁也不知道。",
    Fault.PERSONAL: "个人的事只提醒本人和一位委员，不能换成别的台阶；别的事也不能放进来。",
}


def lead(words: str) -> tuple[int, ...]:
    """「30、7、1」, the earliest first; empty for no reminder. `Refusal` for what is no number."""
    parts = words.replace("、", " ").replace("，", " ").replace(",", " ").replace("天", " ").split()
    return tuple(sorted({days(each) for each in parts}, reverse=True))


def days(word: str) -> int:
    if not (word.isascii() and word.isdecimal() and len(word) <= 4):
        raise Refusal(f"「{word[:10]}」不是天数，请写成 30、7、1 这样的数字。")
    return int(word)


def ladder(name: str) -> str:
    return LADDERS.get(name, name)


def reason(name: str) -> str:
    return REASONS.get(name, name)


def named(book: Rulebook, change: Change) -> str:
    match change:
        case RuleChange(rule_id):
            return book.by_id[rule_id].name if rule_id in book.by_id else rule_id
        case LadderChange(name):
            return f"台阶：{ladder(name)}"
        case ExemptChange():
            return EXEMPT


def says(book: Rulebook, change: Change) -> str:
    """In one line."""
    match change:
        case RuleChange(_, remind, escalation):
            return f"{in_advance(remind)}，过期后走「{ladder(escalation)}」的台阶"
        case LadderChange(name, at):
            rungs = book.ladders.get(name, ())
            return "，".join(
                f"{book.roles.get(rung.to, rung.to)} {when(each)}"
                for rung, each in zip(rungs, at, strict=False)
            )
        case ExemptChange(reasons):
            return "、".join(reason(each) for each in sorted(reasons)) or "没有"


def in_advance(remind: tuple[int, ...]) -> str:
    return f"提前 {'、'.join(map(str, remind))} 天提醒" if remind else "不提前提醒"


def when(after: int | None) -> str:
    if after is None:
        return "不走这一级"
    return "当天" if after == 0 else f"过期 {after} 天"


def more(count: int) -> str:
    return f"多 {count} 次" if count > 0 else f"少 {-count} 次" if count < 0 else "不变"


def saved(what: str, version: str) -> str:
    return f"已保存：{what}。规则版本 {version}，明早的提醒起照新的来；正在走台阶的照旧。"
