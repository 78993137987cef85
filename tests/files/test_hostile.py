"""Workbooks made to harm: each is refused with a clear word, before anything is unpacked."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from xlsxwriter import Workbook

from bot.files import opening, text, workbooks
from bot.files.reading import read
from bot.files.tables import Unreadable

Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def parts_of_a_good_one() -> Parts:
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("members").write_row(0, 0, ["id", "name"])
    with ZipFile(out) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def packed(parts: Parts, how: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def sheet(rows: bytes, dimension: bytes = b"A1:B2") -> bytes:
    return (
        HEAD
        + b"<worksheet "
        + MAIN
        + b'><dimension ref="'
        + dimension
        + b'"/><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )


def flat_bomb(parts: Parts) -> bytes:
    return packed({**parts, SHEET: sheet(b" " * 29_000_000)})


def large_bomb(parts: Parts) -> bytes:
    return packed({**parts, SHEET: sheet(b"<row><c><v>1</v></c></row>" * 1_500_000)})


def nested_bomb(parts: Parts) -> bytes:
    inner = packed({f"{n}": b"0" * 900_000 for n in range(100)})
    return packed({**parts, "xl/media/image1.png": inner})


def lying_about_size(parts: Parts) -> bytes:
    """Declares a kilobyte for what unpacks to thirty megabytes."""
    data = bytearray(packed({**parts, "xl/media/x.bin": b"0" * 30_000_000}))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        position = data.rindex(
            signature,
            0,
            data.rindex(b"xl/media/x.bin") if at == 24 else data.index(b"xl/media/x.bin"),
        )
        struct.pack_into("<I", data, position + at, 1000)
    return bytes(data)


def many_parts(parts: Parts) -> bytes:
    return packed({**parts, **{f"xl/worksheets/sheet{n}.xml": b"x" for n in range(2, 300)}})


def million_rows(parts: Parts) -> bytes:
    return packed({**parts, SHEET: sheet(b"<row/>" * 1_000_000)})


def twenty_thousand_rows_and_one(parts: Parts) -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * n) for n in range(1, 20_003)
    )
    return packed({**parts, SHEET: sheet(rows)})


def many_empty_rows(parts: Parts) -> bytes:
    rows = b"".join(b'<row r="%d"/>' % n for n in range(1, 300_000))
    return packed({**parts, SHEET: sheet(rows)})


def far_corner(parts: Parts) -> bytes:
    row = b'<row r="%d"><c r="%s%d"><v>1</v></c></row>'
    rows = row % (1, b"A", 1) + row % (1_048_576, b"XFD", 1_048_576)
    return packed({**parts, SHEET: sheet(rows, b"A1:XFD1048576")})


def wide(parts: Parts) -> bytes:
    cells = b"".join(b'<c r="%s1"><v>1</v></c>' % name for name in (b"A", b"ZZ"))
    return packed({**parts, SHEET: sheet(b'<row r="1">' + cells + b"</row>")})


def shared_string_amplified(parts: Parts) -> bytes:
    """A megabyte that twenty thousand cells refer to."""
    strings = (
        HEAD + b"<sst " + MAIN + b"><si><t>" + bytes(range(65, 91)) * 40_000 + b"</t></si></sst>"
    )
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 20_000)
    )
    return packed({**parts, "xl/sharedStrings.xml": strings, SHEET: sheet(rows)}, ZIP_STORED)


def macro(parts: Parts) -> bytes:
    return packed({**parts, "xl/vbaProject.bin": b"macro"})


def old_macro(parts: Parts) -> bytes:
    return packed({**parts, "xl/macrosheets/sheet1.xml": b"<x/>"})


def linked(parts: Parts) -> bytes:
    return packed({**parts, "xl/externalLinks/externalLink1.xml": b"<x/>"})


def external_entity(parts: Parts) -> bytes:
    bad = (
        HEAD + b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + parts[SHEET][len(HEAD) :]
    )
    return packed({**parts, SHEET: bad})


def laughs(parts: Parts) -> bytes:
    bad = b'<!doctype x [<!entity a "ha"><!entity b "&a;&a;">]>' + parts["xl/workbook.xml"]
    return packed({**parts, "xl/workbook.xml": bad})


def cut_short(parts: Parts) -> bytes:
    whole = packed(parts)
    return whole[: len(whole) // 2]


def another_archive(_: Parts) -> bytes:
    return packed({"readme.txt": b"hello"})


def climbing(parts: Parts) -> bytes:
    return packed({**parts, "../../etc/cron.d/x": b"* * * * * root x", SHEET: b"<no sheet"})


def damaged(parts: Parts) -> bytes:
    whole = bytearray(packed(parts, ZIP_STORED))
    at = whole.index(b"sheetData")
    whole[at] ^= 0xFF
    return bytes(whole)


HOSTILE: list[tuple[Callable[[Parts], bytes], str]] = [
    (flat_bomb, text.TOO_HEAVY),
    (large_bomb, text.TOO_HEAVY),
    (nested_bomb, text.NESTED_ARCHIVE),
    (lying_about_size, text.BROKEN_WORKBOOK),
    (many_parts, text.too_many_parts(200)),
    (million_rows, text.TOO_HEAVY),
    (many_empty_rows, text.too_many_rows(20_000)),
    (twenty_thousand_rows_and_one, text.too_many_rows(20_000)),
    (far_corner, text.TOO_HEAVY),
    (wide, text.too_many_columns(100)),
    (shared_string_amplified, text.TOO_HEAVY),
    (macro, text.MACROS),
    (old_macro, text.MACROS),
    (linked, text.LINKED),
    (external_entity, text.SUSPICIOUS),
    (laughs, text.SUSPICIOUS),
    (cut_short, text.BROKEN_WORKBOOK),
    (another_archive, text.NOT_A_TABLE),
    (climbing, text.BROKEN_WORKBOOK),
    (damaged, text.BROKEN_WORKBOOK),
]


@pytest.mark.parametrize(("make", "said"), HOSTILE, ids=[make.__name__ for make, _ in HOSTILE])
def test_a_hostile_workbook_is_refused(
    tmp_path: Path, make: Callable[[Parts], bytes], said: str
) -> None:
    path = tmp_path / "members.xlsx"
    path.write_bytes(make(parts_of_a_good_one()))

    with pytest.raises(Unreadable) as refused:
        read(path)
    assert str(refused.value) == said
    assert [each.name for each in tmp_path.iterdir()] == ["members.xlsx"]


def test_the_good_one_they_are_made_of_is_read(tmp_path: Path) -> None:
    path = tmp_path / "members.xlsx"
    path.write_bytes(packed(parts_of_a_good_one()))
    assert read(path).columns == ("id", "name")  # type: ignore[union-attr]


def test_a_child_that_hangs_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "members.xlsx"
    path.write_bytes(packed(parts_of_a_good_one()))
    hanging = tmp_path / "hanging.py"
    hanging.write_text("import threading; threading.Event().wait()")
    monkeypatch.setattr(workbooks, "CHILD", hanging)
    monkeypatch.setattr(workbooks, "SECONDS_AT_MOST", 0.2)

    with pytest.raises(Unreadable) as refused:
        read(path)
    assert str(refused.value) == text.TOO_HEAVY


def test_limits_are_set_before_anything_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    limits: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(
        "python_calamine.load_workbook", lambda _: pytest.fail(f"opened with {limits}")
    )
    with pytest.raises(pytest.fail.Exception, match=str(opening.MEMORY)):
        opening.main("x.xlsx")
    assert limits[resource.RLIMIT_CPU] == (opening.CPU_SECONDS,) * 2


def test_a_packed_table_is_no_bomb() -> None:
    """What a tenth is for an honest table, and a hundredth for a bomb."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in range(13_000)
    )
    assert len(rows) / len(zlib.compress(rows)) < workbooks.RATIO_AT_MOST / 5
