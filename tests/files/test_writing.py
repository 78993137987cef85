"""What is written can be opened without harm, and read again as it was."""

import csv
import stat
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files import text
from bot.files.formulas import disarmed, restored
from bot.files.reading import read
from bot.files.tables import Table, Unreadable
from bot.files.writing import as_csv, write

FORMULAS = [
    f"{sign}{rest}"
    for sign in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x")')
]


@pytest.mark.parametrize("value", FORMULAS)
def test_csv_gives_no_formula_to_a_spreadsheet(value: str) -> None:
    written = as_csv(["x"], [{"x": value}]).decode("utf-8-sig")
    [_, [cell]] = csv.reader(written.splitlines(keepends=True))
    assert cell == f"'{value}"
    assert restored(cell) == value


@given(st.text())
def test_whatever_is_disarmed_comes_back(value: str) -> None:
    assert restored(disarmed(value)) == value


@given(st.text(alphabet="'=+a"))
def test_apostrophes_of_ones_own_come_back_too(value: str) -> None:
    assert restored(disarmed(value)) == value
    assert not disarmed(value).startswith("=")


def test_a_workbook_holds_no_formula_and_no_link(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    values = [*FORMULAS, "http://example.org", "mailto:x", "007", "1e5"]
    write(path, "members", ["x"], [{"x": value} for value in values])

    book = openpyxl.load_workbook(path)
    cells = [row[0] for row in book["members"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert [cell.value for cell in cells][-2:] == ["007", "1e5"]


WORDS = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp"), exclude_characters="\ufeff"
    ),
    max_size=12,
)
ROWS = st.lists(
    st.fixed_dictionaries({"id": WORDS.filter(bool), "x": WORDS}), min_size=1, max_size=4
)


@pytest.mark.parametrize("form", ["csv", "yaml", "xlsx"])
def test_rows_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, form: str) -> None:
    path = tmp_path_factory.mktemp("written") / f"table.{form}"

    @given(ROWS)
    def law(rows: list[dict[str, str]]) -> None:
        write(path, "things", ["id", "x"], rows)
        table = read(path)
        assert isinstance(table, Table)
        assert [dict(row.cells) | {"x": row.cells.get("x", "")} for row in table.rows] == rows

    law() if form != "xlsx" else None
    rows = [
        {"id": each, "x": each[::-1]}
        for each in ("=1+1", "007", "true", "~", "'", "2026-11-23", "𠮷")
    ]
    write(path, "things", ["id", "x"], rows)
    table = read(path)
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == rows


def test_only_for_the_eyes_of_who_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    write(path, "members", ["x"], [])

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["members.csv"]


def test_an_unknown_form(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=text.NO_SUCH_FORM):
        write(tmp_path / "members.pdf", "members", ["x"], [])
