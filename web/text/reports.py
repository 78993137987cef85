"""Circulars and tables in the console, in words."""

from collections.abc import Sequence

STAGES = {
    "draft": "草稿",
    "checked": "待签发",
    "approved": "待发布",
    "published": "已发布",
    "dropped": "已作废",
}
STEPS = {"check": "校核", "approve": "签发", "publish": "发布", "correct": "更正", "drop": "作废"}
FORMS = {"docx": "公文（Word）", "xlsx": "表格（Excel）", "pdf": "打印（PDF）"}
DONE = {
    "checked": "已校核：没有姓名，数和记录对得上。请另一位同志签发。",
    "approved": "已签发，可以发布了。",
    "published": "已发布，数字和来源已封存。",
    "draft": "已按最新记录起草更正版，原来那版不动。",
    "dropped": "已作废，什么也没有发出。",
}
DRAFTED = "草稿拟好了，请看数字和来源，再校核。"
OWN = "这份是您起草的，要由另一位同志签发。"
MOVED = "拟好之后记录有变动，草稿已换成最新的数，请看过再校核。"
NAMED = "里面有名册上的姓名，通报不写个人姓名。请作废后重拟。"
REFUSED = "题目里有不能写进通报的内容。请作废后重拟。"
SPOILT = "存的内容和封存时不一致，没有继续。请告诉管理员。"


def uncounted(topic: str) -> str:
    return f"「{topic}」还没有可以汇总的记录，没有起草。请在下面选要写的数。"


def refused(why: str) -> str:
    return f"没有起草：{why}"


def to_approve(names: Sequence[str], count: int) -> str:
    if not count:
        return (
            "要由另一位同志签发，名册里还没有第二位能签发的。"
            "请先在「人员」里导入一位工委办公室或机关党委的同志。"
        )
    more = f"等 {count} 位" if count > len(names) else ""
    return f"等{'、'.join(names)}{more}签发，已经告诉他们了。"


def now_is(stage: str) -> str:
    return f"这份通报现在是「{STAGES[stage]}」，没有再改。"
