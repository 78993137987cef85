"""Bringing a letter to the pages that are open.

A page asks and waits (long polling): no proxy, however old, holds such an answer back, as some
do with event streams. With its next question it names the letters it has; only then they count
as sent. A letter that comes twice is recognised by its key, so a failed sending is never
uncertain.
"""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.messages import NotThere

Letter = dict[str, Any]


class NotNow(Exception):
    """The page cannot be kept waiting; it may ask again after so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"not for {seconds} s")
        self.seconds = seconds


@dataclass
class Line:
    """One open page."""

    letters: dict[str, Letter] = field(default_factory=dict)
    """Said, and not yet confirmed."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    question: int = 0
    """Counts the page's questions: a newer one ends the one that waits."""


@dataclass(kw_only=True)
class Lines:
    """Every open page of every visitor."""

    hold: float = 25.0
    """Seconds a question waits: less than the 30 or 60 after which proxies give up."""
    grace: float = 5.0
    """Seconds between two questions in which a page still counts as open."""
    confirm: float = 5.0
    """Seconds in which a page must have said that it has a letter."""
    most: int = 500
    """Pages at once: each holds one of the server's connections, which answers need too."""
    most_each: int = 8

    asked: Callable[[str], None] | None = None
    """Told whose page asks, each time it does: what another process could not bring waits here."""

    open: int = field(default=0, init=False)
    """How many there are now."""
    _of: dict[str, dict[str, Line]] = field(default_factory=dict, init=False)
    _waiting: dict[tuple[str, str], asyncio.Future[None]] = field(default_factory=dict, init=False)
    _closed: bool = field(default=False, init=False)

    async def wait(self, user: str, tab: str, got: Collection[str]) -> list[Letter]:
        """The letters for this page, as soon as there are any; none after `hold` seconds.

        `NotNow` when too many wait already, or when we are about to stop.
        """
        if self._closed:
            raise NotNow(3)
        line = self._line(user, tab)
        if self.asked:
            self.asked(user)
        for key in got:
            self._confirmed(user, key)
        line.question += 1
        line.changed.set()  # ends an older question of the same page
        mine = line.question
        line.changed.clear()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.hold):
                    while not (line.letters or line.question != mine or self._closed):
                        await line.changed.wait()
                        line.changed.clear()
        finally:
            loop = asyncio.get_running_loop()
            loop.call_later(self.grace, self._forget, user, tab, line, mine)
        return list(line.letters.values()) if line.question == mine else []

    async def say(self, user: str, key: str, letter: Letter) -> None:
        """Returns when a page has it, or raises `NotThere`: it may be told later."""
        lines = self._of.get(user)
        if not lines:
            raise NotThere("no page is open", retry_after=timedelta(minutes=1))
        has_it = self._waiting.setdefault((user, key), asyncio.get_running_loop().create_future())
        for line in lines.values():
            line.letters[key] = letter
            line.changed.set()
        try:
            async with asyncio.timeout(self.confirm):
                await asyncio.shield(has_it)
        except TimeoutError:
            raise NotThere("no page confirmed it", retry_after=timedelta(minutes=1)) from None
        finally:
            self._withdraw(user, key)

    def close(self) -> None:
        """Let every waiting question go, so that the server can stop."""
        self._closed = True
        for lines in self._of.values():
            for line in lines.values():
                line.changed.set()

    def _line(self, user: str, tab: str) -> Line:
        lines = self._of.get(user, {})
        if tab in lines:
            return lines[tab]
        if self.open >= self.most or len(lines) >= self.most_each:
            raise NotNow(30)
        self.open += 1
        return self._of.setdefault(user, lines).setdefault(tab, Line())

    def _confirmed(self, user: str, key: str) -> None:
        has_it = self._waiting.get((user, key))
        if has_it is not None and not has_it.done():
            has_it.set_result(None)
        self._withdraw(user, key)

    def _withdraw(self, user: str, key: str) -> None:
        self._waiting.pop((user, key), None)
        for line in self._of.get(user, {}).values():
            line.letters.pop(key, None)

    def _forget(self, user: str, tab: str, line: Line, question: int) -> None:
        lines = self._of.get(user, {})
        if lines.get(tab) is not line or line.question != question:
            return  # it has asked again
        del lines[tab]
        self.open -= 1
        if not lines:
            del self._of[user]
