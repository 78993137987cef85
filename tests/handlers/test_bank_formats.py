"""Questions in the formats of others. Nothing is taken wrongly in silence: what is read is right,
or the line is named."""

import sqlite3
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.files.drafting import as_document
from bot.files.tables import Row, Table, Unreadable
from bot.questions import Kind, Question
from handlers.bank import text
from handlers.bank.actions import importing
from handlers.bank.actions.reading import findings, from_words
from handlers.bank.actions.writing import EVERYTHING, FORMS, fitting
from handlers.bank.rules import tables
from handlers.bank.rules.found import Findings, Trouble
from handlers.bank.rules.moodle import read as read_moodle
from handlers.bank.rules.pasted import read as read_pasted


def questions_in(found: Findings) -> list[Question]:
    assert found.faults == []
    return [each.question for each in found.found]


def brief(found: Findings) -> list[tuple[str, str, tuple[str, ...], tuple[int, ...]]]:
    return [(q.kind.value, q.stem, q.options, q.right) for q in questions_in(found)]


# --- the formats' own documentation ----------------------------------------------------------

AIKEN = """What is the correct answer to this question?
A. Is it this one?
B. Maybe this answer?
C. Possibly this one?
D. Must be this one!
ANSWER: D

Which LMS has the most quiz import formats?
A) Moodle
B) ATutor
C) Claroline
ANSWER: A
"""


def test_aiken() -> None:
    assert brief(from_words(AIKEN, ".txt")) == [
        (
            "single",
            "What is the correct answer to this question?",
            (
                "Is it this one?",
                "Maybe this answer?",
                "Possibly this one?",
                "Must be this one!",
            ),
            (3,),
        ),
        (
            "single",
            "Which LMS has the most quiz import formats?",
            ("Moodle", "ATutor", "Claroline"),
            (0,),
        ),
    ]


GIFT = r"""// multiple choice
$CATEGORY: 历史/开国

::Q1:: Who's buried in Grant's \{tomb\}?{=Grant ~no one #was true for 12 years
~Napoleon}

::TF:: Grant was buried in a tomb in NY.{T}

Two plus two equals {=four =4}.

When was Ulysses S. Grant born?{#1822}

What two people are entombed in Grant's tomb? {
   ~%-100%No one
   ~%50%Grant
   ~%50%Grant's wife
   ~%-100%Grant's father
   ####墓里有两人
}
"""


def test_gift() -> None:
    found = from_words(GIFT, ".txt")
    assert brief(found) == [
        ("single", "Who's buried in Grant's {tomb}?", ("Grant", "no one", "Napoleon"), (0,)),
        ("true_false", "Grant was buried in a tomb in NY.", (), (0,)),
        ("fill", "Two plus two equals____.", (), ()),
        ("fill", "When was Ulysses S. Grant born?____", (), ()),
        (
            "multiple",
            "What two people are entombed in Grant's tomb?",
            ("No one", "Grant", "Grant's wife", "Grant's father"),
            (1, 2),
        ),
    ]
    assert [each.id for each in found.found[:2]] == ["Q1", "TF"]
    assert found.found[2].question.accepted == (("four", "4"),)
    assert found.found[4].question.explanation == "墓里有两人"
    assert {each.question.topic for each in found.found} == {"开国"}


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Match. {=a -> b =c -> d}", Trouble.NOT_SUPPORTED),
        ("Pi? {#3.14:0.01}", Trouble.NOT_SUPPORTED),
        ("Half. {=%50%half =whole}", Trouble.ALL_ANSWERS_NEEDED),
        ("Partly. {~%30%a ~%30%b ~c}", Trouble.ALL_ANSWERS_NEEDED),
        ("Essay. {}", Trouble.NO_ANSWER),
        ("Open {=a ~b", Trouble.NOT_UNDERSTOOD),
        ("Same. {=a ~a}", Trouble.OPTION_TWICE),
    ],
)
def test_gift_that_is_not_ours_is_named(words: str, what: Trouble) -> None:
    found = from_words(f"// x\n::ok:: Good? {{T}}\n\n{words}\n", ".gift")
    assert [(each.row, each.what) for each in found.faults] == [(4, what)]


