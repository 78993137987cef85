"""How tasks are worded in the console."""

from handlers.tasks.actions.issuing import Issued
from handlers.tasks.actions.stepping import Objected
from handlers.tasks.rules.evidence import description
from handlers.tasks.rules.machine import Step
from handlers.tasks.text import refusing
from handlers.tasks.text.common import STATES, named
from storage.tasks import Row

INCOMPLETE = "请写明要办什么，并至少勾一个单位。"
NO_DAY = "没有看懂期限。请写成「12月5日」或「下周五」这样。"
DAY_GONE = "这个期限已经过了，或者在三年以后。请换一个日子。"
NOBODY_TO_NUDGE = "没有要催的：都报了，或者今天已经催过。"
OWED = frozenset({"issued", "signed", "working", "returned"})
LOOKS = {"closed": "good", "accepted": "good", "reported": "warn", "returned": "bad"}
DONE = {
    "sign": "已签收",
    "progress": "已记进展",
    "report": "已报完成",
    "take": "已接下",
    "keep": "已收回转交",
    "accept": "已通过",
    "return": "已退回",
    "close": "已销号",
    "grant": "已同意延期",
    "decline": "没有同意延期",
    "nudge": "已催办",
}


def numbered(number: str) -> str:
    """T05; a bare number says that it is one."""
    return f"编号 {number}" if number.isdecimal() else number


def evidence(wanted: str) -> str:
    return description(wanted)


def state(name: str) -> str:
    return STATES.get(name, name)


def stepped(step: Step, row: Row, unit: str) -> str:
    return f"{DONE.get(step, step)}：{named(row.number, row.title)}，{unit}。"


def accepted_all(count: int) -> str:
    return f"已通过 {count} 份。" if count else "没有等验收的。"


def nudged(people: int, tasks: int) -> str:
    return f"已提醒 {people} 位承办人，共 {tasks} 件。今天不再重复催。"


def issued(done: Issued, title: str) -> str:
    return f"已布置：{named(done.number, title)}，交给 {done.units} 个单位，通知 {done.told} 人。"


def refused(no: Objected) -> str:
    return refusing.refused(named(no.row.number, no.row.title), no.why)
