"""How the question bank is worded."""

from collections.abc import Mapping, Sequence

from bot.files import text as files
from bot.files.tables import Fault
from bot.questions import LETTERS, Kind, Question

KINDS = {
    Kind.SINGLE: "单选",
    Kind.MULTIPLE: "多选",
    Kind.TRUE_FALSE: "判断",
    Kind.FILL: "填空",
    Kind.SHORT: "简答",
    Kind.CARD: "问答",
}
TROUBLES = {
    "no_stem": ("没有题干", "请写上题目"),
    "no_kind": ("题型写的是「{said}」", "可以写 单选、多选、判断、填空、简答、问答"),
    "no_options": ("选项不到两个", "请至少写出 A 和 B"),
    "empty_option": ("选项 {said} 是空的", "请补上，或把后面的选项往前挪"),
    "too_many_options": ("有 {said} 个选项", "最多六个，请合并或拆成两题"),
    "option_twice": ("选项「{said}」出现了两次", "请改掉一个"),
    "letter_missing": ("选项字母到「{said}」不连续", "请按 A、B、C、D 的顺序写全"),
    "letter_twice": ("选项字母「{said}」出现了两次", "请核对是不是少了题号或分段"),
    "no_answer": ("没有答案", "请在题目下面写「答案：」"),
    "answer_twice": ("答案写了两处，第二处是「{said}」", "请只留一处"),
    "number_gap": ("题号不连续（{said}）", "请补上缺的题号，或检查这两题之间是不是混进了别的内容"),
    "no_such_number": ("答案表里的第 {said} 题找不到", "请核对题号"),
    "no_such_option": ("答案「{said}」不在选项里", "请核对答案或补上选项"),
    "one_answer_only": ("单选题的答案是「{said}」", "请只留一个，或把题型改成多选"),
    "all_answers_needed": ("答案里有只得部分分的选项「{said}」", "这里只分对错，请改成全对才对"),
    "blanks_differ": ("空的个数和答案的个数对不上（{said}）", "一个空写一个答案，用分号隔开"),
    "bad_difficulty": ("难度写的是「{said}」", "请写 1、2、3 或 易、中、难"),
    "bad_day": ("写的是「{said}」", "请写成 2026-11-23"),
    "bad_hits": ("要答出的点数「{said}」不对", "请写 1 到要点个数之间的数"),
    "id_twice": ("编号「{said}」用了两次", "请改成不同的编号"),
    "bad_id": ("编号写的是「{said}」", "编号用字母、数字和 - _ .，最多 20 个"),
    "not_understood": ("没有看懂「{said}」", "请对照说明改写，或删去这一行"),
    "not_supported": ("「{said}」这种题型还不支持", "请改成单选、多选、判断、填空、简答或问答"),
    "too_long": ("「{said}…」太长", "题干和选项请各在 500 字以内"),
    "column_unknown": ("没有这个列名", "请改成模板里的列名，或删去这一列"),
}
IN_A_CELL = {"no_answer": ("没有答案", "请填上字母、对错或文字")}
LIKE = {
    "same": "{id} 和 {other} 是同一道题",
    "near": "{id} 和 {other} 很像，请核对是不是重复",
    "contradicts": "{id} 和 {other} 问的一样，答案不一样，请核对",
}
HELP = "题目反馈：看看哪些题有人觉得不对，改或者撤"
PROCEED = "确认导入"
NOTHING_TO_DO = "和题库里的完全一致，不用导入。"
ONLY_SHOWN = "这是预览，什么也没有改动。"
NOT_IMPORTED = "没有导入，什么也没有改动。"
NO_QUESTIONS = "文件里没有找到题目。支持的写法见 docs/how-to/write-questions.md。"
NO_SUCH_FORM = "文件名请以 .csv、.xlsx、.yaml、.txt、.docx、.gift、.xml、.aiken 或 .anki 结尾。"
NO_ORGANISATION = "还没有组织，请先执行 zhibu import organisation。"
NO_FEEDBACK = "没有待处理的题目反馈。"
NOT_YOURS = "这一题不归您管，没有改动。"
NO_SUCH = "题库里没有这个编号。编号在反馈里写着，比如「题目 Q001」。"
WHICH = "请带上编号，比如「题目 Q001」。"
CONCEALED = "这一题在正在办的竞赛里，答案等竞赛结束以后再看。"
WITHDRAW, KEEP, ASK_AGAIN = "撤下这题", "没有问题", "重新启用"
DONE_WITHDRAWN = "已撤下：{id}。以后不再出这题，答过的人不受影响。"
DONE_KEPT = "好的，{id} 照常出题，反馈已记为处理过。"
TELL_WITHDRAWN = "您提过的题（{stem}）已经撤下，谢谢您。之前答的不受影响。"
TELL_KEPT = "您提过的题（{stem}）出题人核对过了，没有改动。谢谢您。"