MOODLE = """<?xml version="1.0" ?>
<quiz>
<question type="category"><category><text>$course$/消防</text></category></question>
<question type="multichoice">
  <name><text>x</text></name>
  <questiontext format="html"><text><![CDATA[<p>报警<b>电话</b>是？</p>]]></text></questiontext>
  <answer fraction="100"><text>119</text></answer>
  <answer fraction="0"><text>110</text></answer>
  <single>true</single>
</question>
<question type="truefalse">
  <questiontext format="html"><text>火警是119。</text></questiontext>
  <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
</question>
<question type="shortanswer">
  <questiontext format="html"><text>一年有____个月</text></questiontext>
  <answer fraction="100"><text>12</text></answer><answer fraction="100"><text>十二</text></answer>
</question>
</quiz>
"""


def test_moodle() -> None:
    found = from_words(MOODLE, ".txt")
    assert brief(found) == [
        ("single", "报警电话是？", ("119", "110"), (0,)),
        ("true_false", "火警是119。", (), (0,)),
        ("fill", "一年有____个月", (), ()),
    ]
    assert {each.question.topic for each in found.found} == {"消防"}


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ('<question type="matching"/>', Trouble.NOT_SUPPORTED),
        ('<question type="cloze"/>', Trouble.NOT_SUPPORTED),
        (
            '<question type="truefalse"><questiontext format="html"><text>'
            '&lt;img src="a.png"&gt;</text></questiontext></question>',
            Trouble.NOT_SUPPORTED,
        ),
    ],
)
def test_moodle_that_is_not_ours_is_named(inner: str, what: Trouble) -> None:
    assert [each.what for each in read_moodle(f"<quiz>{inner}</quiz>").faults] == [what]


BOMB = '<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz><question type="&b;"/></quiz>'


@pytest.mark.parametrize("words", [BOMB, "<quiz><question", "<quiz>\x00</quiz>"])
def test_hostile_xml(words: str) -> None:
    assert [each.what for each in read_moodle(words).faults] == [Trouble.NOT_UNDERSTOOD]


def test_anki_text() -> None:
    head = "#separator:tab\n#html:true\n#tags column:3\n"
    words = f"{head}党的三大法宝<br>是？\t统一战线等\t党史\n{{{{c1::1921}}}}年建党\t\t党史\n"
    found = from_words(words, ".txt")
    assert [(q.kind, q.stem, q.accepted, q.topic) for q in questions_in(found)] == [
        (Kind.CARD, "党的三大法宝\n是？", (("统一战线等",),), "党史"),
        (Kind.FILL, "____年建党", (("1921",),), "党史"),
    ]


def test_anki_sounds_are_named() -> None:
    found = from_words("#separator:tab\n问\t[sound:a.mp3]\n", ".txt")
    assert [each.what for each in found.faults] == [Trouble.NOT_SUPPORTED]


def package(path: Path, script: str) -> Path:
    database = path.with_suffix(".db")
    with sqlite3.connect(database) as connection:
        connection.executescript(script)
    connection.close()
    with ZipFile(path, "w") as archive:
        archive.write(database, "collection.anki2")
    return path


def test_anki_package(tmp_path: Path) -> None:
    values = "'问' || char(31) || '答', ' 党史 '"
    script = f"CREATE TABLE notes(flds, tags); INSERT INTO notes VALUES({values})"
    found = findings(package(tmp_path / "a.apkg", script))
    assert [(q.stem, q.accepted, q.topic) for q in questions_in(found)] == [
        ("问", (("答",),), "党史")
    ]


ENDLESS = (
    "CREATE VIEW notes(flds, tags) AS WITH RECURSIVE n(x) AS"
    " (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x), '' FROM n"
)


@pytest.mark.parametrize("script", [ENDLESS, "CREATE TABLE other(x)"])
def test_hostile_packages(tmp_path: Path, script: str) -> None:
    with pytest.raises(Unreadable):
        findings(package(tmp_path / "a.apkg", script))


