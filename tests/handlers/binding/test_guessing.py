"""Whoever guesses at codes, and two who come with the same one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.binding import rules
from handlers.binding.actions.inviting import new_code
from storage.database import Database
from storage.invites import WrongCode
from storage.members import Account
from tests.handlers.binding.joining import invited, on_the_roster, rows
from tests.world import Talker, World


def test_brute_force_stops(branch: World) -> None:
    """45 accounts try six codes each: 225 are let try, 200 are looked up, the rest is refused.

    There are 6.3 × 10¹⁴ codes. Whoever always uses up the 200 tries of every hour makes 33,600
    in the seven days that a code lives; with 13,000 codes alive all the time, one of them is hit
    with a probability of 33,600 × 13,000 / 6.3 × 10¹⁴ = 7 × 10⁻⁷.
    """
    guests = [branch.stranger(f"guest{n}") for n in range(45)]
    for _ in range(6):
        heard = [branch.incoming(each.address, text=new_code()) for each in guests]
        last = [reply.text for reply in branch.answer(*heard)]

    assert rows(branch, WrongCode) == rules.TRIES_OF_ALL == 200
    assert all("10:00 之后再试" in each for each in last)

    on_the_roster(branch, "王芳")
    code = invited(branch, "王芳")
    assert branch.stranger("wang").says(code).startswith("现在试错的人太多，10:00 之后再试")
    branch.at("10:00:00")
    assert "同意并绑定" in branch.stranger("wang").says(code)


def test_five_tries_an_hour(branch: World) -> None:
    on_the_roster(branch, "王芳")
    code, guest = invited(branch, "王芳"), branch.stranger()

    for left in (4, 3, 2, 1):
        assert f"还可以试 {left} 次" in guest.says(new_code())
        branch.at(f"9:{30 - left}")
    assert "这一小时不能再试了" in guest.says(new_code())
    assert guest.says(code).startswith("试的次数多了，10:00 之后再试")
    assert "同意并绑定" in branch.stranger("another").says(code)
    branch.at("10:00")
    assert "同意并绑定" in guest.says(code)


@given(st.text(rules.ALPHABET, min_size=10, max_size=10))
def test_a_code_is_never_a_word_with_a_number(symbols: str) -> None:
    word_and_number = symbols[:5].isalpha() or symbols[5:].isdigit()

    assert rules.well_formed(symbols) == (not word_and_number)
    assert bool(re.fullmatch(rules.CODE_ALONE, symbols)) == (not word_and_number)
    assert (rules.code_in(rules.spaced(symbols).lower()) == symbols) == (not word_and_number)


def test_a_new_code_is_well_formed() -> None:
    assert all(rules.well_formed(new_code()) for _ in range(500))


@pytest.mark.parametrize("words", ["daka 482653", "qiandao 482", "abcdefghjk"])
def test_other_words_are_no_codes(branch: World, words: str) -> None:
    assert "邀请码" not in branch.stranger().says(words).partition("先绑定一下身份")[0]
    assert rows(branch, WrongCode) == 0


@contextmanager
def another(url: str) -> Iterator[World]:
    database = Database(url)
    yield World(database)
    database.close()


def test_of_two_with_one_code_one_wins(branch: World, database_url: str) -> None:
    """Each on its own connections, as two processes would."""
    with another(database_url) as elsewhere:
        for n in range(5):
            on_the_roster(branch, f"王{n}")
            code = invited(branch, f"王{n}")
            guests = [branch.stranger(f"here{n}"), elsewhere.stranger(f"there{n}")]
            elsewhere._ids = iter(range(10_000 + 100 * n, 20_000))  # type: ignore[assignment]
            for each in guests:
                assert "同意并绑定" in each.says(code)
            answers = at_once(guests, "同意")
            assert sorted(each[:4] for each in answers) == sorted([f"王{n}，您", "这个码已"])
    assert rows(branch, Account) == 1 + 5


def at_once(talkers: list[Talker], words: str) -> list[str]:
    gate, answers = Barrier(len(talkers)), []

    def say(talker: Talker) -> None:
        gate.wait()
        answers.append(talker.says(words))

    threads = [Thread(target=say, args=[each]) for each in talkers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
