"""How long one waits, how many may wait, and how fast one may write."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Event

import pytest

from bot import text
from bot.clock import HOME
from bot.messages import Address, Busy, Incoming, Reply
from bot.reception import BURST, BURST_SPAN, HINT_SPAN, Pace, Reception, Verdict
from storage import inbox
from storage.database import Database, Session
from storage.writer import Writer

NINE = datetime(2026, 11, 23, 9, tzinfo=HOME)
WANG = Address("fake", "wang")


def heard(id: str = "1", sender: Address = WANG, at: datetime = NINE) -> Incoming:
    return Incoming(id=id, sender=sender, at=at, text="签到")


class Slow:
    """A writer that does nothing until it is let go."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.go = Event()
        self.begun = Event()
        self.writer = Writer(database, self.answer, whose=lambda each: each.sender)

    def answer(self, db: Session, batch: Sequence[Incoming]) -> list[Reply]:
        self.begun.set()
        self.go.wait(10)
        return [Reply(text=f"heard {each.id}") for each in batch]

    def owed(self) -> dict[Address, list[str]]:
        with self.database.unit_of_work() as db:
            return inbox.owed(db, [WANG], NINE)


@pytest.fixture
def slow(database: Database) -> Iterator[Slow]:
    slow = Slow(database)
    yield slow
    slow.go.set()


async def test_after_the_deadline_nothing_is_said_and_the_answer_is_kept(slow: Slow) -> None:
    reception = Reception(slow.writer, slow.database, deadline=0.01)

    assert await reception.ask(heard()) is None
    slow.go.set()
    await reception.close()

    assert slow.owed() == {WANG: [text.late("heard 1")]}


async def test_a_later_delivery_that_was_answered_leaves_nothing_owed(slow: Slow) -> None:
    reception = Reception(slow.writer, slow.database, deadline=0.01)
    assert await reception.ask(heard()) is None
    reception._deadline = 10.0
    again = asyncio.ensure_future(reception.ask(heard()))
    slow.go.set()

    assert await again == Reply(text="heard 1")
    await reception.close()

    assert slow.owed() == {}


async def test_nor_when_the_letter_was_written_before_that_answer(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    reception = Reception(slow.writer, slow.database, deadline=0.01)
    assert await reception.ask(heard()) is None
    reception._deadline = 10.0
    answer = slow.writer.ask
    monkeypatch.setattr(slow.writer, "ask", lambda each: after(reception, answer(each)))
    again = asyncio.ensure_future(reception.ask(heard()))
    slow.go.set()

    assert await again == Reply(text="heard 1")
    await reception.close()

    assert slow.owed() == {}


def after(reception: Reception, answer: "asyncio.Future[Reply]") -> "asyncio.Future[Reply]":
    """Once everything that was late is kept."""

    async def wait() -> Reply:
        await asyncio.gather(*reception._late)
        return await answer

    return asyncio.ensure_future(wait())


async def test_who_finds_no_room_is_told_to_come_again(slow: Slow) -> None:
    reception = Reception(slow.writer, slow.database, deadline=10, room=1)
    asking = [asyncio.ensure_future(reception.ask(heard("1")))]
    await asyncio.to_thread(slow.begun.wait, 10)
    asking.append(asyncio.ensure_future(reception.ask(heard("2", Address("fake", "li")))))
    await asyncio.sleep(0)

    with pytest.raises(Busy):
        await reception.ask(heard("3", Address("fake", "zhou")))

    slow.go.set()
    assert [reply and reply.text for reply in await asyncio.gather(*asking)] == [
        "heard 1",
        "heard 2",
    ]
    await reception.close()


async def test_what_could_not_be_committed_is_not_acknowledged(database: Database) -> None:
    def fail(db: Session, batch: Sequence[Incoming]) -> list[Reply]:
        raise OSError("disk full")

    reception = Reception(Writer(database, fail, whose=lambda each: each.sender), database)

    with pytest.raises(Busy):
        await reception.ask(heard())
    await reception.close()


def test_nobody_types_as_fast_as_a_script() -> None:
    pace = Pace()
    said = [pace.of(WANG, NINE) for _ in range(BURST + 3)]

    assert said[:BURST] == [Verdict.TAKE] * BURST
    assert said[BURST:] == [Verdict.HINT, Verdict.DROP, Verdict.DROP]
    assert pace.of(Address("fake", "li"), NINE) is Verdict.TAKE
    assert pace.of(WANG, NINE + BURST_SPAN / BURST * 0.4) is Verdict.DROP
    assert pace.of(WANG, NINE + BURST_SPAN / BURST) is Verdict.TAKE
    assert pace.of(WANG, NINE + BURST_SPAN / BURST) is Verdict.DROP


def test_the_hint_comes_once_a_minute() -> None:
    pace = Pace()
    hints = []
    for second in range(0, 130):
        at = NINE + timedelta(seconds=second)
        hints += [second for _ in range(BURST) if pace.of(WANG, at) is Verdict.HINT]

    assert hints[0] == 1
    assert all(b - a >= HINT_SPAN.total_seconds() for a, b in pairwise(hints))


def test_who_wrote_a_while_ago_is_forgotten() -> None:
    pace = Pace(people=10)
    for second in range(100):
        pace.of(Address("fake", str(second)), NINE + timedelta(seconds=second))

    assert len(pace._until) <= 11
