"""A circular as a file: made anew each time of what is frozen, with the same bytes each time."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.files.official import as_docx
from bot.files.papers import Paper
from bot.files.printed import as_pdf
from bot.files.sheets import Cell, Sheet, as_sheets
from handlers.reports.rules import freezing
from handlers.reports.rules import paper as wording
from handlers.reports.rules.freezing import Document
from storage import audit, reports
from storage.database import Session
from storage.members import Speaker
from storage.reports import Circular


class Form(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"


KINDS = {
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PDF: "application/pdf",
}


@dataclass(frozen=True)
class Printed:
    body: bytes
    name: str
    kind: str
    same: bool
    """The bytes that were given out first after it was published, or the first of them."""


def printed(db: Session, actor: Speaker, row: Circular, form: Form, now: datetime) -> Printed:
    document, paper = read(row)
    body = made(document, paper, form, row.published_at or row.made_at)
    audit.note(db, actor.id, f"circular_{form}", f"circular:{row.id}", now)
    return Printed(body, f"{paper.title}.{form}", KINDS[form], is_same(db, row, form, body))


def read(row: Circular) -> tuple[Document, Paper]:
    document = freezing.read(row.frozen, lambda: row.records)
    dated = row.published_at.date() if row.published_at else None
    return document, wording.paper(document, dated)


def made(document: Document, paper: Paper, form: Form, at: datetime) -> bytes:
    match form:
        case Form.DOCX:
            return as_docx(paper, at)
        case Form.PDF:
            return as_pdf(paper, at)
        case Form.XLSX:
            return as_sheets([figures(document), records(document), *definitions(document)], at)


def is_same(db: Session, row: Circular, form: Form, body: bytes) -> bool:
    """Whether it is what was given out before. Only a newer version of a package that writes the
    file can make it another; the numbers are those that were frozen."""
    if not row.published_at:
        return True
    known, digest = json.loads(row.files), freezing.digest(body)
    if form not in known:
        files = json.dumps({**known, str(form): digest}, sort_keys=True)
        reports.noted(db, row.id, files)
        return True
    return bool(known[form] == digest)


def figures(document: Document) -> Sheet:
    """A row for each unit, part and whole in columns of their own."""
    columns = [wording.UNIT]
    rows: dict[str, list[Cell]] = {}
    for each in document.figures:
        columns += [wording.column(each)] + ([wording.whole(each)] if each.of else [])
        for org, name, part, whole in each.rows:
            rows.setdefault(org, [name]).extend([part, whole] if each.of else [part])
    total: list[Cell] = [wording.TOTAL]
    for each in document.figures:
        total += [each.sum.part, each.sum.whole] if each.of else [each.sum.part]
    note = f"{wording.title(document)} · {wording.as_of(document)}"
    return Sheet(wording.SHEET_FIGURES, columns, [*rows.values(), total], note)


def records(document: Document) -> Sheet:
    """Each record behind each number: who adds them up finds the number again."""
    rows = [
        (each.name, r.ref, r.org_id, r.on.isoformat(), r.part, r.whole)
        for each in document.figures
        for r in each.records
    ]
    return Sheet(wording.SHEET_RECORDS, wording.RECORD_COLUMNS, rows)


def definitions(document: Document) -> list[Sheet]:
    rows = [(each.name, each.definition, each.of) for each in document.figures]
    return [Sheet(wording.SHEET_DEFINITIONS, wording.DEFINITION_COLUMNS, rows)]
