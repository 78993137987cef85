"""Every construct that the formats' own documentation describes, in questions of our own: each is
read for what it says, or named. None is passed over, and none is read as something else."""

import pytest

from bot.questions import Kind
from handlers.bank.actions.reading import from_words
from handlers.bank.rules.found import Trouble
from tests.handlers.bank.reading import questions_in

Expected = tuple[Kind, str, tuple[str, ...], tuple[int, ...] | str] | Trouble
"""Kind, stem, options and the right ones, or the accepted words apart by «/» and «；»."""
ONE, MANY, TRUTH, FILL, CARD = Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.FILL, Kind.CARD
NOT_OURS, PARTLY = Trouble.NOT_SUPPORTED, Trouble.ALL_ANSWERS_NEEDED

GIFT: dict[str, tuple[str, Expected]] = {
    "true": ("水在一百度沸腾。{TRUE}", (TRUTH, "水在一百度沸腾。", (), (0,))),
    "a letter": ("水在一百度沸腾。{F}", (TRUTH, "水在一百度沸腾。", (), (1,))),
    "feedback of true and false": (
        "太阳绕地球转。{FALSE#不对#对了}",
        (TRUTH, "太阳绕地球转。", (), (1,)),
    ),
    "choice with feedback": (
        "首都是？ {\n=北京#对\n~上海#不对\n~广州\n}",
        (ONE, "首都是？", ("北京", "上海", "广州"), (0,)),
    ),
    "missing word": (
        "国庆在十月{~三 =一 ~五}日。",
        (ONE, "国庆在十月____日。", ("三", "一", "五"), (1,)),
    ),
    "short answer": ("二加二等于？{=四 =4}", (FILL, "二加二等于？____", (), "四/4")),
    "short answer within": ("二加{=二 =2}等于四。", (FILL, "二加____等于四。", (), "二/2")),
    "any words": ("什么火？{=火*}", NOT_OURS),
    "partial credit": ("几月？{=十月 =%50%10}", PARTLY),
    "matching": (
        "吃什么？{=猫 -> 鱼 =狗 -> 骨头 = -> 草}",
        (CARD, "吃什么？\n猫、狗\n草、骨头、鱼", (), "猫 → 鱼；狗 → 骨头"),
    ),
    "half a pair": ("吃什么？{=猫 -> 鱼 =狗 -> }", Trouble.NO_ANSWER),
    "no pair": ("吃什么？{=猫 -> 鱼 =狗}", Trouble.NO_ANSWER),
    "one pair": ("吃什么？{=猫 -> 鱼}", Trouble.NOT_UNDERSTOOD),
    "exact number": ("一年几个月？{#12}", (FILL, "一年几个月？____", (), "12")),
    "number with tolerance": ("圆周率？{#3.14:0.005}", NOT_OURS),
    "number in a range": ("一到五？{#1..5}", NOT_OURS),
    "several numbers": ("哪年？{#\n=1949:0\n=%50%1949:2}", NOT_OURS),
    "essay": ("写一篇小结。{}", Trouble.NO_ANSWER),
    "description": ("下面是消防题。", Trouble.NO_ANSWER),
    "weights": (
        "哪些？{~%50%苹果 ~%50%梨 ~%-100%土豆}",
        (MANY, "哪些？", ("苹果", "梨", "土豆"), (0, 1)),
    ),
    "weights that do not add up": ("哪些？{~%30%苹果 ~%30%梨 ~土豆}", PARTLY),
    "nothing right": ("哪个？{~甲 ~乙}", Trouble.NO_ANSWER),
    "several right by =": ("哪个？{=苹果 =梨 ~土豆}", PARTLY),
    "title": ("::第一题:: 对吗？{T}", (TRUTH, "对吗？", (), (0,))),
    "comment": ("// 只是注释\n对吗？{T}", (TRUTH, "对吗？", (), (0,))),
    "escapes": (r"\~\=\#\{\}\: 是字。{=一\=1 ~二}", (ONE, "~=#{}: 是字。", ("一=1", "二"), (0,))),
    "line break": (r"第一行\n第二行 {T}", (TRUTH, "第一行\n第二行", (), (0,))),
    "html": ("[html]<p>一<b>二</b></p>{=甲 ~乙}", (ONE, "一二", ("甲", "乙"), (0,))),
    "a picture": ('[html]<p>图<img src\\="a.png"></p>{=甲 ~乙}', NOT_OURS),
    "markdown": ("[markdown]一二{=甲 ~乙}", (ONE, "一二", ("甲", "乙"), (0,))),
    "general feedback": ("哪个？{=甲 ~乙 ####因为}", (ONE, "哪个？", ("甲", "乙"), (0,))),
    "category": ("$CATEGORY: $course$/消防/灭火\n\n对吗？{T}", (TRUTH, "对吗？", (), (0,))),
    "two brackets": ("一{T}二{F}", Trouble.NOT_UNDERSTOOD),
    "an empty option": ("哪个？{=甲 ~}", Trouble.EMPTY_OPTION),
}

STEM = '<questiontext format="html"><text>问</text></questiontext>'


def answers(*given: tuple[str, str], more: str = "") -> str:
    return "".join(
        f'<answer fraction="{worth}"><text>{words}</text>{more}</answer>' for words, worth in given
    )


