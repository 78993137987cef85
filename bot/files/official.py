"""A paper as .docx in the layout of official documents (GB/T 9704): A4, margins of 37, 35, 28 and
26 mm, title 小标宋 of size 2, text 仿宋 of size 3 on 28 points, pages numbered — 1 —.

The type itself is on the machine that prints. The bytes depend on the paper and on nothing else.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.files.papers import Grid, Heading, Paper, Paragraph, numbered
from bot.files.text import FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG, addressed

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Line

TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
"""Millimetres."""
SIZE_2, SIZE_3, SIZE_4, SMALL = 22.0, 16.0, 14.0, 10.5
PITCH = 28.0
NAME = 2
"""As many columns of numbers is the column of names wide."""
"""Points."""
FACES = {1: HEITI, 2: KAITI, 3: FANGSONG, 4: FANGSONG}
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EPOCH = (1980, 1, 1, 0, 0, 0)


def as_docx(paper: Paper, made: datetime) -> bytes:
    import docx  # a third of a second that only those who print need
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    lay_out(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = paper.title, paper.signer, ""
    properties.created = properties.modified = made.replace(tzinfo=None, microsecond=0)
    title = line(document, paper.title, XIAOBIAOSONG, SIZE_2, indent=0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line(document, "", FANGSONG, SIZE_3)
    if paper.addressee:
        line(document, addressed(paper.addressee), FANGSONG, SIZE_3, indent=0)
    for block in numbered(paper.blocks):
        match block:
            case Heading(level, words):
                headed = line(document, words, FACES[level], SIZE_3)
                headed.paragraph_format.keep_with_next = True
            case Paragraph(words):
                line(document, words, FANGSONG, SIZE_3)
            case Grid():
                document.element.body.insert(-1, grid(block))
    *_, last = document.paragraphs
    held = [last, line(document, "", FANGSONG, SIZE_3)]
    for words in (paper.signer, paper.dated):
        ending = line(document, words, FANGSONG, SIZE_3, indent=0, right=4)
        ending.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        held.append(ending)
    for each in held[:-1]:  # no signature on a page of its own
        each.paragraph_format.keep_with_next = each.paragraph_format.keep_together = True
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def lay_out(document: "Document") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - 7)  # the number stands 7 mm below the text
    normal = document.styles["Normal"]
    typed(normal.font, normal.element.get_or_add_rPr(), FANGSONG, SIZE_3)
    normal.paragraph_format.space_after = Pt(0)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        foot = footer.paragraphs[0]
        foot.alignment = side
        foot.paragraph_format.left_indent = foot.paragraph_format.right_indent = Pt(SIZE_4)
        paged(foot)


def typed(font: Any, properties: Any, face: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    font.name, font.size = face, Pt(size)
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), face)


def line(
    document: "Document", words: str, face: str, size: float, *, indent: int = 2, right: int = 0
) -> "Line":
    """A paragraph; indents are in characters."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    made = document.add_paragraph()
    form = made.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH)
    if indent:
        form.first_line_indent = Pt(indent * size)
    if right:
        form.right_indent = Pt(right * size)
    run = made.add_run(words)
    typed(run.font, run._element.get_or_add_rPr(), face, size)
    return made


def paged(foot: "Line") -> None:
    """— 1 —"""
    from docx.oxml import parse_xml

    for part in ("— ", "PAGE", " —"):
        run = foot.add_run("" if part == "PAGE" else part)
        typed(run.font, run._element.get_or_add_rPr(), SONGTI, SIZE_4)
        if part == "PAGE":
            for each in (
                '<w:fldChar {} w:fldCharType="begin"/>',
                '<w:instrText {} xml:space="preserve"> PAGE </w:instrText>',
                '<w:fldChar {} w:fldCharType="end"/>',
            ):
                run._element.append(parse_xml(each.format(W)))


def grid(block: Grid) -> Any:
    """Written as XML: the package's own way takes the square of the number of rows."""
    from docx.oxml import parse_xml

    return parse_xml(f"<w:tbl {W}>{''.join(table_parts(block))}</w:tbl>")


def table_parts(block: Grid) -> Iterator[str]:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    wide = widths(len(block.columns))
    yield f'<w:tblPr><w:tblW w:w="{sum(wide)}" w:type="dxa"/>'
    yield f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    yield '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
    yield "</w:tblCellMar></w:tblPr>"
    columns = "".join(f'<w:gridCol w:w="{each}"/>' for each in wide)
    yield f"<w:tblGrid>{columns}</w:tblGrid>"
    yield row(block.columns, wide, "<w:cantSplit/><w:tblHeader/>")
    for each in block.rows:
        yield row(each, wide, "<w:cantSplit/>")


def widths(columns: int) -> list[int]:
    """Twentieths of a point, the width of the text in all: whose row it is needs room for its
    name, a number for few figures."""
    text = round((210 - LEFT - RIGHT) * 72 / 25.4 * 20)
    number = min(text // (columns + NAME - 1), text // 5)
    return [text - number * (columns - 1), *[number] * (columns - 1)]


def row(cells: Sequence[str], wide: Sequence[int], properties: str) -> str:
    """Names from the left, numbers and heads in the middle."""
    form = (
        f'<w:rPr><w:rFonts w:ascii="{FANGSONG}" w:hAnsi="{FANGSONG}" w:eastAsia="{FANGSONG}"/>'
        f'<w:sz w:val="{int(2 * SMALL)}"/></w:rPr>'
    )
    sides = ["center" if at or "tblHeader" in properties else "left" for at in range(len(cells))]
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{side}"/></w:pPr><w:r>{form}'
        f'<w:t xml:space="preserve">{escape(cell)}</w:t></w:r></w:p></w:tc>'
        for cell, width, side in zip(cells, wide, sides, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def without_clock(packed: bytes) -> bytes:
    """The same archive; when it was packed stands nowhere in it."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(packed)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
