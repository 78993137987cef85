"""What players read."""

from collections.abc import Sequence
from datetime import datetime

from bot.questions import LETTERS, Kind, Question
from bot.text import day_and_time

HELP = "竞赛：看看现在有什么竞赛，报不报名由您（「参赛」「开始答题」「我的成绩」）"
TIES = "分数高的在前；同分的，答对最后一题为止共用的时间少的在前；再相同就名次并列。"
JOIN, QUIZ_ME = "参赛", "考考我"
LEFT = "已退出竞赛。已经答的题仍计入团体，名次里不写姓名。"
NONE = "现在没有可以参加的竞赛。有了由组织方通知，报不报由您。"
NOT_JOINED = "您还没有报名。想参加，发「参赛」。"
NOTHING_OPEN = "您报名的竞赛现在没有开放的轮次。想先练一练，发「考考我」。"
START, PRACTISE, HAND_IN = "开始答题", "先练一练", "提交"
TRUE, FALSE = "对", "错"
NO_ATTEMPT_LEFT = "这一轮的机会用完了，已答的都存着，成绩由组织方公布。"
SEEN = "这一题已经收到了，以第一次为准。"
NOT_YOURS = "这一题不是问您的。"
OVER = "这一轮已经结束，之前收到的答案都存着。"
MARK_FIRST = "还没有选。选好再点「提交」。"
NOT_PUBLISHED = "成绩还没有公布，由组织方核对后公布。"
NO_STANDING = "您没有参加过竞赛。名次只在自己报名的竞赛里才有。"
LONGEST = 300
NO_RESULT = "您在这一轮没有成绩。"
NAMED = "好的，公布的名次里会写您的姓名。想收回，发「隐去姓名」。"
UNNAMED = "好的，公布的名次里不写您的姓名。"
HIDDEN = "（未公开姓名）"
APPEALED = "已收到您的申诉，编号 {id}，会有人核对后答复您。"
APPEAL_HOW = "请写明哪一轮哪一题、您的理由，比如「申诉 第3题答案不对，依据是…」。"
NO_APPEAL = "您没有参加过竞赛，没有可以申诉的成绩。"
BUZZED = "收到，您是第 {place} 个。"
IN_THE_HALL = ("继续答题", "抢答")
NO_BUZZ = "现在没有可以抢的题。"
MULTIPLE = "（多选，一次回「AC」，或逐个点再「提交」）"
JUDGE = "（判断对错）"
KINDS = {"individual": "个人赛", "team": "团体赛", "final": "决赛"}


def being_checked(name: str) -> str:
    return f"「{name}」已经结束，成绩正在核对，公布后发「我的成绩」就能看。"


def contest(name: str, rounds: Sequence[str]) -> str:
    return "\n".join([f"「{name}」", *rounds])


def round_line(
    name: str, kind: str, opens: datetime, closes: datetime, count: int, each: int, attempts: int
) -> str:
    when = f"{day_and_time(opens)}至{day_and_time(closes)}"
    return f"{name}（{KINDS[kind]}）{when}，{count} 题，每题 {each} 秒，可答 {attempts} 次。"


def joined(name: str) -> str:
    return f"已报名「{name}」，随时可以不答。成绩由人公布，默认不写姓名；愿意写就发「公开姓名」。"


def practise(topic: str) -> str:
    """What is said to be asked about `topic`; empty: about anything."""
    return f"出一道{topic}的题" if topic else QUIZ_ME


def already_joined(name: str) -> str:
    return f"您已经报名「{name}」。"


def which(names: Sequence[str]) -> str:
    return f"有几项竞赛：{'、'.join(names)}。想报哪一项？"


def question(asked: Question, shown: Sequence[str], place: int, total: int, seconds: int) -> str:
    mark = {Kind.MULTIPLE: MULTIPLE, Kind.TRUE_FALSE: JUDGE}.get(asked.kind, "")
    head = f"第 {place + 1}／{total} 题，{seconds} 秒：{asked.stem}{mark}"
    return "\n".join(
        [head, *(f"{letter} {option}" for letter, option in zip(LETTERS, shown, strict=False))]
    )


def taken(place: int) -> str:
    return f"第 {place + 1} 题已收到。"


def not_yet(place: int) -> str:
    return f"请看大屏：第 {place + 1} 题出来以后，点「继续答题」作答。"


def late(place: int, by: int) -> str:
    return f"第 {place + 1} 题晚了 {by} 秒，没有计入。"


def finished(total: int, seconds: int) -> str:
    took = f"{seconds // 60} 分 {seconds % 60} 秒"
    return f"{total} 题都答完了，共用 {took}。成绩公布后发「我的成绩」就能看。"


def paper_over(by: int) -> str:
    return f"答题时间已经过了 {by} 秒，这一题没有计入；之前收到的都存着。"


def marked(letters: str) -> str:
    return f"已选：{letters or '还没有'}。选好点「提交」。"


def result(name: str, score: int, total: int, seconds: int, rank: int) -> str:
    return (
        f"「{name}」您答对 {score}／{total} 题，用时 {seconds // 60} 分 {seconds % 60} 秒，"
        f"第 {rank} 名。只有您自己看得到；有疑问发「申诉」。"
    )


def standing(name: str, lines: Sequence[str]) -> str:
    return "\n".join([f"「{name}」名次", *lines, TIES])


def line(rank: int, who: str, score: int, seconds: int) -> str:
    return f"{rank}. {who} {score} 分，{seconds // 60} 分 {seconds % 60} 秒"
