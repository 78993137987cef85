"""The same questions as text again, in the form that is read back without loss."""

from collections.abc import Iterable, Iterator

from bot.questions import LETTERS, Kind, Question
from handlers.bank.rules import tables
from handlers.bank.rules.found import letters

KINDS = {
    Kind.SINGLE: "单选题", Kind.MULTIPLE: "多选题", Kind.TRUE_FALSE: "判断题",
    Kind.FILL: "填空题", Kind.SHORT: "简答题", Kind.CARD: "问答题",
}  # fmt: skip


def written(entries: Iterable[tuple[str, Question]]) -> str:
    blocks = ["\n".join(block(at, *each)) for at, each in enumerate(entries, start=1)]
    return "\n\n".join(blocks) + "\n"


def block(number: int, id: str, question: Question) -> Iterator[str]:
    yield f"{number}. {question.stem}"
    for letter, option in zip(LETTERS, question.options, strict=False):
        yield f"{letter}. {option}"
    yield f"题型：{KINDS[question.kind]}"
    yield answer(question)
    if question.kind is Kind.SHORT:
        yield f"至少：{question.min_hits}"
    if question.explanation:
        yield f"【解析】{question.explanation}"
    yield from (
        f"{label}：{value}"
        for label, value in (
            ("依据", question.source),
            ("主题", question.topic),
            ("核对", question.verification),
            ("有效期至", question.valid_until and question.valid_until.isoformat()),
        )
        if value
    )
    yield f"难度：{question.difficulty}"
    yield f"编号：{id}"


def answer(question: Question) -> str:
    match question.kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            return f"答案：{letters(question.right)}"
        case Kind.TRUE_FALSE:
            return f"答案：{'对' if question.right == (0,) else '错'}"
        case Kind.SHORT:
            return f"要点：{tables.answer_of(question)}"
        case Kind.FILL | Kind.CARD:
            return f"答案：{tables.answer_of(question)}"
