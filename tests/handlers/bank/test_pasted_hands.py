"""Whole papers in any hand: the same questions come out; and with a line lost, doubled or moved,
either the same answers or a fault that names the line. Never a wrong answer in silence."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.questions import LETTERS, Kind, Question
from handlers.bank.rules.pasted import read

STEMS = (
    "发现火情时应拨打哪个电话？",
    "灭火器应对准哪里？",
    "下列做法正确的是",
    "什么时候召开党员大会？",
    "志愿服务的特征是什么？",
    "公文应当怎样归档？",
    "烫伤以后首先应当做什么？",
)
OPTIONS = (
    "火焰根部",
    "每季度",
    "自愿、无偿",
    "119",
    "用凉水冲洗",
    "三个月",
    "支部书记",
    "不得泄露",
)
REASONS = ("", "见条例第三条。", "由细则规定。")


@dataclass(frozen=True)
class Hand:
    """How somebody writes."""

    number: str
    option: str
    between: str
    answer: str
    reason: str
    apart: str
    full_width: bool

    def paper(self, many: list[Question]) -> list[str]:
        words = self.apart.join(self.one(at, each) for at, each in enumerate(many, start=1))
        return words.split("\n")

    def one(self, at: int, each: Question) -> str:
        lines = [self.number.format(at) + each.stem]
        if each.options:
            marked = zip(LETTERS, each.options, strict=False)
            lines.append(self.between.join(self.option.format(a, b) for a, b in marked))
        key = (
            "".join(LETTERS[place] for place in each.right)
            if each.options
            else "对错"[each.right[0]]
        )
        wide = {ord(letter): ord(letter) + 0xFEE0 for letter in LETTERS}
        lines.append(self.answer.format(key.translate(wide) if self.full_width else key))
        if each.explanation:
            lines.append(self.reason.format(each.explanation))
        return "\n".join(lines)


HANDS = st.builds(
    Hand,
    number=st.sampled_from(["{}. ", "{}、", "{}．", "（{}）", "第{}题 ", "{}) "]),
    option=st.sampled_from(["{}. {}", "{}、{}", "{}．{}", "（{}）{}", "{}) {}", "{}：{}"]),
    between=st.sampled_from(["\n", "  ", "　", "\t"]),
    answer=st.sampled_from(
        ["答案：{}", "答案: {}", "【答案】{}", "正确答案：{}", "参考答案：{}。", "（答案：{}）"]
    ),
    reason=st.sampled_from(["解析：{}", "【解析】{}", "[解析] {}"]),
    apart=st.sampled_from(["\n", "\n\n", "\n\n\n"]),
    full_width=st.booleans(),
)


@st.composite
def papers(draw: st.DrawFn) -> list[Question]:
    stems = draw(st.lists(st.sampled_from(STEMS), min_size=1, max_size=5, unique=True))
    return [draw(question(stem)) for stem in stems]


@st.composite
def question(draw: st.DrawFn, stem: str) -> Question:
    reason = draw(st.sampled_from(REASONS))
    if draw(st.integers(0, 3)) == 0:
        right = (draw(st.integers(0, 1)),)
        return Question(kind=Kind.TRUE_FALSE, stem=stem, right=right, explanation=reason)
    options = draw(st.lists(st.sampled_from(OPTIONS), min_size=2, max_size=5, unique=True))
    places = draw(st.sets(st.integers(0, len(options) - 1), min_size=1))
    kind = Kind.SINGLE if len(places) == 1 else Kind.MULTIPLE
    return Question(
        kind=kind,
        stem=stem,
        options=tuple(options),
        right=tuple(sorted(places)),
        explanation=reason,
    )


def said(each: Question) -> tuple[str, tuple[str, ...]]:
    """What is asked, and what is right."""
    if each.options:
        return each.stem, tuple(each.options[place] for place in each.right)
    return each.stem, (str(each.right),)


@given(hand=HANDS, many=papers())
@settings(max_examples=400)
def test_in_any_hand(hand: Hand, many: list[Question]) -> None:
    found = read(hand.paper(many))
    assert found.faults == []
    assert [each.question for each in found.found] == many


@given(hand=HANDS, many=papers(), data=st.data())
@settings(max_examples=600)
def test_a_line_lost_doubled_or_moved(
    hand: Hand, many: list[Question], data: st.DataObject
) -> None:
    """Whoever pastes badly is told, or it makes no difference to what is right."""
    lines = hand.paper(many)
    at = data.draw(st.integers(0, len(lines) - 1))
    match data.draw(st.sampled_from(["lost", "doubled", "moved"])):
        case "lost":
            del lines[at]
        case "doubled":
            lines.insert(at, lines[at])
        case _:
            lines.insert(data.draw(st.integers(0, len(lines) - 1)), lines.pop(at))
    found = read(lines)
    if not found.faults:
        assert {said(each.question) for each in found.found} <= {said(each) for each in many}
