"""How answers are read and judged, whoever asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions import Kind, Question, chosen, judge, order_for
from bot.questions.judging import digits

SINGLE, MULTIPLE, TRUTH = Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE


@pytest.mark.parametrize(
    ("kind", "words", "places"),
    [
        (SINGLE, "A", (0,)), (SINGLE, "a。", (0,)), (SINGLE, "Ｂ", (1,)), (SINGLE, "选C", (2,)),
        (SINGLE, "我觉得应该是D吧", (3,)), (SINGLE, "答案是B", (1,)), (SINGLE, "选第二个", (1,)),
        (SINGLE, "第三项", (2,)), (SINGLE, "最后一个", (3,)), (SINGLE, "选西", (2,)),
        (SINGLE, "我选诶", (0,)), (SINGLE, "弟", (3,)), (SINGLE, "my answer is B", (1,)),
        (SINGLE, "第3题选A", (0,)), (SINGLE, "嗯那就选B吧", (1,)), (SINGLE, "B选项", (1,)),
        (MULTIPLE, "ac", (0, 2)), (MULTIPLE, "AC。", (0, 2)), (MULTIPLE, "C、A", (0, 2)),
        (MULTIPLE, "a和b和d", (0, 1, 3)), (MULTIPLE, "都选", (0, 1, 2, 3)),
        (MULTIPLE, "第一个和第三个", (0, 2)), (MULTIPLE, "A,B", (0, 1)),
        (MULTIPLE, "以上都是", (0, 1, 2, 3)),
        (TRUTH, "对", (0,)), (TRUTH, "正确", (0,)), (TRUTH, "是的", (0,)), (TRUTH, "√", (0,)),
        (TRUTH, "错", (1,)), (TRUTH, "不对", (1,)), (TRUTH, "错误的", (1,)), (TRUTH, "×", (1,)),
        (TRUTH, "我觉得是错的", (1,)), (TRUTH, "应该是对的", (0,)), (TRUTH, "判断错", (1,)),
    ],
)  # fmt: skip
def test_options_are_chosen_however_they_are_said(
    kind: Kind, words: str, places: tuple[int, ...]
) -> None:
    assert chosen(kind, 2 if kind is TRUTH else 4, words) == places


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SINGLE, "AB"), (SINGLE, "E"), (SINGLE, "我明天要请假"), (SINGLE, "帮助"), (SINGLE, ""),
        (SINGLE, "签到"), (SINGLE, "为什么选A"), (SINGLE, "ABBA乐队"), (SINGLE, "选"),
        (SINGLE, "A吗"),
        (MULTIPLE, "ABE"), (MULTIPLE, "考考我"), (TRUTH, "对了，我想请假"), (TRUTH, "不对吗"),
        (TRUTH, "请假"), (SINGLE, "地址在哪"), (SINGLE, "a" * 41),
    ],
)  # fmt: skip
def test_what_is_no_answer(kind: Kind, words: str) -> None:
    assert chosen(kind, 2 if kind is TRUTH else 4, words) is None


@pytest.mark.parametrize(
    "words",
    [
        "嗯" * 39,
        "我选答案是" * 7 + "甲",
        "A、" * 19 + "甲",
        "选择选项" * 9 + "甲",
        "对的吧" * 12 + "甲",
    ],
)
def test_a_pattern_that_looks_back_would_not_return_from_these(words: str) -> None:
    for kind in (SINGLE, MULTIPLE, TRUTH):
        assert chosen(kind, 4, words) is None


def fill(stem: str, *blanks: tuple[str, ...]) -> Question:
    return Question(kind=Kind.FILL, stem=stem, accepted=blanks)


DAY = fill("每年的____月____日是全国消防日。", ("11",), ("9",))
YEARS = fill("预备期为____年。", ("1", "一"))


@pytest.mark.parametrize(
    ("question", "words", "right"),
    [
        (DAY, "11月9日", True), (DAY, "11，9", True), (DAY, "十一月九日", True),
        (DAY, "11 9", True),
        (DAY, "11/9", True), (DAY, "9月11日", False), (DAY, "11", False), (DAY, "119", False),
        (YEARS, "1", True), (YEARS, "一年", True), (YEARS, "１年", True), (YEARS, "11年", False),
        (YEARS, "不是一年", False), (YEARS, "两年", False), (YEARS, "", False),
        (fill("至少____天", ("15", "十五")), "十五天", True),
        (fill("发生在____年", ("2021",)), "二〇二一年", True),
        (fill("____和____", ("甲",), ("乙",)), "甲和乙", True),
        (fill("答案____", ("多 因素",)), "多因素。", True),
    ],
)  # fmt: skip
def test_a_blank_is_right_in_any_spelling(question: Question, words: str, right: bool) -> None:
    assert judge(question, words).right is right


def test_a_long_answer_is_refused() -> None:
    many = fill("____月" * 6 + "____", *[("1",)] * 7)
    assert not judge(many, "月" * 5000).right


POINTS = Question(
    kind=Kind.SHORT,
    stem="要点？",
    accepted=(("低姿", "弯腰"), ("湿毛巾",), ("不乘电梯",)),
    min_hits=2,
)


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("弯腰，用湿毛巾", (0, 1)), ("低姿", (0,)), ("不要低姿，湿毛巾", (1,)), ("乘电梯", ()),
        ("不乘电梯；弯 腰", (0, 2)),
    ],
)  # fmt: skip
def test_key_points_are_hit_unless_denied(words: str, hits: tuple[int, ...]) -> None:
    verdict = judge(POINTS, words)
    assert verdict.hits == hits
    assert verdict.right is (len(hits) >= 2)


@given(st.integers(0, 999))
def test_numerals_are_their_numbers(number: int) -> None:
    from bot.questions.judging import spelt

    assert digits(spelt(number)) == str(number)


OPTIONS = ("甲", "乙", "丙", "丁")


@given(seed=st.text(max_size=8), right=st.sets(st.integers(0, 3), min_size=1))
def test_every_order_has_every_option_once_and_knows_no_key(seed: str, right: set[int]) -> None:
    question = Question(kind=MULTIPLE, stem="?", options=OPTIONS, right=tuple(sorted(right)))
    other = question.model_copy(update={"right": (0,)})
    assert sorted(order_for(question, seed)) == [0, 1, 2, 3]
    assert order_for(question, seed) == order_for(other, seed)


def test_persons_see_different_orders() -> None:
    question = Question(kind=SINGLE, stem="?", options=OPTIONS, right=(0,))
    assert len({order_for(question, f"M{n}") for n in range(100)}) > 15
    together = question.model_copy(update={"options": ("甲", "乙", "丙", "以上都是")})
    assert order_for(together, "M1") == (0, 1, 2, 3)
