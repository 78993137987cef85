"""Questions to files, in the formats that they are read from. What would come back otherwise is
not written, but named."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.files import text as files
from bot.files.drafting import as_document
from bot.files.tables import Unreadable
from bot.files.writing import put, write
from bot.questions import Kind, Question
from handlers.bank.rules import aiken, anki, gift, moodle, pasted, tables
from handlers.bank.rules.found import Findings
from storage import audit, held_back, questions
from storage.database import Session
from storage.questions import State

Entries = Mapping[str, Question]
Write = Callable[[Iterable[tuple[str, Question]]], str]


@dataclass(frozen=True)
class Form:
    kinds: frozenset[Kind]
    write: Write
    read: Callable[[str], Findings]
    loses: frozenset[str] = frozenset()
    """Fields that have no place in it."""


EVERYTHING = frozenset(Kind)
LOST = frozenset({"explanation", "source", "verification", "valid_until", "difficulty"})
PASTED = Form(EVERYTHING, pasted.written, lambda words: pasted.read(words.split("\n")))
FORMS: Mapping[str, Form] = {
    ".txt": PASTED,
    ".docx": PASTED,
    ".gift": Form(
        EVERYTHING - {Kind.SHORT, Kind.CARD},
        gift.written,
        lambda words: gift.read(words.split("\n")),
    ),
    ".xml": Form(EVERYTHING - {Kind.SHORT}, moodle.written, moodle.read),
    ".aiken": Form(
        frozenset({Kind.SINGLE}),
        aiken.written,
        lambda words: aiken.read(words.split("\n")),
        LOST | {"topic"},
    ),
    ".anki": Form(frozenset({Kind.CARD}), anki.written, anki.read, LOST),
}
TABLES = frozenset({".csv", ".xlsx", ".yaml", ".yml"})


@dataclass(frozen=True)
class Written:
    count: int
    left_out: Sequence[str]
    """Numbers of questions that this format cannot hold."""
    in_contests: int
    """Questions whose answers nobody who plays may see yet."""


def export(db: Session, path: Path, now: datetime, *, actor: str) -> Written:
    """Every question that is asked. Raises `Unreadable` for a name of no format."""
    entries = {
        id: each.question for id, each in questions.bank(db).items() if each.state == State.ASKED
    }
    ending = path.suffix.lower()
    held = {id for hold in held_back.holds(db, now) for id in hold.ids}
    audit.note(db, actor, "export", "questions", now, str(len(entries)))
    if ending in TABLES:
        rows = [tables.row_of(id, question) for id, question in entries.items()]
        write(path, "questions", tables.COLUMNS, rows)
        return Written(len(entries), (), len(held & entries.keys()))
    if ending not in FORMS:
        raise Unreadable(files.NO_SUCH_FORM)
    form = FORMS[ending]
    fit = fitting(form, entries)
    words = form.write(fit.items())
    put(path, as_document(words.split("\n")) if ending == ".docx" else words.encode())
    return Written(len(fit), [id for id in entries if id not in fit], len(held & fit.keys()))


def fitting(form: Form, entries: Entries) -> dict[str, Question]:
    """Those that come back as they are."""
    return {id: each for id, each in entries.items() if comes_back(form, id, each)}


def comes_back(form: Form, id: str, question: Question) -> bool:
    if question.kind not in form.kinds:
        return False
    if question.kind is Kind.FILL and form.kinds != EVERYTHING and len(question.accepted) > 1:
        return False
    findings = form.read(form.write([(id, question)]))
    if findings.faults or len(findings.found) != 1:
        return False
    back, kept = findings.found[0].question, set(Question.model_fields) - form.loses
    return back.model_dump(include=kept) == question.model_dump(include=kept)
