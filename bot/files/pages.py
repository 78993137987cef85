"""Text out of Word documents and Anki packages, with the same suspicion as workbooks."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from bot.files import text
from bot.files.reading import content
from bot.files.tables import Unreadable
from bot.files.workbooks import UNPACKED_AT_MOST, is_bomb, look_over

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BROKEN = (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, OSError, KeyError)
STEPS_AT_MOST = 5_000_000
"""Of SQLite's machine: a hundred times what a large collection needs."""
NOTES_AT_MOST = 20_000


def lines_of_document(path: Path) -> list[str]:
    """The paragraphs of a .docx, numbers of automatic lists written out. Raises `Unreadable`."""
    content(path)
    try:
        with ZipFile(path) as archive:
            look_over(archive)
            document = fromstring(archive.read("word/document.xml"))
            names = archive.namelist()
            numbered = "word/numbering.xml"
            lists = Lists(fromstring(archive.read(numbered)) if numbered in names else None)
    except (*BROKEN, ParseError, DefusedXmlException, ValueError):
        raise Unreadable(text.BROKEN_DOCUMENT) from None
    return [
        line
        for paragraph in document.iter(f"{W}p")
        for line in (lists.label(paragraph) + words_of(paragraph)).split("\n")
    ]


def words_of(paragraph: Element) -> str:
    marks = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
    return "".join(
        each.text or "" if each.tag == f"{W}t" else marks.get(each.tag, "")
        for each in paragraph.iter()
    )


class Lists:
    """What Word shows before the paragraphs of a list, though it stands in none of them."""

    def __init__(self, numbering: Element | None) -> None:
        self.counts: dict[tuple[str, int], int] = {}
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        if numbering is None:
            return
        abstract = {
            each.get(f"{W}abstractNumId"): each for each in numbering.iter(f"{W}abstractNum")
        }
        for each in numbering.iter(f"{W}num"):
            of = value(each, "abstractNumId")
            if of in abstract:
                self.levels[each.get(f"{W}numId") or ""] = dict(levels(abstract[of]))

    def label(self, paragraph: Element) -> str:
        of = paragraph.find(f"{W}pPr/{W}numPr")
        if of is None:
            return ""
        number, level = value(of, "numId"), int(value(of, "ilvl") or 0)
        form, shown, start = self.levels.get(number, {}).get(level, ("none", "", 1))
        if form not in {"decimal", "upperLetter", "lowerLetter", "chineseCounting"}:
            return ""
        count = self.counts[number, level] = self.counts.get((number, level), start - 1) + 1
        for deeper in [key for key in self.counts if key[0] == number and key[1] > level]:
            del self.counts[deeper]
        return f"{shown.replace(f'%{level + 1}', written(count, form))} "


def levels(abstract: Element) -> Iterator[tuple[int, tuple[str, str, int]]]:
    for each in abstract.iter(f"{W}lvl"):
        start = value(each, "start")
        yield (
            int(each.get(f"{W}ilvl") or 0),
            (value(each, "numFmt"), value(each, "lvlText"), int(start) if start.isdecimal() else 1),
        )


def value(of: Element, name: str) -> str:
    inner = of.find(f"{W}{name}")
    return (inner.get(f"{W}val") or "") if inner is not None else ""


def written(count: int, form: str) -> str:
    match form:
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("A") + (count - 1) % 26)
            return letter if form == "upperLetter" else letter.lower()
        case "chineseCounting" if 1 <= count <= 10:
            return text.NUMERALS[count - 1]
        case _:
            return str(count)


def notes_of_package(path: Path) -> list[tuple[Sequence[str], str]]:
    """Fields and tags of each note of an .apkg. Raises `Unreadable`."""
    content(path)
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            if any(is_bomb(part) for part in archive.infolist()):
                raise Unreadable(text.TOO_HEAVY)
            if "collection.anki21b" in names and "collection.anki21" not in names:
                raise Unreadable(text.NEW_PACKAGE)
            name = "collection.anki21" if "collection.anki21" in names else "collection.anki2"
            if archive.getinfo(name).file_size > UNPACKED_AT_MOST:
                raise Unreadable(text.TOO_HEAVY)
            data = archive.read(name)
    except BROKEN:
        raise Unreadable(text.BROKEN_PACKAGE) from None
    return notes_in(data)


def notes_in(data: bytes) -> list[tuple[Sequence[str], str]]:
    """From a database that a stranger has made: opened to be read only, with an end to what it
    may compute, for `notes` may be a view of anything."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "collection.db"
        file.write_bytes(data)
        connection = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
        steps = iter(range(STEPS_AT_MOST // 10_000))
        connection.set_progress_handler(lambda: int(next(steps, None) is None), 10_000)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            rows = connection.execute("SELECT flds, tags FROM notes LIMIT ?", (NOTES_AT_MOST + 1,))
            found: list[tuple[Sequence[str], str]] = [
                (str(fields).split("\x1f"), str(tags)) for fields, tags in rows
            ]
        except (sqlite3.Error, ValueError):
            raise Unreadable(text.BROKEN_PACKAGE) from None
        finally:
            connection.close()
    if len(found) > NOTES_AT_MOST:
        raise Unreadable(text.too_many_rows(NOTES_AT_MOST))
    return found
