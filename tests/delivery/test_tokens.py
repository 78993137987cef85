"""One refresh for each expiry, whatever the number of processes."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.clock import HOME
from bot.messages import SendFailed
from bot.platforms.tencent.tokens import SharedTokens
from storage import claims
from storage.database import Database
from storage.tokens import Shelf

NINE = datetime(2026, 11, 23, 9, tzinfo=HOME)


class Server:
    """Gives a new token each time, and lets only the newest in."""

    def __init__(self) -> None:
        self.given = 0
        self.trouble: list[SendFailed] = []

    async def fetch(self, refused: str) -> tuple[str, float]:
        await asyncio.sleep(0)
        if self.trouble:
            raise self.trouble.pop(0)
        self.given += 1
        return f"token-{self.given}", 7200.0

    def process(self, database: Database) -> SharedTokens:
        return SharedTokens("wechat:1", Shelf(database), self.fetch)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the database's clock shows."""
    now = [NINE]
    monkeypatch.setattr(claims, "moment", lambda db: now[0])
    monkeypatch.setattr("bot.platforms.tencent.tokens.LOOK_AGAIN", 0)
    return now


async def test_four_processes_fetch_one_token(database: Database, at: list[datetime]) -> None:
    server = Server()
    processes = [server.process(database) for _ in range(4)]

    tokens = await asyncio.gather(*(each.current() for each in processes))
    assert set(tokens) == {"token-1"}
    assert server.given == 1


async def test_a_refused_token_is_renewed_once_for_all(
    database: Database, at: list[datetime]
) -> None:
    server = Server()
    processes = [server.process(database) for _ in range(4)]
    [old, *_] = await asyncio.gather(*(each.current() for each in processes))

    new = await asyncio.gather(*(each.instead_of(old) for each in processes))
    assert set(new) == {"token-2"}
    assert server.given == 2


async def test_one_that_is_refused_for_ever_is_not_fetched_for_ever(
    database: Database, at: list[datetime]
) -> None:
    server = Server()
    process = server.process(database)
    token = await process.current()
    token = await process.instead_of(token)

    for _ in range(10):
        with pytest.raises(SendFailed, match="refused again") as failed:
            await process.instead_of(token)
    assert failed.value.retry_after == timedelta(minutes=10)
    assert server.given == 2
    at[0] += timedelta(minutes=10)
    assert await process.instead_of(token) == "token-3"


async def test_an_expired_one_is_renewed_once(database: Database, at: list[datetime]) -> None:
    server = Server()
    await server.process(database).current()

    at[0] += timedelta(seconds=6901)
    again = [server.process(database) for _ in range(4)]
    assert set(await asyncio.gather(*(each.current() for each in again))) == {"token-2"}


async def test_a_fetch_that_fails_is_a_clean_failure_and_the_next_may_try(
    database: Database, at: list[datetime]
) -> None:
    server = Server()
    server.trouble = [SendFailed("no answer", uncertain=True)]
    process = server.process(database)

    with pytest.raises(SendFailed, match="no token: no answer") as failed:
        await process.current()
    assert not failed.value.uncertain
    assert await process.current() == "token-1"


async def test_a_process_that_died_while_fetching_blocks_nobody(
    database: Database, at: list[datetime]
) -> None:
    server = Server()
    shelf = Shelf(database)
    assert await shelf.begin("wechat:1", await shelf.read("wechat:1"))

    with pytest.raises(SendFailed):
        await server.process(database).current()
    at[0] += timedelta(seconds=21)
    assert await server.process(database).current() == "token-1"


async def test_a_late_one_does_not_overwrite_a_newer(
    database: Database, at: list[datetime]
) -> None:
    shelf = Shelf(database)
    seen = await shelf.read("wechat:1")
    assert await shelf.begin("wechat:1", seen)
    assert await shelf.put("wechat:1", seen, "new", timedelta(hours=2), refused=False)

    assert not await shelf.put("wechat:1", seen, "old", timedelta(hours=2), refused=False)
    assert (await shelf.read("wechat:1")).value == "new"
