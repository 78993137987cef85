"""What the writer promises, with a batch that is as unlucky as we like."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from threading import Event

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from storage.database import Database, Session
from storage.organisation import Organisation
from storage.writer import LookFirst, Writer


class Names:
    """Stores each name as an organisation; «bad» breaks the batch that it is in, and «many» has
    to be looked up first."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.batches: list[list[str]] = []
        self.go, self.begun = Event(), Event()
        self.found, self.looking = Event(), Event()
        self.writer = Writer(database, self.store, whose=lambda name: name[0])

    def store(self, db: Session, names: Sequence[str]) -> list[str | LookFirst[str]]:
        self.batches.append(list(names))
        self.begun.set()
        self.go.wait(10)
        for name in names:
            if name.endswith("many"):
                continue
            db.add(Organisation(id=name, name=name, kind="branch"))
            if name == "bad":
                raise RuntimeError(name)
            if name == "rival" and sum("rival" in batch for batch in self.batches) < 3:
                raise OperationalError("deadlock", {}, RuntimeError())
        return [
            LookFirst(partial(self.look, name=name)) if name.endswith("many") else name.upper()
            for name in names
        ]

    def look(self, db: Session, name: str) -> str:
        self.looking.set()
        self.found.wait(10)
        if name == "too many":
            raise RuntimeError(name)
        return f"{name[0]}{len(db.exec(select(Organisation.id)).all())}"

    async def ask_all(self, *names: str) -> list[str | BaseException]:
        """In one batch: the writer is busy with another until all have arrived."""
        first = self.writer.ask("-first")
        await asyncio.to_thread(self.begun.wait, 10)
        asking = [self.writer.ask(name) for name in names]
        self.go.set()
        await first
        return await asyncio.gather(*asking, return_exceptions=True)

    def stored(self) -> list[str]:
        with self.database.unit_of_work() as db:
            return list(db.exec(select(Organisation.id).order_by(col(Organisation.id))))


@pytest.fixture
def names(database: Database) -> Iterator[Names]:
    names = Names(database)
    yield names
    names.go.set()
    names.found.set()
    names.writer.close()


def test_what_waits_is_one_batch(names: Names) -> None:
    assert asyncio.run(names.ask_all("ann", "bob", "cid")) == ["ANN", "BOB", "CID"]
    assert names.batches == [["-first"], ["ann", "bob", "cid"]]


def test_nobody_is_twice_in_a_batch(names: Names) -> None:
    asyncio.run(names.ask_all("ann", "bob", "ann 2", "ann 3"))

    assert names.batches[1:] == [["ann", "bob"], ["ann 2"], ["ann 3"]]


def test_a_batch_that_breaks_is_done_one_by_one(names: Names) -> None:
    ann, bad, cid = asyncio.run(names.ask_all("ann", "bad", "cid"))

    assert (ann, cid) == ("ANN", "CID")
    assert isinstance(bad, RuntimeError)
    assert names.stored() == ["-first", "ann", "cid"]


def test_who_loses_against_a_rival_is_tried_again(names: Names) -> None:
    assert asyncio.run(names.ask_all("rival")) == ["RIVAL"]
    assert names.batches[1:] == [["rival"]] * 3


def test_who_asks_may_give_up(names: Names) -> None:
    async def impatient() -> None:
        ann = names.writer.ask("ann")
        ann.cancel()
        names.go.set()
        await names.writer.ask("bob")

    asyncio.run(impatient())

    assert names.stored() == ["ann", "bob"]


def test_closing_finishes_what_waits(database: Database) -> None:
    names = Names(database)
    names.go.set()

    async def ask_and_close() -> str:
        asking = names.writer.ask("ann")
        await asyncio.to_thread(names.writer.close)
        return await asking

    assert asyncio.run(ask_and_close()) == "ANN"


def test_what_has_to_be_looked_up_holds_up_nobody_else(names: Names) -> None:
    async def ask() -> list[str]:
        names.go.set()
        many = names.writer.ask("many")
        await asyncio.to_thread(names.looking.wait, 10)
        after = names.writer.ask("m after")
        ann = await names.writer.ask("ann")
        names.found.set()
        return [ann, await many, await after]

    assert asyncio.run(ask()) == ["ANN", "M1", "M AFTER"]
    assert names.batches == [["many"], ["ann"], ["m1"], ["m after"]]


def test_what_cannot_be_looked_up_is_an_error_and_the_next_is_heard(names: Names) -> None:
    async def ask() -> list[str | BaseException]:
        names.go.set()
        names.found.set()
        asking = [names.writer.ask("too many"), names.writer.ask("tim")]
        return await asyncio.gather(*asking, return_exceptions=True)

    many, tim = asyncio.run(ask())

    assert isinstance(many, RuntimeError)
    assert tim == "TIM"


def test_closing_waits_for_what_is_looked_up(names: Names) -> None:
    async def ask_and_close() -> list[str]:
        names.go.set()
        asking = [names.writer.ask("many"), names.writer.ask("me")]
        await asyncio.to_thread(names.looking.wait, 10)
        closing = asyncio.create_task(asyncio.to_thread(names.writer.close))
        names.found.set()
        await closing
        return [await each for each in asking]

    assert asyncio.run(ask_and_close()) == ["M0", "ME"]
