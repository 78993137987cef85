"""Aiken and GIFT. What is read is right, or the line is named."""

import pytest

from handlers.bank.actions.reading import from_words
from handlers.bank.rules.found import Trouble
from tests.handlers.bank.reading import brief

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


def test_a_file_of_aiken_is_read() -> None:
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


def test_a_file_of_gift_is_read() -> None:
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