MOODLE: dict[str, tuple[str, str, Expected]] = {
    "multichoice": (
        "multichoice",
        answers(("甲", "100"), ("乙", "0")),
        (ONE, "问", ("甲", "乙"), (0,)),
    ),
    "several": (
        "multichoice",
        f"<single>false</single>{answers(('甲', '50'), ('乙', '50'), ('丙', '0'))}",
        (MANY, "问", ("甲", "乙", "丙"), (0, 1)),
    ),
    "a part": ("multichoice", answers(("甲", "100"), ("乙", "50")), PARTLY),
    "truefalse": ("truefalse", answers(("true", "0"), ("false", "100")), (TRUTH, "问", (), (1,))),
    "shortanswer": (
        "shortanswer",
        answers(("甲", "100"), ("乙", "100")),
        (FILL, "问____", (), "甲/乙"),
    ),
    "any words": ("shortanswer", answers(("甲*", "100")), NOT_OURS),
    "partial": ("shortanswer", answers(("甲", "100"), ("乙", "50")), PARTLY),
    "numerical": (
        "numerical",
        answers(("12", "100"), more="<tolerance>0</tolerance>"),
        (FILL, "问____", (), "12"),
    ),
    "tolerance": ("numerical", answers(("12", "100"), more="<tolerance>1</tolerance>"), NOT_OURS),
    "essay": ("essay", answers(("", "0")), Trouble.NO_ANSWER),
    "essay with the grader's words": (
        "essay",
        "<graderinfo format='html'><text>甲</text></graderinfo>",
        (CARD, "问", (), "甲"),
    ),
    "matching": (
        "matching",
        "".join(
            f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
            for left, right in (("猫", "鱼"), ("狗", "骨头"), ("", "草"))
        ),
        (CARD, "问\n猫、狗\n草、骨头、鱼", (), "猫 → 鱼；狗 → 骨头"),
    ),
    "half a pair": (
        "matching",
        "<subquestion><text>甲</text></subquestion>",
        Trouble.NO_ANSWER,
    ),
    "cloze": ("cloze", "", NOT_OURS),
    "description": ("description", "", NOT_OURS),
    "calculated": ("calculated", answers(("{a}", "100")), NOT_OURS),
    "a file": (
        "shortanswer",
        f'<file name="a.png" encoding="base64">AA==</file>{answers(("甲", "100"))}',
        NOT_OURS,
    ),
}

AIKEN: dict[str, tuple[str, Expected]] = {
    "dots": ("问？\nA. 甲\nB. 乙\nANSWER: B", (ONE, "问？", ("甲", "乙"), (1,))),
    "brackets": ("问？\nA) 甲\nB) 乙\nANSWER: A", (ONE, "问？", ("甲", "乙"), (0,))),
    "small letters": ("问？\na. 甲\nb. 乙\nanswer: b", Trouble.NO_ANSWER),
    "no answer": ("问？\nA. 甲\nB. 乙", Trouble.NO_ANSWER),
    "no such letter": ("问？\nA. 甲\nB. 乙\nANSWER: C", Trouble.NO_SUCH_OPTION),
    "a letter left out": ("问？\nA. 甲\nC. 乙\nANSWER: A", Trouble.LETTER_MISSING),
}

ANKI: dict[str, tuple[str, Expected]] = {
    "tab": ("#separator:tab\n问\t答", (CARD, "问", (), "答")),
    "without headers": ("问\t答", (CARD, "问", (), "答")),
    "comma and quotes": (
        '#separator:Comma\n#html:false\n"问,一","答""二"""',
        (CARD, "问,一", (), '答"二"'),
    ),
    "semicolon": ("#separator:Semicolon\n问;答", (CARD, "问", (), "答")),
    "pipe": ("#separator:Pipe\n问|答", (CARD, "问", (), "答")),
    "colon": ("#separator:Colon\n问:答", (CARD, "问", (), "答")),
    "space": ("#separator:Space\n问 答", (CARD, "问", (), "答")),
    "lines within": (
        '#separator:Semicolon\n#html:true\n"问<br>一";"答\n二"',
        (CARD, "问\n一", (), "答\n二"),
    ),
    "columns of their own": (
        "#separator:tab\n#notetype column:1\n#deck column:2\n#tags column:5\n"
        "Basic\t党史\t问\t答\t甲",
        (CARD, "问", (), "答"),
    ),
    "guid": ("#separator:Pipe\n#guid column:1\n#columns:GUID|F|B\nx|问|答", (CARD, "问", (), "答")),
    "cloze": (
        "#separator:tab\n#html:true\n{{c1::1921::哪年}}建党\t",
        (FILL, "____建党", (), "1921"),
    ),
    "a picture": ('#separator:tab\n#html:true\n<img src="a.png">\t答', NOT_OURS),
    "a sound": ("#separator:tab\n问\t[sound:a.mp3]", NOT_OURS),
}


def judged(words: str, ending: str, expected: Expected) -> None:
    found = from_words(f"{words}\n", ending)
    if isinstance(expected, Trouble):
        assert expected in {each.what for each in found.faults}
        return
    [question] = questions_in(found)
    kind, stem, options, right = expected
    assert (question.kind, question.stem, question.options) == (kind, stem, options)
    if isinstance(right, str):
        assert "；".join("/".join(group) for group in question.accepted) == right
    else:
        assert question.right == right


@pytest.mark.parametrize("name", GIFT)
def test_gift_as_its_documents_describe_it(name: str) -> None:
    judged(GIFT[name][0], ".gift", GIFT[name][1])


@pytest.mark.parametrize("name", MOODLE)
def test_moodle_as_its_documents_describe_it(name: str) -> None:
    kind, inner, expected = MOODLE[name]
    judged(f'<quiz><question type="{kind}">{STEM}{inner}</question></quiz>', ".xml", expected)


@pytest.mark.parametrize("name", AIKEN)
def test_aiken_as_its_documents_describe_it(name: str) -> None:
    judged(AIKEN[name][0], ".aiken", AIKEN[name][1])


@pytest.mark.parametrize("name", ANKI)
def test_anki_as_its_documents_describe_it(name: str) -> None:
    judged(ANKI[name][0], ".txt", ANKI[name][1])
