"""What is read from a file, whoever made it."""

from datetime import date, datetime
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from bot.files import text
from bot.files.reading import MEGABYTES_AT_MOST, read
from bot.files.tables import Block, Fault, Misshapen, Row, Table, Unreadable


def table(path: Path) -> Table:
    read_ = read(path)
    assert isinstance(read_, Table)
    return read_


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read(path)
    return str(caught.value)


def file(folder: Path, content: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


TWO_ROWS = "编号,姓名\r\nM1,王芳\r\nM2,李强\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_in_whichever_encoding(tmp_path: Path, encoding: str) -> None:
    read_ = table(file(tmp_path, TWO_ROWS.encode(encoding)))

    assert read_.columns == ("编号", "姓名")
    assert read_.rows == [
        Row(2, {"编号": "M1", "姓名": "王芳"}),
        Row(3, {"编号": "M2", "姓名": "李强"}),
    ]


def test_a_rare_character_of_gb18030(tmp_path: Path) -> None:
    assert table(file(tmp_path, "姓名\n𠮷䶮\n".encode("gb18030"))).rows[0].cells == {"姓名": "𠮷䶮"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_with_whichever_delimiter(tmp_path: Path, delimiter: str) -> None:
    words = TWO_ROWS.replace(",", delimiter)
    assert table(file(tmp_path, words.encode())).rows[1].cells == {"编号": "M2", "姓名": "李强"}


def test_rows_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    words = 'id,note\n1,"two\nlines"\n\n  ,\n2,\u3000x\u3000\n'
    assert [
        (row.number, row.cells["note"]) for row in table(file(tmp_path, words.encode())).rows
    ] == [
        (2, "two\nlines"),
        (6, "x"),
    ]


def test_the_form_of_a_table(tmp_path: Path) -> None:
    words = "id,,id\n1,2,3,4,5\n"
    assert table(file(tmp_path, words.encode())).faults == (
        Fault(1, "2", Misshapen.COLUMN_UNNAMED),
        Fault(1, "id", Misshapen.COLUMN_TWICE),
        Fault(2, "", Misshapen.EXTRA_CELLS, "4、5"),
    )


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", text.EMPTY),
        (b" \r\n\n", "a.csv", text.EMPTY),
        (b",,\n,,\n", "a.csv", text.EMPTY),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.csv", text.NOT_A_TABLE),
        (b"\xd0\xcf\x11\xe0rest", "a.xls", text.OLD_WORKBOOK),
        (b"\xff\xfe\x80\x80", "a.csv", text.NOT_DECODED),
        (b'id\n"open\n', "a.csv", text.broken_csv(2)),
        (b"id\n1\n" * 1_700_000, "a.csv", text.too_large(MEGABYTES_AT_MOST)),
        (b"id\n" + b"1\n" * 20_001, "a.csv", text.too_many_rows(20_000)),
        (b"- x\n- a: [1\nb", "a.yaml", text.not_yaml(2)),
        (b"a: 1\nb: 2\na: 3\n", "a.yaml", text.twice(3, "a")),
        (b"- &x {a: 1}\n- *x\n", "a.yaml", text.ALIASES),
        (b"just words", "a.yaml", text.NOT_A_TABLE),
        (b"? [1, 2]\n: x\n", "a.yaml", text.not_yaml(1)),
        (b"!!python/object/apply:os.system [x]", "a.yaml", text.NOT_A_TABLE),
        (b"# nothing\n", "a.yaml", text.EMPTY),
        (b"a: \x01\n", "a.yaml", text.not_yaml(1)),
        (b"[" * 30, "a.yaml", text.not_yaml(1)),
        (b"[" * 100_000, "a.yaml", text.not_yaml(1)),
        (b"[" * 50 + b"]" * 50, "a.yaml", text.not_yaml(1)),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, content: bytes, name: str, said: str) -> None:
    assert refusal(file(tmp_path, content, name)) == said


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing.csv") == text.NOT_THERE
    assert refusal(tmp_path) == text.NOT_THERE


def test_a_million_laughs_are_not_heard(tmp_path: Path) -> None:
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    lines += [
        f"{b}: &{b} [{','.join(f'*{a}' for _ in range(9))}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert refusal(file(tmp_path, "\n".join(lines).encode(), "a.yaml")) == text.ALIASES


@pytest.mark.parametrize(
    "words",
    [
        "- {id: 007, ok: true, on: 2026-11-23}\n",
        "things:\n- id: 007\n  ok: true\n  on: 2026-11-23\n",
    ],
)
def test_a_list_in_yaml_is_a_table_of_what_was_written(tmp_path: Path, words: str) -> None:
    read_ = table(file(tmp_path, words.encode(), "a.yaml"))
    assert read_.rows[0].cells == {"id": "007", "ok": "true", "on": "2026-11-23"}
    assert read_.rows[0].number == words.count("\n", 0, words.index("007")) + 1


def test_a_document_in_yaml(tmp_path: Path) -> None:
    root = read(file(tmp_path, b"a: {id: 1}\nb:\n- id: 2\n  c: ~\n- id: 3\n", "a.yaml"))

    assert isinstance(root, Block)
    assert [(each.line, each.text("id"), each.text("c")) for each in root.blocks("b")] == [
        (3, "2", ""),
        (5, "3", ""),
    ]


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with Workbook(path) as book:
        book.add_worksheet("封面")
        first, second = book.add_worksheet("一支部"), book.add_worksheet("二支部")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet, row in ((first, 0), (second, 2)):  # the second has a blank head
            sheet.write_row(row, 0, ["id", "on", "at", "ok", "n"])
        first.write_number(1, 0, 7)
        first.write_datetime(1, 1, datetime.combine(date(2026, 11, 23), datetime.min.time()), day)
        first.write_datetime(1, 2, datetime(2026, 11, 23, 9, 30), day)  # noqa: DTZ001
        first.write_boolean(1, 3, True)
        first.write_number(1, 4, 10.7)
        first.write_blank(9_000, 0, None, day)
        second.write_string(4, 0, " 008 ")

    assert table(path).rows == [
        Row(
            2,
            {"id": "7", "on": "2026-11-23", "at": "2026-11-23T09:30", "ok": "1", "n": "10.7"},
            "一支部",
        ),
        Row(5, {"id": "008", "on": "", "at": "", "ok": "", "n": ""}, "二支部"),
    ]


def test_what_it_holds_counts_not_how_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    with Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["id"])
    assert table(path).columns == ("id",)
