"""Papers as people paste them: numbered, in any hand, or from Word."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.files.drafting import as_document
from handlers.bank import text
from handlers.bank.actions.reading import findings, from_words
from handlers.bank.rules.found import Trouble
from handlers.bank.rules.pasted import read as read_pasted
from tests.handlers.bank.reading import brief

PAPER = """2026年应知应会试题
姓名：________

一、单选题（每题2分）
1．发现火情需要报警时，应拨打哪个电话？
A．110　B．119　C．120　D．12345
答案：B
【解析】119是火警电话。
依据：通用常识
2、使用灭火器，喷嘴应对准（ A ）。
A、火焰根部
B、火焰顶部
C、烟雾
二、多选题
1. 下列做法中，违反消防法规定的有哪些？
（A）在疏散通道堆放杂物 （B）遮挡消火栓
（C）张贴疏散示意图
正确答案：A、B  解析：示意图可以张贴。
三、判断题
1. 火灾时应乘普通电梯尽快下楼。（×）
2. 火警电话是119。
答案：对
四、填空题
1. 每年的____月____日是全国消防日。
答案：11；9
五、简答题
1. 什么是三会一课？
答：支部党员大会、支部委员会、
党小组会和党课。
"""


def test_a_pasted_paper_is_read() -> None:
    found = from_words(PAPER, ".txt")
    assert brief(found) == [
        (
            "single",
            "发现火情需要报警时，应拨打哪个电话？",
            ("110", "119", "120", "12345"),
            (1,),
        ),
        (
            "single",
            "使用灭火器，喷嘴应对准（　）。",
            ("火焰根部", "火焰顶部", "烟雾"),
            (0,),
        ),
        (
            "multiple",
            "下列做法中，违反消防法规定的有哪些？",
            ("在疏散通道堆放杂物", "遮挡消火栓", "张贴疏散示意图"),
            (0, 1),
        ),
        ("true_false", "火灾时应乘普通电梯尽快下楼。", (), (1,)),
        ("true_false", "火警电话是119。", (), (0,)),
        ("fill", "每年的____月____日是全国消防日。", (), ()),
        ("card", "什么是三会一课？", (), ()),
    ]
    first, _, third, *_, fill, card = [each.question for each in found.found]
    assert (first.explanation, first.source) == ("119是火警电话。", "通用常识")
    assert third.explanation == "示意图可以张贴。"
    assert fill.accepted == (("11",), ("9",))
    assert card.accepted == (("支部党员大会、支部委员会、\n党小组会和党课。",),)
    assert found.passed == [(1, "2026年应知应会试题"), (2, "姓名：________")]


def test_answers_in_a_list_at_the_end() -> None:
    stems = "\n".join(f"{n}. 第{n}问？\nA.甲{n} B.乙{n} C.丙{n} D.丁{n}" for n in range(1, 8))
    found = read_pasted(f"{stems}\n\n参考答案\n1-5 BCADB  6.ABC\n7、D".split("\n"))
    assert [each.question.right for each in found.found] == [
        (1,), (2,), (0,), (3,), (1,), (0, 1, 2), (3,),
    ]  # fmt: skip
    assert found.faults == []


def test_stems_without_numbers_are_told_apart_by_empty_lines() -> None:
    words = "甲是什么？\nA. 一\nB. 二\n答案：A\n\n乙是什么？\nA. 三\nB. 四\n答案：B"
    assert brief(read_pasted(words.split("\n"))) == [
        ("single", "甲是什么？", ("一", "二"), (0,)),
        ("single", "乙是什么？", ("三", "四"), (1,)),
    ]


STEM, OPTIONS = "手提式灭火器应对准哪里？", ("火焰根部", "火焰顶部", "烟雾", "地面")


NUMBERS = ("1. ", "1、", "1．", "（1）", "第1题 ", "1)", " 1 . ")


MARKS = ("{0}. {1}", "{0}、{1}", "{0}．{1}", "（{0}）{1}", "{0}) {1}", "{0}：{1}")


JOINS = ("\n", "  ", "　", "\t")


ANSWERS = (
    "答案：B",
    "答案: b",
    "【答案】B",
    "正确答案：Ｂ",
    "参考答案：B。",
    "[答案] B",
    "（答案：B）",
)


REASONS = ("", "\n解析：对准根部。", "\n【解析】对准根部。", " 解析：对准根部。")


def variants() -> Iterator[tuple[str, str]]:
    """Papers of one question, each in another hand: all must be the same question."""
    letters = "ABCD"
    for number, mark, join, (at, answer) in product(NUMBERS, MARKS, JOINS, enumerate(ANSWERS)):
        options = join.join(mark.format(*each) for each in zip(letters, OPTIONS, strict=True))
        reason = REASONS[(at + len(mark)) % len(REASONS)]
        yield f"{number}{STEM}\n{options}\n{answer}{reason}", reason


def test_a_thousand_hands() -> None:
    count = 0
    for words, reason in variants():
        found = read_pasted(words.split("\n"))
        assert found.faults == [], words
        [each] = found.found
        question = each.question
        assert (question.stem, question.options, question.right) == (STEM, OPTIONS, (1,)), words
        assert bool(question.explanation) == bool(reason), words
        count += 1
    assert count == 7 * 6 * 4 * 7


@pytest.mark.parametrize(
    ("words", "line", "what"),
    [
        ("1. 甲？\nA. 一\nC. 三\n答案：A", 3, Trouble.LETTER_MISSING),
        ("1. 甲？\nA. 一\nA. 二\n答案：A", 3, Trouble.LETTER_TWICE),
        ("1. 甲？\nA. 一\nB. 二\n答案：D", 1, Trouble.NO_SUCH_OPTION),
        ("1. 甲？\nA. 一\nB. 二", 1, Trouble.NO_ANSWER),
        ("1. 甲？（A）\nA. 一\nB. 二\n答案：B", 1, Trouble.ANSWER_TWICE),
        ("1. 甲？\nA. 一\nB. 二\n答案：A\n答案：B", 5, Trouble.ANSWER_TWICE),
        ("1. 甲？\nA. 一\nB. 二\n答案：A\n3. 乙？\nA. 一\nB. 二\n答案：A", 5, Trouble.NUMBER_GAP),
        ("1. 甲？\nA. 一\nB. 二\n这是什么\n答案：A", 4, Trouble.NOT_UNDERSTOOD),
        ("1. 甲？\nA. 一\nB. 二\n答案：A\n解析：丙\n2 乙？", 6, Trouble.NOT_UNDERSTOOD),
        ("一、单选题\n1. 甲？\nA. 一\nB. 二\n答案：AB", 2, Trouble.ONE_ANSWER_ONLY),
        ("1. ____和____\n答案：一", 1, Trouble.BLANKS_DIFFER),
        ("1. 甲？\nA. 一\nB. 二\n\n答案\n2.A", 6, Trouble.NO_SUCH_NUMBER),
        ("1. 甲？\nA. 一\nB. 二\n\n答案\n1.A 完", 6, Trouble.NOT_UNDERSTOOD),
        ("1. 甲？\nA. 一 B. 二\n答案：A\n难度：难吧", 1, Trouble.BAD_DIFFICULTY),
        ("1. 甲？\nA. 一 B. 一\n答案：A", 1, Trouble.OPTION_TWICE),
    ],
)
def test_what_is_not_understood_is_named(words: str, line: int, what: Trouble) -> None:
    found = read_pasted(words.split("\n"))
    assert (line, what) in [(each.row, each.what) for each in found.faults]
    for fault in found.faults:
        assert text.fault(fault).startswith(f"第 {fault.row} 行")


def test_word_with_automatic_numbers(tmp_path: Path) -> None:
    """Word keeps the numbers of its lists apart from the text."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def paragraph(words: str, number: int = 0) -> str:
        of = f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        return f"<w:p>{of if number else ''}<w:r><w:t>{words}</w:t></w:r></w:p>"

    body = "".join(
        [
            paragraph("甲是什么？", 1), paragraph("一", 2), paragraph("二", 2),
            paragraph("答案：A"), paragraph("乙是什么？", 1), paragraph("三", 3),
            paragraph("四", 3), paragraph("答案：B"),
        ]
    )  # fmt: skip
    levels = {1: ("decimal", "%1."), 2: ("upperLetter", "%1."), 3: ("upperLetter", "%1、")}
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl></w:abstractNum>'
        for n, (form, shown) in levels.items()
    ) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in levels)
    file = tmp_path / "a.docx"
    file.write_bytes(as_document([]))
    with ZipFile(file) as archive:
        kept = {n: archive.read(n) for n in archive.namelist() if n != "word/document.xml"}
    with ZipFile(file, "w") as archive:
        for name, data in kept.items():
            archive.writestr(name, data)
        archive.writestr(
            "word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr("word/numbering.xml", f"<w:numbering {w}>{numbering}</w:numbering>")
    assert brief(findings(file)) == [
        ("single", "甲是什么？", ("一", "二"), (0,)),
        ("single", "乙是什么？", ("三", "四"), (1,)),
    ]
