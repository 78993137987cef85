"""How circulars and their numbers are spoken of."""

from collections.abc import Sequence

from handlers.reports.rules.guard import BURDENED, Banned, Repeated

HELP = "生成通报：如「生成第三季度通报」，只拟草稿，由另一位同志签发"
HELP_LIST = "通报清单：看草稿、待签发和已发布的通报"
HELP_WHY = "为什么是这个数：问刚才那个数的口径、记录和时间"
NOT_FOUND = "没有找到这份通报，或者它不归您看。"
NONE_YET = "还没有通报。要拟一份，发「生成第三季度通报」。"
NO_SCOPE = "通报由机关党委或工委办公室来拟。支部的数可以发「导出今年台账」。"
NOT_THAT_SPAN = "通报按月、季度或年来拟，比如「生成第三季度通报」。"
INTO_CIRCULAR = "写进通报"
IN_PRIVATE = "通报的事已私信您。"
STAGES = {
    "draft": "草稿",
    "checked": "已校核，待签发",
    "approved": "已签发，待发布",
    "published": "已发布",
    "dropped": "已作废",
}
STEPS = {
    "check": "校核",
    "approve": "签发",
    "publish": "发布",
    "correct": "更正",
    "drop": "作废",
}
WHY = "为什么是这个数"
SPOILT = "这份通报存的内容和当时封存的不一致，没有继续。请告诉管理员查数据库。"
OWN = "这份是您起草的，要由另一位同志签发。请他发「通报清单」。"
NO_NUMBER = "刚才没有看过数。先发「我的出勤」「签到情况」或「通报清单」，再问哪个数都行。"
NOTHING = "期内没有这方面的记录。"
SHOWN = 4


def head(org: str, days: str, topic: str, stage: str, version: int) -> str:
    which = f"（第 {version} 版）" if version > 1 else ""
    about = f"「{topic.removesuffix('情况')}」" if topic else ""
    return f"{org}{days}{about}通报{which}：{STAGES[stage]}。"


def figures(rows: Sequence[str]) -> str:
    if not rows:
        return NOTHING
    more = len(rows) - SHOWN
    return "；".join(rows[:SHOWN]) + (f"；另有 {more} 个数" if more > 0 else "") + "。"


def who(author: str, approver: str) -> str:
    return f"起草 {author}" + (f"，签发 {approver}" if approver else "") + "。"


def line(at: int, head: str) -> str:
    return f"{at}. {head}"


def nth(at: int) -> str:
    return f"看第 {at} 份"


def refused(objection: Banned | Repeated, where: str = INTO_CIRCULAR) -> str:
    """By which clause, and what to do instead."""
    match objection:
        case Banned(ban, said):
            return f"「{said}」不能{where}：{ban.clause}，{ban.says}。{ban.instead}"
        case Repeated(known):
            document, article, says = BURDENED
            return (
                f"{known.what}不用再报，{known.record}里都有，发「{known.get}」就能取。"
                f"（{document}{article}：{says}）"
            )


def uncounted(topic: str, names: Sequence[str]) -> str:
    return f"「{topic}」还没有可以汇总的记录，没有起草。能写的数有：{'、'.join(names)}。"


def named(count: int) -> str:
    return f"里面有 {count} 个名册上的姓名。通报不写个人姓名，请改成「有党员」一类的说法再拟。"


def moved(changed: Sequence[tuple[str, str, str]]) -> str:
    """Name, before and now of each."""
    rows = "，".join(f"{name} {old}→{new}" for name, old, new in changed)
    what = f"：{rows}" if rows else ""
    return f"拟好之后记录有变动{what}。草稿已换成最新的数，请看过再校核。"


def waits(title: str) -> str:
    return f"《{title}》已校核，等您签发。发「通报清单」就能看数字和来源。"


def now_is(stage: str) -> str:
    return f"这份通报现在是：{STAGES[stage]}。"


def stepped(stage: str) -> str:
    match stage:
        case "checked":
            return "已校核：没有姓名，数和记录对得上。请另一位同志签发，他发「通报清单」就能看到。"
        case "approved":
            return "已签发。可以发布了，发布后内容不再改，有错另出更正版。"
        case "published":
            return "已发布，数字和来源已封存。公文在控制台「通报和表格」里下载。"
        case "draft":
            return "已按最新记录起草更正版，原来那版不动。请重新校核、签发。"
        case _:
            return "已作废，什么也没有发出。"


def why(
    name: str, amount: str, of: str, definition: str, span: str, as_of: str, rows: Sequence[str]
) -> str:
    """Rule, records and times. `rows`: how many records there are, and the latest of them."""
    out_of = f"，分母是{of}" if of else ""
    return "\n".join(
        [f"{name} {amount}{out_of}。", f"口径：{definition}", f"时间：{span}；{as_of}。", *rows]
    )


def records(count: int, shown: bool) -> str:
    return f"来自 {count} 条记录{'，最近的：' if shown else '。'}"


def record(on: str, what: str, share: str) -> str:
    return f"· {on} {what}：{share}"
