"""Official papers, looked at by packages that others wrote."""

import io
from collections.abc import Callable
from datetime import datetime

import docx
import openpyxl
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as Line
from openpyxl.utils.escape import unescape
from pypdf import PdfReader

from bot.clock import HOME
from bot.files.official import as_docx
from bot.files.papers import Grid, Heading, Paper, Paragraph, lines
from bot.files.printed import as_pdf
from bot.files.sheets import Sheet, as_sheets
from tests.files.test_writing import FORMULAS

NOW = datetime(2026, 10, 9, 10, 0, tzinfo=HOME)
PAPER = Paper(
    "关于2026年第三季度组织生活情况的通报",
    "各党支部",
    [
        Heading(1, "总体情况"),
        Heading(2, "开展活动"),
        Paragraph("共2场。"),
        Heading(2, "到会"),
        Heading(3, "应到"),
        Heading(4, "免到"),
        Heading(4, "请假"),
        Heading(1, "各支部情况"),
        Heading(2, "列表"),
        Grid(("支部", "到会"), [(f"第{n}党支部", "3／4") for n in range(60)]),
    ],
    "市直机关工委",
    "2026年10月9日",
)


def test_parts_are_numbered_as_the_standard_has_it() -> None:
    found = list(lines(PAPER))

    for words in (
        "一、总体情况",
        "（一）开展活动",
        "（二）到会",
        "1.应到",
        "（1）免到",
        "（2）请假",
    ):
        assert words in found
    assert found.index("二、各支部情况") + 1 == found.index("（一）列表")


def test_the_layout_of_the_document() -> None:
    document = docx.Document(io.BytesIO(as_docx(PAPER, NOW)))
    [section] = document.sections

    size = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in size if each] == [210, 297]
    assert [round(each.mm) for each in margins if each] == [37, 35, 28, 26]
    title, _, addressee, first, second, body, *_ = document.paragraphs
    assert title.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert (face(title), title.runs[0].font.size) == ("方正小标宋简体", Pt(22))
    assert [face(each) for each in (first, second, body)] == ["黑体", "楷体_GB2312", "仿宋_GB2312"]
    assert {each.runs[0].font.size for each in (addressee, first, second, body)} == {Pt(16)}
    assert all(each.paragraph_format.line_spacing == Pt(28) for each in document.paragraphs)
    assert body.paragraph_format.first_line_indent == Pt(32)
    assert document.paragraphs[-1].text == "2026年10月9日"


def face(paragraph: Line) -> str:
    """By which Chinese is set."""
    [fonts] = paragraph.runs[0]._element.iter(qn("w:rFonts"))
    return str(fonts.get(qn("w:eastAsia")))


def test_pages_are_numbered_on_the_outer_side() -> None:
    document = docx.Document(io.BytesIO(as_docx(PAPER, NOW)))
    [section] = document.sections

    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        assert footer.paragraphs[0].alignment == side
        assert " PAGE " in footer._element.xml
        assert footer.paragraphs[0].text.replace(" ", "") == "——"
    assert section.footer_distance
    assert round(section.footer_distance.mm) == 28


def test_the_head_of_the_table_is_on_every_page() -> None:
    document = docx.Document(io.BytesIO(as_docx(PAPER, NOW)))
    [table] = document.tables

    assert len(table.rows) == 61
    head = table.rows[0]._tr.trPr
    assert head is not None
    assert head.find(qn("w:tblHeader")) is not None
    assert document.element.body[-1].tag == qn("w:sectPr")


def test_print_has_its_type_in_it() -> None:
    pages = PdfReader(io.BytesIO(as_pdf(PAPER, NOW))).pages
    said = "".join(page.extract_text() for page in pages)
    said = "".join(char for char in said if char > " ")

    assert "关于2026年第三季度组织生活情况的通报" in said
    assert "第59党支部" in said
    assert "—1—" in said
    assert len(pages) > 2
    assert [round(float(each)) for each in pages[0].mediabox[2:]] == [595, 842]
    fonts = pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert all("/DescendantFonts" in fonts[name].get_object() for name in fonts)


def test_a_character_without_a_shape_is_seen_to_be_one() -> None:
    paper = Paper("𠀀", "", [], "工委", "")
    assert "〓" in PdfReader(io.BytesIO(as_pdf(paper, NOW))).pages[0].extract_text()


@pytest.mark.parametrize("make", [as_docx, as_pdf])
def test_the_same_paper_is_the_same_bytes(make: Callable[[Paper, datetime], bytes]) -> None:
    assert make(PAPER, NOW) == make(PAPER, NOW)


def test_no_cell_is_a_formula() -> None:
    body = as_sheets([Sheet("表", ("甲", "数"), [(each, 7) for each in FORMULAS])], NOW)
    page = openpyxl.load_workbook(io.BytesIO(body))["表"]

    for row, said in zip(page.iter_rows(min_row=2), FORMULAS, strict=True):
        assert (row[0].data_type, unescape(str(row[0].value))) == ("s", said)
        assert (row[1].data_type, row[1].value) == ("n", 7)
    assert not any(cell.hyperlink for row in page.iter_rows() for cell in row)
