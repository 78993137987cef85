"""Pictures in chat: real PNGs, with type for every character that can be written."""

import io

import pytest
from PIL import Image

from bot.pictures import Bar, bars
from bot.pictures.bars import ROWS_AT_MOST, WIDTH, fitting, type_of

ROWS = [Bar("消防安全", 92, "8 题"), Bar("公文与档案", 0, "3 题"), Bar("组织工作程序", 100, "1 题")]


def opened(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture))
    assert image.format == "PNG"
    return image


def test_it_is_small_and_readable() -> None:
    picture = bars("我的学习进度", "学过 12 题，到明天大约还记得 84%。", ROWS, "只有您自己看得到。")
    assert opened(picture).width == WIDTH
    assert len(picture) < 60_000


def test_what_is_written_shows() -> None:
    """A character without a shape would leave the paper as it was, or look like any other."""
    shapes = {
        char: type_of(40).getmask(char).getbbox() and bytes(type_of(40).getmask(char))
        for char in "火警正确率进度题％%0189Aa。，「」喆镕䶮㛃𠅤"
    }
    assert all(shapes.values())
    assert len(set(shapes.values())) == len(shapes)


@pytest.mark.parametrize("count", [0, 1, ROWS_AT_MOST, ROWS_AT_MOST + 5])
def test_any_number_of_rows(count: int) -> None:
    opened(bars("题", "", [Bar("主题" * 30, 150, "x")] * count, ""))


def test_long_words_are_cut_at_the_edge() -> None:
    cut = fitting("组织工作程序" * 30, 30)
    assert cut.endswith("…")
    assert type_of(30).getlength(cut) <= WIDTH
