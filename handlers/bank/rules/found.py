"""What was found in a file, and what may be wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from bot.files.tables import Fault
from bot.questions import Kind, Question
from bot.questions.judging import plain
from bot.questions.values import CHOSEN, LETTERS


class Trouble(StrEnum):
    """Why something is not taken for a question. Each has its remedy in `text`."""

    NO_STEM = "no_stem"
    NO_KIND = "no_kind"
    NO_OPTIONS = "no_options"
    EMPTY_OPTION = "empty_option"
    TOO_MANY_OPTIONS = "too_many_options"
    OPTION_TWICE = "option_twice"
    LETTER_MISSING = "letter_missing"
    LETTER_TWICE = "letter_twice"
    NO_ANSWER = "no_answer"
    ANSWER_TWICE = "answer_twice"
    NUMBER_GAP = "number_gap"
    NO_SUCH_NUMBER = "no_such_number"
    NO_SUCH_OPTION = "no_such_option"
    ONE_ANSWER_ONLY = "one_answer_only"
    ALL_ANSWERS_NEEDED = "all_answers_needed"
    BLANKS_DIFFER = "blanks_differ"
    BAD_DIFFICULTY = "bad_difficulty"
    BAD_DAY = "bad_day"
    BAD_HITS = "bad_hits"
    ID_TWICE = "id_twice"
    BAD_ID = "bad_id"
    NOT_UNDERSTOOD = "not_understood"
    NOT_SUPPORTED = "not_supported"
    TOO_LONG = "too_long"
    COLUMN_UNKNOWN = "column_unknown"


@dataclass(frozen=True)
class Found:
    """A question, and where it begins."""

    line: int
    id: str
    question: Question


@dataclass
class Findings:
    """All of a file: what is a question, and what is not."""

    found: list[Found] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    passed: list[tuple[int, str]] = field(default_factory=list)
    """Lines that belong to no question: titles, comments. The preview names them."""

    def fault(self, line: int, what: StrEnum, said: str = "", column: str = "") -> None:
        self.faults.append(Fault(line, column, what, said[:30]))


LONGEST = 500
OPTIONS_AT_MOST = 6
"""What a card of every platform can show as buttons."""
ID_LENGTH = 8


def id_of(question: Question) -> str:
    """For files without numbers: the same question gets the same number again."""
    return f"Q{sha256(plain(question.stem).encode()).hexdigest()[:ID_LENGTH].upper()}"


def objections(question: Question) -> list[tuple[Trouble, str]]:
    """Why it cannot be asked like that."""
    found: list[tuple[Trouble, str]] = []
    if not question.stem:
        found.append((Trouble.NO_STEM, ""))
    if len(question.stem) > LONGEST or any(len(each) > LONGEST for each in question.options):
        found.append((Trouble.TOO_LONG, question.stem))
    if question.kind in CHOSEN:
        return found + about_options(question)
    if not question.accepted or not all(all(each) and each for each in question.accepted):
        found.append((Trouble.NO_ANSWER, ""))
    if question.kind is Kind.SHORT and not 1 <= question.min_hits <= len(question.accepted):
        found.append((Trouble.BAD_HITS, str(question.min_hits)))
    return found


def about_options(question: Question) -> list[tuple[Trouble, str]]:
    found: list[tuple[Trouble, str]] = []
    options = question.options
    if question.kind is not Kind.TRUE_FALSE:
        if len(options) < 2:
            found.append((Trouble.NO_OPTIONS, ""))
        if len(options) > OPTIONS_AT_MOST:
            found.append((Trouble.TOO_MANY_OPTIONS, str(len(options))))
        if "" in options:
            found.append((Trouble.EMPTY_OPTION, LETTERS[options.index("")]))
        same = [each for at, each in enumerate(options) if each and each in options[:at]]
        found += [(Trouble.OPTION_TWICE, each) for each in same]
        if any(each >= len(options) for each in question.right):
            found.append((Trouble.NO_SUCH_OPTION, "".join(LETTERS[r] for r in question.right)))
    if not question.right:
        found.append((Trouble.NO_ANSWER, ""))
    if question.kind is Kind.SINGLE and len(question.right) > 1:
        found.append((Trouble.ONE_ANSWER_ONLY, "".join(LETTERS[r] for r in question.right)))
    return found


def letters(places: Sequence[int]) -> str:
    return "".join(LETTERS[place] for place in places)
