"""Moodle's XML. What is read is right, or the line is named."""

import pytest

from handlers.bank.actions.reading import from_words
from handlers.bank.rules.found import Trouble
from handlers.bank.rules.moodle import read as read_moodle
from tests.handlers.bank.reading import brief

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


def test_a_file_of_moodle_is_read() -> None:
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
        ('<question type="matching"/>', Trouble.NOT_UNDERSTOOD),
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
def test_hostile_xml_is_refused(words: str) -> None:
    assert [each.what for each in read_moodle(words).faults] == [Trouble.NOT_UNDERSTOOD]
