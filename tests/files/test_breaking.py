"""Where a line of Chinese may end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.breaking import NOT_FIRST, NOT_LAST, lines


def broken(words: str, width: int) -> list[str]:
    return list(lines(words, lambda line: len(line) <= width))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("一二三四五六", ["一二三四", "五六"]),
        ("一二三四，五六", ["一二三", "四，五六"]),
        ("一二三四。", ["一二三", "四。"]),
        ("一二三（四）五", ["一二三", "（四）五"]),
        ("一二三》」，四", ["一二", "三》」，", "四"]),
        ("占2026%了", ["占", "2026%", "了"]),
        ("第2026年", ["第", "2026", "年"]),
        ("", [""]),
        ("，，，，，，", ["，，，，", "，，"]),
    ],
)
def test_where_it_ends(words: str, found: list[str]) -> None:
    width = 5 if "%" in words else 4
    assert broken(words, width) == found


@given(st.text("一二（）《》，。a1 ", max_size=60), st.integers(3, 12))
def test_nothing_is_lost_and_every_line_fits(words: str, width: int) -> None:
    found = broken(words, width)

    assert "".join(found) == words
    assert all(len(line) <= width or line.strip("a1") == "" for line in found)


@given(st.text("一二三（，。", max_size=60))
def test_marks_stand_where_they_belong(words: str) -> None:
    for line, following in zip(found := broken(words, 6), found[1:], strict=False):
        if set(line) - NOT_FIRST - NOT_LAST and set(following) - NOT_FIRST:
            odd = line[-1] in NOT_LAST or following[0] in NOT_FIRST
            assert not odd or set(line[1:]) <= NOT_FIRST | NOT_LAST
