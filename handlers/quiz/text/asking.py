"""How questions are put, and answers answered."""

from collections.abc import Sequence
from datetime import date

from bot.questions import LETTERS, Kind, Question
from bot.text import day

HELP = "考考我：随时来一题（也可以说「出三道消防的题」）"
TRUE, FALSE = "对", "错"
REVEAL, KNOWN, UNKNOWN = "看答案", "记得", "没记住"
HAND_IN, NEXT, MORE, FAULTY = "提交", "下一题", "再来一题", "这题有问题"
ENOUGH_WORDS = "今天就到这里"
ENOUGH_TOO = ("不做了", "不答了", "不想做了", "不想答了", "不玩了", "做累了", "先不做了")
ENOUGH = "好的，今天就到这里。想学的时候发「考考我」。"
MARKS = {
    Kind.SINGLE: "",
    Kind.MULTIPLE: "（多选）",
    Kind.TRUE_FALSE: "（判断对错）",
    Kind.FILL: "（填空）",
    Kind.SHORT: "（简答）",
    Kind.CARD: "",
}
HOW = {
    Kind.SINGLE: "回字母就行。",
    Kind.MULTIPLE: "可以一次回「AC」，也可以逐个点，再点「提交」。",
    Kind.TRUE_FALSE: "",
    Kind.FILL: "直接回答案；想不起来就回「看答案」。",
    Kind.SHORT: "直接回要点；想不起来就回「看答案」。",
    Kind.CARD: "想好了回「看答案」。",
}
NO_BANK = "题库里现在没有可以问的题。导入题库由管理员来做，有了题会照常出。"
NOTHING_TODAY = "今天没有要问您的题，学过的都还记得。想练一练，发「考考我」。"
DONE_TODAY = "今天的题都答过了。想再练，发「考考我」。"
NOTHING_ASKED = "现在没有等您作答的题。想做一题，发「考考我」。"
NOTHING_ANSWERED = "您最近还没有答过题，答完就有解析。想做一题，发「考考我」。"
NOT_YOURS = "这一题不是问您的。想做一题，发「考考我」。"
ALREADY = "这一题您已经答过了，以第一次为准。"
WITHDRAWN = "这一题已经撤下，答不答都不计。想换一题，发「考考我」。"
HELD_BACK = "这一题留给了正在办的竞赛，答案等竞赛结束以后再说。想换一题，发「考考我」。"
INVITE = "要不要每天来一题？自愿参加，只有您自己看得到，随时发「退出学习」。"
JOIN_BUTTON, TRY = "每天一题", "先做一题"
QUIZ_ME = "考考我"


def held_back(topic: str) -> str:
    if topic:
        return f"「{topic}」的题都留给了正在办的竞赛，结束以后再出。想练别的，发「考考我」。"
    return "能问的题都留给了正在办的竞赛，结束以后再出。"


def no_such_topic(topic: str, there: Sequence[str]) -> str:
    return f"题库里没有「{topic}」。现有主题：{'、'.join(there)}。"


def question(asked: Question, shown: Sequence[str]) -> str:
    head = f"【{asked.topic}】" if asked.topic else ""
    lines = [f"{head}{asked.stem}{MARKS[asked.kind]}"]
    lines += [f"{letter} {option}" for letter, option in zip(LETTERS, shown, strict=False)]
    return "\n".join([*lines, *filter(None, [HOW[asked.kind]])])


def marked(asked: Question, shown: Sequence[str], places: Sequence[int]) -> str:
    letters = "".join(LETTERS[place] for place in places) or "还没有选"
    return f"{asked.stem}（多选）\n已选：{letters}。选好点「提交」。\n" + "\n".join(
        f"{letter} {option}" for letter, option in zip(LETTERS, shown, strict=False)
    )


def answer_of(asked: Question, shown: Sequence[str], right: Sequence[int]) -> str:
    """`right`: the places, as they were shown."""
    match asked.kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            letters = "".join(LETTERS[place] for place in right)
            if asked.kind is Kind.SINGLE and right:
                return f"{letters} {shown[right[0]]}"
            return letters
        case Kind.TRUE_FALSE:
            return TRUE if asked.right == (0,) else FALSE
        case Kind.FILL:
            return "；".join(variants[0] for variants in asked.accepted)
        case Kind.SHORT:
            return "；".join(wordings[0] for wordings in asked.accepted)
        case Kind.CARD:
            return asked.accepted[0][0]


def in_words(asked: Question) -> str:
    """The answer without letters, for whoever has no options before them."""
    if asked.options:
        return "；".join(asked.options[number] for number in asked.right)
    return answer_of(asked, (), ())


def why(asked: Question) -> str:
    ends = "" if asked.explanation.endswith(("。", "？", "！")) or not asked.explanation else "。"
    source = f"（依据：{asked.source}）" if asked.source else ""
    return f"{asked.explanation}{ends}{source}"


def right(answer: str, reason: str) -> str:
    return f"对了：{answer}。{reason}"


def wrong(answer: str, reason: str) -> str:
    return f"答案是：{answer}。{reason}"


def revealed(answer: str) -> str:
    return f"答案是：{answer}"


def back_in(days: int) -> str:
    when = "明天" if days <= 1 else f"大约 {days} 天后"
    return f"{when}再问您这一题。"


def belongs_to(asked_on: date) -> str:
    return f"（这是{day(asked_on)}的题，记在今天。）"


def once_more(asked: Question, hits: int) -> str:
    if asked.kind is Kind.SHORT:
        enough = max(1, asked.min_hits)
        return f"说到了 {hits} 点，要 {enough} 点，再补充一下？想不起来就回「看答案」。"
    return "和答案没有对上，再想想？想不起来就回「看答案」。"


def not_an_answer(asked: Question) -> str:
    return f"刚才这一题还等着您：{HOW[asked.kind] or '回「对」或「错」。'}不答了就发「算了」。"


def explained(asked: Question, answer: str) -> str:
    return f"「{asked.stem}」\n答案是：{answer}。{why(asked)}"
