"""How work is handed out in a chat."""

from collections.abc import Sequence
from datetime import date

from bot.text import day

HELP = "布置任务：一句话交代，例如「布置任务：各支部核对名册，下周五前」"
HELP_FINDING = "发现问题：现场交办，例如「发现问题：园林养护局版面陈旧，建议更换，12月5日前」"
WHAT = "要布置什么？一句话就行，例如「各支部核对名册，下周五前」。"
WHAT_FINDING = "发现了什么问题？请连单位和整改时限一起说。"
TO_WHOM = "布置给谁？可以说「各支部」「各单位」、一个支部，或一位同志的姓名。"
WHICH_UNIT = "是哪个单位的问题？请说一个单位或支部的名称。"
NOBODY_FOUND = (
    "没有找到这个单位或这位同志，或者不在您负责的范围里。请再说一次；不布置了就发「算了」。"
)
NOT_YOURS = "这里面有不归您布置的单位，没有布置。请只选您负责的单位。"
DAY_PASSED = "时限已经过了，没有布置。请重新说一个日子。"
ISSUE, OTHER_DAY, DISCARD = "布置", "改时限", "不布置了"
DISCARDED = "好的，没有布置。"
SAY_ISSUE = "要布置就回「布置」，不布置就回「不布置了」。"
EVERY_BRANCH, EVERY_ORGAN = "各支部", "各单位"
YES = frozenset(
    {"布置", "好", "好的", "可以", "行", "是", "是的", "对", "确认", "发布", "嗯", "ok"}
)
NO = frozenset({"不布置了", "不布置", "不用", "不", "不要", "先不", "不行", "不对"})
SHOWN = 3


def when(title: str) -> str:
    return f"「{title}」什么时候前完成？例如「下周五」「12月15日」。"


def when_doubtful(said: str) -> str:
    return f"「{said}」是哪一天？请说成「12月15日」。"


WHEN_UNCLEAR = "这个日子没看懂，或者已经过了。请说成「12月15日」。"


def to(units: Sequence[str]) -> str:
    if len(units) <= SHOWN:
        return "、".join(units)
    return f"{'、'.join(units[:SHOWN])}等 {len(units)} 个单位"


def preview(
    title: str, due: date, units: Sequence[str], leaderless: Sequence[str], more: Sequence[str]
) -> str:
    lines = [f"布置：{title}，{day(due)}前。交给{to(units)}。", *more]
    if leaderless:
        lines.append(f"其中{to(leaderless)}还没有负责人，通知不到。")
    return "\n".join(lines)


def details(evidence: str, goal: str, suggestion: str, *, restricted: bool) -> list[str]:
    wanted = {"": "不用附材料", "text": "附一句说明", "link": "附链接"}
    lines = [f"完成时{wanted[evidence]}。"] if evidence else []
    lines += [f"业务目标：{goal}。"] if goal else []
    lines += [f"整改建议：{suggestion}。"] if suggestion else []
    return [*lines, "限阅：只有该单位负责人和交办单位看得到。"] if restricted else lines


def issued(number: str, title: str, units: int, told: int) -> str:
    done = f"已布置：{title}（{number}），{units} 个单位，通知 {told} 位负责人。"
    return f"{done}发「{number} 进展」随时可看。"
