"""How help and small talk are worded."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

HELP = "帮助：看看我能做什么"
HELP_FEEDBACK = "意见：提意见或投诉，默认匿名"
HELP_READ_FEEDBACK = "查看意见：看大家提的意见"
HELP_UNHEARD = "没听懂的话：看大家交来的、我没听懂的话"
HELP_HUMAN = "转人工：告诉您可以找谁"
ALL, HUMAN, BIND, PRIVACY, MY_DATA = "全部", "转人工", "绑定", "隐私", "我的数据"
MORE = "帮助 全部"
HOW_TO_GET, WHAT_IS_KEPT = "怎么拿邀请码", "会记录我的什么"

DAY = {"morning": "早上好", "noon": "中午好", "afternoon": "下午好", "evening": "晚上好"}
ABUSE = "没帮上您的忙，对不住。换个人来办会更快：发「转人工」，我告诉您找谁。"
OFF_TOPIC = "这个我不会，怕说错。我会的是签到、请假、查活动这些事，发「帮助」看看。"
NOTHING_TO_AFFIRM = "好的。现在没有等您确认的事，想办什么直接说。"
NOTHING_TO_LEAVE = "好的，什么都没有办。"
NOTHING_SAID = "刚才没有要重复的话。想办什么直接说，或发「帮助」。"
LARGER = "字的大小由手机来定：微信在「我」的「设置」里调字体大小，网页聊天点右上角的「大字」。"
OPINION = "意见"
WHOM_FOR_A_GUEST = "请找您所在支部的书记或组织委员。您还没有绑定，我不知道您在哪个支部。"
NOBODY_HERE = "支部里现在没有登记书记和组织委员，请直接找机关党委。"

SAY_YOUR_OPINION = (
    "请直接发给我，由工委办公室看。默认匿名：不记姓名、支部和时刻。想要答复就选署名。"
)
NAMELESS, SIGNED = "匿名", "署名"
GO_ON = {
    False: "好的，匿名。请直接发内容。",
    True: "好的，会署您的名字。请直接发内容。",
}
TAKEN = {
    False: "已匿名记下，由工委办公室看，谁提的查不到。想要答复，可以发「署名意见 内容」。",
    True: "已记下并署了您的名字，由工委办公室看，有答复会找您。",
}
NEUTRAL = "好的。"
"""What is kept of the answer: the inbox must not tell who gave an opinion without a name."""
NO_FEEDBACK = "还没有人提意见。"
EARLIER = "更早的"
NO_NAME = "匿名"

REFUSALS: Mapping[str, str] = {
    "opinion_profiling": (
        "这个我不做：人的想法不分析、不画像、不记录。可以看的是组织生活开展情况和任务进展。"
    ),
    "ideology_ranking": (
        "这个我不做：思想情况不打分、不排名。可以看的是组织生活开展情况、任务进展、学时是否达标。"
    ),
    "location_tracking": (
        "这个我不做：我不记录谁在哪里，也查不到。想知道谁到会了，可以问「签到情况」。"
    ),
    "secrets": "涉密内容不能在这里说、传或存。请走机要渠道；已经发出的，请马上撤回并报告保密员。",
    "private_records": (
        "这个我不提供：别人的私事我不收集，也不外传。您自己的，发「我的数据」就能看。"
    ),
}
"""The kinds of `refuse_sensitive`, each with its reason and what can be done instead."""
REFUSED = "这个我不能做，它会伤到同志的隐私。签到、活动和您自己的数据，随时可以问我。"


def refused(kind: str, person: str) -> str:
    if kind == "proxy_check_in":
        who = f"{person}到场后" if person else "到场后"
        return f"代签不行，签到要本人来。{who}可以自己签；人在外地可以请假，回来七天内能申请补签。"
    return REFUSALS.get(kind, REFUSED)


HANDED_OVER = "已交给管理员，只有这句话，不记是谁说的。换个说法再试试也行。"


def unheard(count: int, handed_over: Sequence[tuple[str, int]]) -> str:
    """«今天有没有空» as said, with how often."""
    if not count:
        return "近三十天没有听不懂的话。"
    total = f"近三十天有 {count} 句没听懂"
    if not handed_over:
        return f"{total}，还没有人交来原话。"
    lines = [f"「{said}」{number} 次" for said, number in handed_over]
    return "\n".join([f"{total}，交来原话的有：", *lines])


def help(lines: Sequence[str], *, more: bool) -> str:
    listed = ["我可以帮您：", *(f"· {line}" for line in lines)]
    return "\n".join([*listed, "还有别的：发「帮助 全部」。"] if more else listed)


def greeting(name: str, part: str, coming: str) -> str:
    return f"{name}，{DAY[part]}。{coming or '有事直接说，或发「帮助」。'}"


def coming(title: str, starts: datetime, venue: str, *, open: bool) -> str:
    then = "到场后发「签到」就行" if open else "到时发「签到」就行"
    return f"今天 {starts:%H:%M} 有「{title}」{f'，{venue}' if venue else ''}，{then}。"


def welcome(next_title: str, starts: datetime | None, venue: str) -> str:
    if starts is None:
        return "不客气。"
    where = f"，{venue}" if venue else ""
    return f"不客气。「{next_title}」{starts:%H:%M} 开始{where}。"


def came(title: str, at: datetime) -> str:
    return (
        f"好的。「{title}」{at:%H:%M} 的签到已经记下，我这里撤不了；没有到会的话，"
        "请告诉现场的组织委员更正。"
    )


def whom(people: Sequence[tuple[str, str]]) -> str:
    listed = "或".join(f"{name}（{post}）" for name, post in people)
    return f"可以直接找{listed}，把想办的事告诉他们就行。"


def opinions(total: int, entries: Sequence[tuple[date, str, str]]) -> str:
    lines = [f"· {day.month}月{day.day}日 {who}：{said}" for day, who, said in entries]
    return "\n".join([f"共有 {total} 条意见，新的在前：", *lines])
