"""What the README shows of study is what happens, in a real browser: five questions today, their
explanations, and tomorrow those first that were not known.

The options stand in another order each time; so the letters of the README mean its options, and
these are what is answered and compared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from bot import clock
from tests.platforms.webchat.first_day import Running, be

README = Path(__file__).parents[3] / "README.md"
BLOCK = re.compile(
    r"<!-- study -->\n```text\n(?P<today>.*?)\n\n第二天\n(?P<tomorrow>.*?)\n```", re.S
)
OPTION = re.compile(r"^([A-F]) (.+)$", re.M)
WHO, NAME = "M005", "钱五"


@dataclass(frozen=True)
class Turn:
    says: str
    hears: str


def turns(script: str) -> Iterator[Turn]:
    for each in script.removeprefix("> ").split("\n> "):
        says, _, hears = each.partition("\n")
        yield Turn(says, hears)


def meant(words: str) -> list[str]:
    """Without letters, and the options in one order: what is the same for everybody."""
    words = re.sub(r"(对了|答案是)：[A-F]+ ", r"\1：", words)
    lines = [line for line in words.splitlines() if line and not line.startswith("［")]
    options = sorted(found[2] for line in lines if (found := OPTION.match(line)))
    return [line for line in lines if not OPTION.match(line)] + options


def translated(says: str, in_readme: str, here: str) -> str:
    """The letter under which the same option stands here."""
    option = dict(OPTION.findall(in_readme)).get(says)
    return next((letter for letter, each in OPTION.findall(here) if each == option), says)


def exchange(page: Page, words: str) -> str:
    answered = page.locator(".theirs")
    before = answered.count()
    page.fill("#words", words)
    page.press("#words", "Enter")
    expect(answered).to_have_count(before + 1)
    return answered.last.inner_text()


def test_the_readme_of_study(chromium: Browser, running: Running) -> None:
    found = BLOCK.search(README.read_text("utf-8"))
    assert found
    today, tomorrow = list(turns(found["today"])), list(turns(found["tomorrow"]))
    assert sum(each.hears.startswith("【") for each in today) == 5
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(running.url)
    be(page, NAME)
    expect(page.locator(".theirs").last).to_contain_text("欢迎回来")
    shown = here = ""
    for turn in today:
        here, shown = exchange(page, translated(turn.says, shown, here)), turn.hears
        assert_same(here, turn.hears)
    context.close()

    at = (clock.now() + timedelta(days=1)).replace(hour=9, minute=0, tzinfo=None)
    for turn in tomorrow:
        says = translated(turn.says, shown, here)
        here, shown = running.say(WHO, at.isoformat(timespec="minutes"), says), turn.hears
        assert_same(here, turn.hears)


def assert_same(here: str, in_readme: str) -> None:
    assert [line for line in meant(here) if line in meant(in_readme)] == meant(in_readme), here
