"""Named shares as bars, to be read on a small phone."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

TYPE = Path(__file__).with_name("NotoSansSC.otf")
WIDTH, MARGIN, ROW, BAR = 720, 40, 84, 18
TITLE, TEXT, SMALL = 40, 30, 24
"""Pixels."""
PAPER, INK, FAINT, RED, TRACK = "#fffdf8", "#2b2622", "#8c837a", "#b3261e", "#efe7dc"
ROWS_AT_MOST = 12


class Bar(NamedTuple):
    name: str
    percent: int
    """0 to 100."""
    note: str = ""


def bars(title: str, subtitle: str, rows: Sequence[Bar], small_print: str) -> bytes:
    """A PNG. Rows beyond `ROWS_AT_MOST` are left out: say the same in words."""
    from PIL import Image, ImageDraw  # 30 ms that only those who draw need

    shown = rows[:ROWS_AT_MOST]
    height = 2 * MARGIN + 120 + ROW * len(shown) + 40
    image = Image.new("RGB", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN, MARGIN), fitting(title, TITLE), INK, type_of(TITLE))
    draw.text((MARGIN, MARGIN + 58), fitting(subtitle, SMALL), FAINT, type_of(SMALL))
    for at, row in enumerate(shown):
        draw_row(draw, MARGIN + 120 + ROW * at, row)
    draw.text((MARGIN, height - MARGIN - 24), fitting(small_print, SMALL), FAINT, type_of(SMALL))
    out = io.BytesIO()
    few = image.quantize(32, method=Image.Quantize.FASTOCTREE)
    few.save(out, "PNG", compress_level=3)
    return out.getvalue()


def draw_row(draw: "ImageDraw.ImageDraw", top: int, row: Bar) -> None:
    right = WIDTH - MARGIN
    figure = f"{row.percent}%  {row.note}".rstrip()
    wide = draw.textlength(figure, type_of(SMALL))
    name = fitting(row.name, TEXT, right - MARGIN - wide - 20)
    draw.text((MARGIN, top), name, INK, type_of(TEXT))
    draw.text((right - wide, top + 6), figure, FAINT, type_of(SMALL))
    y = top + 46
    draw.rounded_rectangle((MARGIN, y, right, y + BAR), BAR / 2, TRACK)
    if row.percent > 0:
        end = MARGIN + max(BAR, (right - MARGIN) * min(100, row.percent) / 100)
        draw.rounded_rectangle((MARGIN, y, end, y + BAR), BAR / 2, RED)


def fitting(words: str, size: int, width: float = WIDTH - 2 * MARGIN) -> str:
    """Cut with … where it would run over the edge."""
    font = type_of(size)
    if font.getlength(words) <= width:
        return words
    while words and font.getlength(words + "…") > width:
        words = words[:-1]
    return words + "…"


@cache
def type_of(size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(TYPE), size, layout_engine=ImageFont.Layout.BASIC)