def test_what_is_no_package(tmp_path: Path) -> None:
    for ending in (".apkg", ".docx"):
        file = tmp_path / f"a{ending}"
        file.write_bytes(b"PK\x03\x04 broken")
        with pytest.raises(Unreadable):
            findings(file)


# --- papers as people paste them ---------------------------------------------------------------

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


def test_a_paper() -> None:
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


def test_without_numbers() -> None:
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


# --- there and back ----------------------------------------------------------------------------

WORDS = st.text(
    alphabet="火警电话应拨打哪个？。，、一二三ABCDab123 .:：；;/\\~={}#()（）【】_-\n",
    min_size=1,
    max_size=24,
).map(str.strip).filter(bool)  # fmt: skip
LINE = WORDS.map(lambda words: " ".join(words.split())).filter(bool)


@st.composite
def any_question(draw: st.DrawFn) -> Question:
    kind = draw(st.sampled_from(list(Kind)))
    options = draw(st.lists(LINE, min_size=2, max_size=5, unique=True))
    chosen = draw(st.sets(st.integers(0, len(options) - 1), min_size=1))
    groups = draw(st.lists(st.lists(LINE, min_size=1, max_size=2), min_size=1, max_size=3))
    facts = {
        "stem": draw(LINE), "topic": draw(st.sampled_from(["", "消防安全"])),
        "difficulty": draw(st.integers(1, 3)), "explanation": draw(st.just("") | LINE),
        "source": draw(st.just("") | LINE),
    }  # fmt: skip
    match kind:
        case Kind.SINGLE:
            return Question(kind=kind, options=tuple(options), right=(min(chosen),), **facts)
        case Kind.MULTIPLE:
            return Question(kind=kind, options=tuple(options), right=tuple(sorted(chosen)), **facts)
        case Kind.TRUE_FALSE:
            return Question(kind=kind, right=(min(chosen) % 2,), **facts)
        case Kind.CARD:
            return Question(kind=kind, accepted=((groups[0][0],),), **facts)
        case Kind.FILL | Kind.SHORT:
            accepted = tuple(map(tuple, groups))
            hits = len(groups) if kind is Kind.SHORT else 0
            return Question(kind=kind, accepted=accepted, min_hits=hits, **facts)


@given(question=any_question())
@settings(max_examples=150)
def test_a_table_keeps_everything(question: Question) -> None:
    row = Row(2, tables.row_of("Q1", question))
    found = tables.read(Table(tables.COLUMNS, [row]))
    assert questions_in(found) == [question]


@pytest.mark.parametrize("ending", list(FORMS))
@given(many=st.lists(any_question(), min_size=1, max_size=4))
@settings(max_examples=60)
def test_there_and_back(ending: str, many: list[Question]) -> None:
    """Together too: what is written comes back as it was, and what would not is not written."""
    form = FORMS[ending]
    entries = fitting(form, {f"Q{n}": each for n, each in enumerate(many)})
    if not entries:
        return
    back = form.read(form.write(entries.items()))
    kept = set(Question.model_fields) - form.loses
    assert back.faults == []
    assert [each.question.model_dump(include=kept) for each in back.found] == [
        each.model_dump(include=kept) for each in entries.values()
    ]


BANK = {each.id: each.question for each in findings(importing.SEEDS / "questions.yaml").found}


@pytest.mark.parametrize("ending", list(FORMS))
def test_of_the_demonstration_nothing_is_lost_that_fits(ending: str) -> None:
    """Whatever kind a format can hold, it does hold: no question is left out by a slip."""
    form = FORMS[ending]
    fit = fitting(form, BANK)
    held = {
        id
        for id, each in BANK.items()
        if each.kind in form.kinds
        and (each.kind is not Kind.FILL or form.kinds == EVERYTHING or len(each.accepted) == 1)
    }
    assert set(fit) == held


def test_the_two_tables_of_the_demonstration_say_the_same() -> None:
    csv = findings(importing.SEEDS / "questions.csv")
    assert {each.id: each.question for each in csv.found} == BANK
    assert len(BANK) == 60
