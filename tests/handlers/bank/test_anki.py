"""Notes of Anki, as text and as a package."""

import sqlite3
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.files.tables import Unreadable
from bot.questions import Kind
from handlers.bank.actions.reading import findings, from_words
from handlers.bank.rules.found import Trouble
from tests.handlers.bank.reading import questions_in


def test_a_text_of_anki_becomes_cards_and_blanks() -> None:
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


def test_a_package_of_anki_is_read(tmp_path: Path) -> None:
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
def test_a_hostile_package_is_refused(tmp_path: Path, script: str) -> None:
    with pytest.raises(Unreadable):
        findings(package(tmp_path / "a.apkg", script))


def test_what_is_no_package(tmp_path: Path) -> None:
    for ending in (".apkg", ".docx"):
        file = tmp_path / f"a{ending}"
        file.write_bytes(b"PK\x03\x04 broken")
        with pytest.raises(Unreadable):
            findings(file)
