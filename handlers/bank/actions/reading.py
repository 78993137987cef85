"""Which format a file is in, by its ending and by what it holds."""

from pathlib import Path

from bot.files.pages import lines_of_document, notes_of_package
from bot.files.reading import content, decoded, read
from handlers.bank.rules import aiken, anki, gift, moodle, pasted, tables
from handlers.bank.rules.found import Findings

TABLES = frozenset({".csv", ".xlsx", ".yaml", ".yml"})


def findings(path: Path) -> Findings:
    """Raises `Unreadable`."""
    match path.suffix.lower():
        case ending if ending in TABLES:
            return tables.read(read(path))
        case ".docx":
            return pasted.read(lines_of_document(path))
        case ".apkg":
            return anki.read_notes(notes_of_package(path))
        case ending:
            return from_words(decoded(content(path)), ending)


def from_words(words: str, ending: str) -> Findings:
    """The formats of other programs by their marks; what has none is a paper as pasted."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if ending == ".xml" or moodle.looks_like(words):
        return moodle.read(words)
    if ending == ".gift" or gift.looks_like(words):
        return gift.read(lines)
    if ending == ".aiken" or aiken.looks_like(words):
        return aiken.read(lines)
    if anki.looks_like(words):
        return anki.read("\n".join(lines))
    return pasted.read(lines)
