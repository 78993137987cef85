"""The console in its process: loaded once, beside the loop, and before who is expected."""

import asyncio
from threading import current_thread, main_thread
from typing import Any, cast

import pytest

from bot import clock
from bot.lazy_console import LazyConsole
from storage import console
from storage.console import Inside
from storage.database import Database
from tests.world import World


class Made:
    """Stands in for the console."""

    def __init__(self) -> None:
        self.visitors = 0
        self.beside = current_thread() is not main_thread()

    def warm(self) -> None:
        pass

    async def __call__(self, *_: object) -> None:
        self.visitors += 1


class House:
    def __init__(self, fail: int = 0) -> None:
        self.made: list[Made] = []
        self.fail = fail
        self.console = LazyConsole(cast(Any, self.make))

    def make(self) -> Made:
        if self.fail:
            self.fail -= 1
            raise OSError("no key")
        self.made.append(Made())
        return self.made[-1]

    async def visit(self) -> None:
        await self.console({}, cast(Any, None), cast(Any, None))


async def test_it_is_loaded_once_for_whoever_comes_at_once() -> None:
    house = House()

    await asyncio.gather(house.visit(), house.visit())
    await house.visit()

    assert [(made.visitors, made.beside) for made in house.made] == [(3, True)]


async def test_after_it_failed_the_next_visitor_tries_again() -> None:
    house = House(fail=1)

    with pytest.raises(OSError, match="no key"):
        await house.visit()
    await house.visit()

    assert [made.visitors for made in house.made] == [1]


async def test_it_is_there_before_somebody_who_is_in_comes_back(world: World) -> None:
    database: Database = world.database
    nobody, somebody = House(), House()
    nobody.console.expect(database)
    world.member("甲")
    with database.unit_of_work() as db:
        console.begin(db, Inside("digest", "甲", "", clock.now(), clock.now(), ""))

    somebody.console.expect(database)
    await somebody.console.loading()

    assert (len(nobody.made), len(somebody.made)) == (0, 1)
