"""A paper as PDF, with its type embedded: what is seen here is what is printed there.

It is set in the type that is brought along for pictures; the faces of GB/T 9704 cannot be brought
along, and are those of the .docx. The bytes depend on the paper and on nothing else.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.files import breaking
from bot.files.papers import Grid, Heading, Paper, Paragraph, numbered
from bot.files.text import GETA, addressed

if TYPE_CHECKING:
    from fpdf import FPDF

TYPE = Path(__file__).parents[1] / "pictures" / "NotoSansSC.otf"
"""The type of the pictures."""
FACE = "zhibu"
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
"""Millimetres."""
TITLE, TEXT, PAGE, SMALL = 22, 16, 14, 9
"""Points."""
ENDING = 3
"""Lines: a gap, who signs, and when. They never stand on a page of their own."""
LINE = 28 * 25.4 / 72
"""28 points in millimetres."""


def as_pdf(paper: Paper, made: datetime) -> bytes:
    pdf = begun(paper, made)
    known = pdf.fonts[FACE].cmap  # type: ignore[union-attr]

    def safe(words: str) -> str:
        return "".join(c if ord(c) in known else GETA for c in words)

    pdf.add_page()
    pdf.set_font(FACE, size=TITLE)
    pdf.multi_cell(0, LINE * 1.25, safe(paper.title), align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(LINE / 2)
    pdf.set_font(FACE, size=TEXT)
    if paper.addressee:
        put(pdf, safe(addressed(paper.addressee)), indent=False)
    for block in numbered(paper.blocks):
        match block:
            case Heading(_, words):
                if pdf.will_page_break(2 * LINE):  # never the last of a page
                    pdf.add_page()
                put(pdf, safe(words))
            case Paragraph(words):
                together = ENDING if block is paper.blocks[-1] else 0
                put(pdf, safe(words), together=together)
            case Grid(columns, rows):
                table(pdf, [[safe(cell) for cell in row] for row in (columns, *rows)])
    pdf.ln(LINE)
    for words in (paper.signer, paper.dated):
        pdf.cell(0, LINE, f"{safe(words)}{' ' * 8}", align="R", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def begun(paper: Paper, made: datetime) -> "FPDF":
    from fpdf import FPDF  # a second that only those who print need

    class Numbered(FPDF):
        def footer(self) -> None:
            self.set_y(-BOTTOM + 7)
            self.set_font(FACE, size=PAGE)
            side: Any = "R" if self.page_no() % 2 else "L"
            self.cell(0, 5, f"— {self.page_no()} —", align=side)

    pdf = Numbered(format="A4", unit="mm")
    pdf.set_margins(LEFT, TOP, RIGHT)
    pdf.set_auto_page_break(True, BOTTOM)
    pdf.add_font(FACE, fname=TYPE)
    pdf.set_creation_date(made.replace(microsecond=0))
    pdf.set_title(paper.title)
    pdf.set_lang("zh-CN")
    return pdf


def put(pdf: "FPDF", words: str, *, indent: bool = True, together: int = 0) -> None:
    """On one page with so many lines that follow; 0: however it comes."""
    pdf.set_font(FACE, size=TEXT)
    said = f"\u3000\u3000{words}" if indent else words
    broken = list(breaking.lines(said, lambda line: pdf.get_string_width(line) <= pdf.epw))
    if together and pdf.will_page_break((len(broken) + together) * LINE):
        pdf.add_page()
    for each in broken:
        pdf.cell(0, LINE, each, new_x="LMARGIN", new_y="NEXT")


def table(pdf: "FPDF", rows: list[list[str]]) -> None:
    """The head of it on every page."""
    pdf.set_font(FACE, size=SMALL)
    from fpdf.fonts import FontFace

    by: Any = "CHAR"
    numbers = len(rows[0]) - 1
    widths, sides = (3, *[2] * numbers), ("LEFT", *["CENTER"] * numbers)
    with pdf.table(
        col_widths=widths, line_height=5, text_align=sides, wrapmode=by, padding=1,
        headings_style=FontFace(), v_align="MIDDLE",
    ) as made:  # fmt: skip
        for row in rows:
            made.row(row)
    pdf.set_font(FACE, size=TEXT)
