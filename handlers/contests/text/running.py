"""What organisers read."""

from collections.abc import Sequence

from bot.files import text as files
from bot.files.tables import Fault

HELP = "竞赛管理：看各轮情况、申诉，核对后公布（公布由人来做）"
TROUBLES = {
    "missing": ("是空的", "请填写"),
    "bad_moment": ("写的是「{said}」", "请写成 2026-11-23T09:00"),
    "bad_number": ("写的是「{said}」", "请写合适范围内的整数"),
    "bad_kind": ("写的是「{said}」", "可以写 individual、team、final"),
    "closes_too_early": ("写的是「{said}」", "结束要晚于开始"),
    "no_rounds": ("没有轮次", "请在 rounds 下面至少写一轮"),
    "no_questions": ("没有写出题办法", "请写 questions（按主题和难度抽）或 fixed（指定编号）"),
}
NONE = "没有归您管的竞赛。想办一场，说「下周一办一场消防知识竞赛，10 道题」就行。"
NOT_YOURS = "这一项不归您管，没有改动。"
NO_SUCH_ROUND = "没有这个轮次。发「竞赛管理」看编号。"
STILL_OPEN = "这一轮还没有结束，结束以后才能公布。"
PUBLISH, LOOK = "公布成绩", "核对名次"
AS_THEY_SEE_IT = "公布以后，参赛的人看到的就是这样。"
ALREADY_PUBLISHED = "这一轮已经公布过了。"
NO_APPEALS = "没有待答复的申诉。"
APPEAL_ANSWERED = "已答复申诉 {id}。"
NO_SUCH_APPEAL = "没有这个编号的待答复申诉。"
ANSWER_HOW = "请写「答复申诉 编号 内容」。"
BUZZ_OPEN = "第 {number} 题开始抢答，大家发「抢答」。"
BUZZ_CLOSED = "抢答已停。"
NO_FINAL = "现在没有正在进行的决赛。到了开始时间再发「开抢 题号」。"
BUZZ_HOW = "请写「开抢 题号」。"
ON_STAGE = ("停抢", "揭晓")
REVEALED = "第 {number} 题的答案已在大屏上。下一题请发「开抢 题号」。"
NOTHING_TO_REVEAL = "大屏上还没有题。请先发「开抢 题号」。"
ANNUL_HOW = "请写「作废赛题 轮次编号 题目编号」。"
NO_SUCH_QUESTION = "这一轮没有这道题。"
EXISTS = "已经有同名的竞赛，没有导入。请换一个名字。"
NO_ORGANISATION = "没有编号为 {org_id} 的组织。"


def fault(each: Fault) -> str:
    return files.fault(each, TROUBLES)


def too_few(topic: str, difficulty: int, count: int, there: int) -> str:
    level = f"难度 {difficulty}" if difficulty else "不限难度"
    return f"「{topic or '不限主题'}」{level} 要 {count} 题，题库里能用的只有 {there} 题。"


def no_such_questions(ids: Sequence[str]) -> str:
    return f"题库里没有可以用于竞赛的题：{'、'.join(ids[:5])}（填空、简答和问答不能用于计时竞赛）。"


def made(name: str, rounds: int) -> str:
    return f"已建「{name}」，{rounds} 轮。到时间自动开放，成绩由您核对后公布。"


def no_such_number(total: int) -> str:
    return f"决赛只有 {total} 题，请写「开抢 1」到「开抢 {total}」。"


def round_state(
    id: int, name: str, players: int, finished: int, appeals: int, signs: int, *, published: bool
) -> str:
    state = "已公布" if published else "未公布"
    asked = f"，有 {signs} 份答卷快得少见，可以问问是不是提前见过题" if signs else ""
    return f"{id}. {name}：{players} 人开始，{finished} 份答完，{appeals} 件申诉，{state}{asked}"


def published(name: str) -> str:
    return f"已公布「{name}」。各人发「我的成绩」看自己的，名次里只有愿意公开的人写姓名。"


def open_appeals(count: int) -> str:
    return f"还有 {count} 件申诉没有答复，先答复再公布。"


def appeal(id: int, round_name: str, words: str, about: str) -> str:
    return f"申诉 {id}（{round_name}）：「{words}」{about}"


def disputed(question_id: str, stem: str) -> str:
    return f"说的是 {question_id}：{stem[:30]}{'…' if len(stem) > 30 else ''}"


def appeal_letter(id: int, round_name: str, words: str, about: str) -> str:
    return f"{appeal(id, round_name, words, about)}\n答复请发「答复申诉 {id} 内容」。"


def answer_letter(words: str, answer: str) -> str:
    return f"您的申诉「{words[:30]}」有答复了：{answer}"


def annulled(question_id: str, name: str) -> str:
    return f"{question_id} 在「{name}」里已作废，答过它的都算对，名次已重算。"
