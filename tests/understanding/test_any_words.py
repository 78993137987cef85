"""What must hold of any words at all: no exception, no slow case."""

import sys
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import Understander
from bot.understanding.normal import LONGEST, normalise, plain_of
from tests.understanding.conftest import hear
from tests.understanding.measuring import CORPUS, read

HOSTILE = [
    "",
    "单周星期",
    " ",
    "\n",
    "？",
    "。" * 300,
    "签" * 5000,
    "不是" * 500,
    "，" * 500,
    "第" * 400 + "题",
    "9" * 2000,
    "一" * 2000,
    "a" * 2000,
    "qiandao" * 300,
    "选" + "a" * 500,
    "提醒我" * 200,
    "「" * 500,
    "（" * 999 + "签到",
    "\u0000签\u200b到",
    "\ud800",
    "👨‍👩‍👧‍👦" * 99,
    "𠮷𠮷𠮷",
    "‮签到",
    "'; drop table members; --",
    "{time} {person}",
    "<script>签到</script>",
    "%s%n" * 50,
    "通知：" + "请假" * 400,
    "f05" * 300,
    "导出" + "表" * 800,
    "周五" * 300,
    "半" * 900,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_take_no_longer_than_others(understander: Understander, text: str) -> None:
    assert work(lambda: hear(understander, text)) < MOST_WORK


@given(st.text(max_size=80))
def test_any_words_have_a_confidence_and_the_same_meaning_twice(
    understander: Understander, text: str
) -> None:
    heard = hear(understander, text)
    assert 0 <= heard.confidence <= 1
    assert heard == hear(understander, text)


def test_ten_thousand_shuffled_messages(understander: Understander) -> None:
    """Our own words in any order are the hardest: everything matches a little."""
    random, rows = Random(5), read(CORPUS / "dev.csv")
    for number in range(10_000):
        pieces = [random.choice(rows).text for _ in range(random.randint(1, 4))]
        text = "".join(pieces)[: 64 if number % 16 == 0 else 12]
        if random.random() < 0.5:
            text = "".join(random.sample(text, len(text)))
        assert hear(understander, text).confidence <= 1


def test_what_comes_after_the_longest_costs_nothing(understander: Understander) -> None:
    text = "通知：" + "请大家周五前交材料，" * 200
    assert work(lambda: hear(understander, text)) < 1.2 * work(
        lambda: hear(understander, text[: LONGEST + 1])
    )


MOST_WORK = 150_000


"""Function calls for one message, Python's and C's: a bound that no slow machine can break."""


def work(act: Callable[[], object]) -> int:
    calls = 0

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    act()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return calls


@given(st.text(st.sampled_from("啊張三王·aB9 嗯\u3000，李Ｚ")) | st.text())
def test_a_name_is_respelt_as_any_words_are(name: str) -> None:
    assert plain_of(name) == normalise(name).plain