def fault(each: Fault) -> str:
    return files.fault(each, TROUBLES | files.MISSHAPEN | (IN_A_CELL if each.column else {}))


def not_possible(count: int) -> str:
    return f"有 {count} 处没有看懂，什么也没有导入："


def preview(counts: Mapping[Kind, int], topics: Mapping[str, int]) -> str:
    kinds = "、".join(f"{KINDS[kind]} {count}" for kind, count in counts.items())
    about = "、".join(f"{topic or '未分主题'} {count}" for topic, count in topics.items())
    return f"看懂了 {sum(counts.values())} 题：{kinds}。\n主题：{about}。"


def sums(new: int, changed: int, unchanged: int) -> str:
    return f"新增 {new}，更改 {changed}，不变 {unchanged}。"


def passed(line: int, words: str) -> str:
    return f"第 {line} 行没有当作题目：{words[:30]}"


def like(what: str, id: str, other: str) -> str:
    return LIKE[what].format(id=id, other=other) + "。"


def more_likenesses(count: int) -> str:
    return f"…… 还有 {count} 处相像。"


def done(count: int) -> str:
    return f"已导入题库：{count} 题有变动。"


def exported(count: int, name: str) -> str:
    return f"已导出题目 {count} 题到 {name}，内含答案，请妥善保管。"


def in_contests(count: int) -> str:
    return f"其中 {count} 题在还没有结束的竞赛里，结束以前请不要给别人看。"


def left_out(ids: Sequence[str]) -> str:
    shown = "、".join(ids[:5])
    return f"这种格式写不下 {len(ids)} 题，没有导出：{shown}{' 等' if len(ids) > 5 else ''}。"


def one_line(id: str, question: Question) -> str:
    stem = question.stem.replace("\n", " ")
    shown = f"{stem[:30]}{'…' if len(stem) > 30 else ''}"
    return f"{id}  {KINDS[question.kind]}  {shown}  答案 {key(question)}"


def key(question: Question) -> str:
    if question.kind is Kind.TRUE_FALSE:
        return "对" if question.right == (0,) else "错"
    if question.options:
        return "".join(LETTERS[place] for place in question.right)
    return "；".join("/".join(group) for group in question.accepted)


def whole(
    id: str, question: Question, words: Sequence[str], *, withdrawn: bool, concealed: bool
) -> str:
    """For whoever keeps the bank: with its key, unless it is `concealed`."""
    head = f"{id}（{KINDS[question.kind]}{'，已撤下' if withdrawn else ''}）{question.stem}"
    options = [f"{letter} {o}" for letter, o in zip(LETTERS, question.options, strict=False)]
    source = [f"依据：{question.source}"] if question.source else []
    answer = [CONCEALED] if concealed else [f"答案：{key(question)}", *source]
    said = [f"有人说：「{each}」" for each in words[:3]]
    return "\n".join([head, *options, *answer, *said])


def feedback(lines: Sequence[tuple[str, str, int]]) -> str:
    shown = [
        f"{number}. {id}（{count} 人）{stem[:20]}"
        for number, (id, stem, count) in enumerate(lines, start=1)
    ]
    return "\n".join(["这些题有人觉得不对：", *shown])


def look_at(id: str) -> str:
    return f"题目 {id}"
