"""How lists of tasks are said."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.text import day, why
from handlers.tasks.text.common import STAGES, STATES, left, named, short_day

HELP_OWN = "我还欠什么：看看自己逾期和快到期的事（也可以发「本周任务」）"
HELP_OVERDUE = "逾期任务：看自己和下面各单位逾期的任务，可以催一下"
HELP_NIL = "零报告：看哪些单位布置后还没有任何回音"
HELP_WAITING = "待验收：看报上来等您验收的任务"
HELP_ITEM = "任务 编号：看这件任务办得怎么样，例如「任务清单 3 怎么样了」"
AT_MOST = 6
SHOWN = 3
"""Units that are named."""
LONG = 100
"""Days, beyond which their number says nothing."""
WAITING, OVERDUE, OWN = "待验收", "逾期任务", "我的任务"
"""The words behind a button."""
NOTHING_OVERDUE = "没有逾期的任务。"
NOTHING_WAITS = "没有等您验收或答复的任务。"
NO_NIL = "每个单位都有回音了，没有零报告的。"
NO_NUMBER = "要看哪一件？请带上编号，例如「任务 T18」。"
NUDGE_ALL, NUDGE_THEM, KEEP, GO_AND_LOOK, ACCEPT_ALL = (
    "全部催一下", "提醒他们", "先不催", "去看看", "全部通过",
)  # fmt: skip
NOTHING_TO_NUDGE = "现在没有要催的：没有逾期的，或者今天已经催过了。"
KEPT = "好的，没有发出任何提醒。"
NOT_FOUND_TO_FINISH = "没找到是哪一件，没有记上。发「我的任务」可以看到编号，再说「T18 办完了」。"
NO_SUCH_FINDING = "没找到是哪一项整改，没有记上。请带上编号，例如「F05 整改进展：请示已批复」。"
WHICH_IS_DONE = "是哪一件办好了？"
IS_IT_THIS = "是这一件吗？"


def no_such_number(number: str) -> str:
    return f"没有找到编号 {number} 的任务。发「我的任务」可以看到编号。"


def own_clear(until: date, today: date) -> str:
    days = (until - today).days
    if days > LONG:
        return "您手上没有要办的事。"
    when = f"{days} 天内" if days else "今天"
    return f"您这里没有逾期的事，{when}也没有到期的。"


def own_head(overdue: int, soon: int, until: date, today: date) -> str:
    days = (until - today).days
    if days > LONG:
        return f"您手上有 {overdue + soon} 件{f'，{overdue} 件过了日子' if overdue else ''}："
    if not overdue:
        return f"您这里没有逾期的事。{days} 天内有 {soon} 件："
    return f"有 {overdue} 件过了日子还没有记录{f'，{days} 天内另有 {soon} 件' if soon else ''}："


def own_overdue_head(count: int) -> str:
    return f"您手上有 {count} 件过了日子还没有记录："


def line(number: int, words: str) -> str:
    return f"{number}. {words}"


def more(count: int) -> str:
    return f"…… 还有 {count} 件"


def nth(number: int, label: str) -> str:
    return f"第 {number} 件{label}"


def nth_unit(number: int) -> str:
    return f"看第 {number} 家"


def look_nth(number: int) -> str:
    return f"看第 {number} 件"


def to_decide(count: int) -> str:
    return f"有 {count} 件报上来，等您验收或答复"


def overdue_below(count: int, units: int) -> str:
    return f"下面有 {count} 件任务逾期，涉及 {units} 个单位"


def overdue_at(count: int, units: Sequence[tuple[str, int, int]], *, long: bool) -> str:
    """The units with the most first."""
    named_ = "、".join(f"{name} {late} 件" for name, late, _ in units[:SHOWN])
    rest = f"等 {len(units)} 个单位" if len(units) > SHOWN else ""
    said = f"您布置的任务逾期 {count} 件：{named_}{rest}"
    return f"{said}，拖得较久，要不要列入督办，由您定" if long else said


def to_take(number: str, title: str, due: date, today: date) -> str:
    return f"{named(number, title)}请您接办，{left(due, today)}"


def overdue_head(count: int, units: int) -> str:
    return f"逾期任务 {count} 件{f'，涉及 {units} 个单位' if units > 1 else ''}："


def unit_line(name: str, overdue: int, total: int) -> str:
    return f"{name}：逾期 {overdue} 件，在办 {total} 件"


def unit_head(name: str, count: int) -> str:
    return f"{name}在办 {count} 件：" if count else f"{name}没有在办的任务。"


def more_units(count: int) -> str:
    return f"…… 还有 {count} 个单位"


def nil_head(count: int) -> str:
    return f"布置后还没有任何回音的单位 {count} 个："


def nil_line(name: str, count: int) -> str:
    return f"{name}（{count} 件）"


def waiting_head(count: int) -> str:
    return f"等您验收或答复的有 {count} 件，先看这一件："


def waiting_report(name: str, unit: str, said: str, late: int) -> str:
    words = f"：{said}" if said else "，没有附说明"
    after = f"（晚 {late} 天）" if late > 0 else ""
    return f"{unit}报{name}完成{after}{words}。"


def waiting_check(name: str, unit: str) -> str:
    return f"{unit}的{name}复核已通过，可以销号。"


def waiting_extension(name: str, unit: str, due: date, until: date) -> str:
    return f"{unit}想把{name}从 {short_day(due)}延到 {day(until)}。"


def item_head(number: str, title: str, due: date, units: int) -> str:
    return f"{named(number, title)}，{day(due)}前，{units} 个单位："


def item_states(counts: Mapping[str, int], overdue: int) -> str:
    parts = [f"{STATES[state]} {count}" for state, count in counts.items() if count]
    return "，".join(parts) + (f"；其中逾期 {overdue}" if overdue else "") + "。"


def item_late(units: Sequence[str]) -> str:
    shown = "、".join(units[:5])
    return f"逾期的单位：{shown}{f'等 {len(units)} 个' if len(units) > 5 else ''}。"


def detail(name: str, unit: str, owner: str, state: str, due: date, today: date, stage: str) -> str:
    who = f"，承办 {owner}" if owner else ""
    when = f"{left(due, today)}，{STAGES[stage]}色" if stage != "calm" else left(due, today)
    finished = state in {"closed", "withdrawn"}
    return f"{name}｜{unit}{who}\n{STATES[state]}{'' if finished else f'，{when}'}。"


def more_of_it(evidence: str, goal: str, suggestion: str, said: str) -> list[str]:
    lines = [f"建议：{suggestion}"] if suggestion else []
    lines += [f"业务目标：{goal}"] if goal else []
    lines += [f"佐证：{evidence}（文字或链接）"] if evidence else []
    return [*lines, f"最近一句：{said}"] if said else lines


def offered(name: str, since: datetime, *, to_reader: bool) -> str:
    when = f"{short_day(since.date())} {since:%H:%M}"
    if to_reader:
        return f"{when} 请您接办，点「接下」就归您办；不接就不用管，仍由原来的同志办。"
    return f"{when} 已请{name}接办，还没接下；接下之前仍由原来的同志办。"


def asked(until: date) -> str:
    return f"已提出延到 {short_day(until)}，等答复。"


FINDINGS_HELP = "问题清单：看还没有销号的整改问题（也可以发「督办清单」）"
NO_FINDINGS = "没有在整改的问题，都销号了。"


def findings_head(count: int, overdue: int) -> str:
    return f"在整改的问题 {count} 项{f'，逾期 {overdue} 项' if overdue else ''}："


def finding_line(words: str, state: str) -> str:
    return f"{words}，{STATES[state]}"


ELSEWHERE = {"check_in": "签到情况", "notice": "签收情况"}
"""Where one reminds of what is no task."""


def nudge_there(where: str) -> str:
    return f"这里催的是任务，没有发出提醒。要提醒他们，看「{where}」，那里可以点一下提醒。"


HELP_DIGEST = "任务情况：办结、待验收、逾期和零报告各有多少"
NIL, WITHDRAW, KEEP_IT = "零报告", "撤销", "先不撤"
NOTHING_TO_WITHDRAW = "没有可撤销的：没找到这个编号，或者不是您布置的，或者都办结了。"


def confirm_withdraw(name: str, count: int) -> str:
    return f"撤销{name}？还有 {count} 个单位没办结，会告诉他们不用再办。"


def withdrawn(name: str, count: int) -> str:
    return f"已撤销：{name}，{count} 个单位已通知。"


PAST = "经过"
STEPS = {
    "sign": "签收",
    "progress": "报进展",
    "report": "报完成",
    "take_back": "撤回",
    "extend": "申请延到",
    "hand_over": "转交",
    "take": "接下",
    "keep": "收回转交",
    "accept": "通过",
    "return": "退回",
    "close": "销号",
    "grant": "同意延到",
    "decline": "没有同意延期",
    "nudge": "提醒",
    "withdraw": "撤销",
}


def step(at: datetime, who: str, what: str, words: str, until: date | None, person: str) -> str:
    to = f"给{person}" if person else ""
    when = f" {short_day(until)}" if until else ""
    said = f"：{words}" if words else ""
    return f"{short_day(at.date())} {at:%H:%M} {who}{STEPS[what]}{to}{when}{said}"


def past(name: str, issued_at: datetime, steps: Sequence[str]) -> str:
    shown = list(steps[-AT_MOST:])
    earlier = [f"…… 更早还有 {len(steps) - AT_MOST} 步"] if len(steps) > AT_MOST else []
    return "\n".join([f"{name}，{short_day(issued_at.date())}布置。", *earlier, *shown])


def digest(issued: int, closed: int, waiting: int, overdue: int, units: int, nil: int) -> str:
    return (
        f"任务共 {issued} 件：办结 {closed}，待验收 {waiting}，逾期 {overdue}（{units} 个单位），"
        f"零报告 {nil} 个单位。"
    )


def because(closed: int, issued: int, overdue: int, now: datetime) -> str:
    """Why so many are done."""
    rule = "每个单位的每一件算一件；办结是销了号的，报了完成、还没验收的不算；撤回的不在里面。"
    records = "发「逾期任务」看逾期的，控制台「任务」里点得开每个单位的每一步。"
    return f"办结 {closed}／{issued} 件，逾期 {overdue} 件。\n" + why(rule, records, now)


def accepted_all(count: int, name: str) -> str:
    return f"已通过 {count} 件：{name}。"


def nudge_preview(count: int, people: int, lines: Sequence[str]) -> str:
    shown = list(lines[:3])
    rest = [more(len(lines) - 3)] if len(lines) > 3 else []
    return "\n".join([f"要催 {count} 件，私下提醒 {people} 位承办人：", *shown, *rest])


def nudged_all(count: int, people: int) -> str:
    return f"已提醒 {people} 位承办人，共 {count} 件。今天不会重复催同一件。"
