"""What is written in a format and read again is the same, or it is not written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.files.tables import Row, Table
from bot.questions import Kind, Question
from handlers.bank.actions import importing
from handlers.bank.actions.reading import findings
from handlers.bank.actions.writing import EVERYTHING, FORMS, fitting
from handlers.bank.rules import tables
from tests.handlers.bank.reading import questions_in

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
