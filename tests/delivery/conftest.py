"""A post office with a clock of its own, and a platform that does what it is told."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlmodel import col, select

from bot.messages import Address, Reply, SendFailed
from scheduler.delivery import Delivery
from storage import lanes, outbox
from storage.attempts import Attempt
from storage.database import Database
from storage.members import Account
from storage.outbox import Letter, Post
from tests.world import World

either_will_do = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what is decided by rules: the statements below them are tested on both databases."""
Trouble = SendFailed | Callable[[], Any]


@dataclass
class StandIn:
    """One account on a platform. `trouble` is what the next calls meet, one each; a `Taken`
    happens after the message was taken, as with an answer that is lost on its way."""

    name: str
    got: list[tuple[str, str]] = field(default_factory=list)
    """What is on the phones: user and text, in the order it came."""
    keys: list[str] = field(default_factory=list)
    trouble: list[Exception | None] = field(default_factory=list)
    calls: int = 0
    before: Callable[[str], None] | None = None

    async def send(self, to: Address, reply: Reply, *, key: str) -> None:
        self.calls += 1
        self.keys.append(key)
        if self.before:
            self.before(to.user)
        trouble = self.trouble.pop(0) if self.trouble else None
        if trouble is None or isinstance(trouble, Taken):
            self.got.append((to.user, reply.text))
        if trouble:
            raise trouble


class Taken(SendFailed):
    def __init__(self) -> None:
        super().__init__("no answer in time", uncertain=True)


class Killed(BaseException):
    """kill -9, as far as one call can tell."""


@dataclass
class ToMany:
    """An app of WeCom."""

    name: str = "wecom"
    got: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    unknown: frozenset[str] = frozenset()
    trouble: list[SendFailed] = field(default_factory=list)
    sent: list[tuple[tuple[str, ...], str, str]] = field(default_factory=list)

    async def send(self, to: Address, reply: Reply, *, key: str) -> None:
        raise AssertionError("together")

    async def send_many(
        self, users: Sequence[str], reply: Reply, *, key: str
    ) -> tuple[dict[str, SendFailed], str]:
        self.sent.append((tuple(sorted(users)), reply.model_dump_json(), key))
        if self.trouble:
            raise self.trouble.pop(0)
        self.got.append((tuple(u for u in users if u not in self.unknown), reply.text))
        missed = {u: SendFailed("unknown", permanent=True) for u in users if u in self.unknown}
        return missed, f"msg{len(self.got)}"


@dataclass
class PostOffice:
    world: World
    platforms: dict[str, Any]
    _keys: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def database(self) -> Database:
        return self.world.database

    def delivery(self) -> Delivery:
        return Delivery(self.database, self.platforms, moment=lambda db: self.world.now)

    def works(self, delivery: Delivery | None = None) -> int:
        """Until nothing is due; how many calls it took."""
        return asyncio.run((delivery or self.delivery()).once())

    def waits(self, **time: float) -> "PostOffice":
        self.world.now += timedelta(**time)
        return self

    def member(self, name: str, *platforms: str, **more: Any) -> str:
        """Bound to these accounts, the last of them last."""
        self.world.member(name, **more)
        for n, platform in enumerate(platforms, start=1):
            bound = self.world.now + timedelta(seconds=n)
            self.world.add(
                Account(
                    platform=platform, user=f"{platform}-{name}", member_id=name, bound_at=bound
                )
            )
        return name

    def posts(self, to: str, text: str = "开会", **more: Any) -> str:
        """A letter, due at once unless told otherwise; its key."""
        key = str(more.pop("key", f"test:{next(self._keys)}"))
        say = more.pop("say", Reply(text=text))
        values: dict[str, Any] = {"due": self.world.now, "kind": "test", "cause": "test:1", **more}
        with self.database.unit_of_work() as db:
            outbox.post(db, [Post(key=key, to=to, say=say, **values)], self.world.now)
        return key

    def rewords(self, text: str, cause: str = "test:1") -> None:
        with self.database.unit_of_work() as db:
            outbox.reword(db, cause, "test", Reply(text=text))

    def letter(self, key: str) -> Letter:
        with self.database.reading() as db:
            return db.exec(select(Letter).where(Letter.key == key)).one()

    def state(self, key: str) -> tuple[str, str]:
        letter = self.letter(key)
        return letter.state, letter.reason

    def letters(self, kind: str) -> list[tuple[str, str]]:
        """To whom, and what it says."""
        with self.database.reading() as db:
            found = db.exec(select(Letter).where(Letter.kind == kind).order_by(col(Letter.id)))
            return [(each.to, Reply.model_validate_json(each.body).text) for each in found]

    def attempts(self) -> list[str]:
        with self.database.reading() as db:
            order = (col(Attempt.letter_id), col(Attempt.number))
            return [each.result for each in db.exec(select(Attempt).order_by(*order))]

    def lane(self, name: str) -> lanes.Standing:
        with self.database.reading() as db:
            return next(each for each in lanes.all_lanes(db) if each.name == name)


@pytest.fixture
def fake() -> StandIn:
    return StandIn("fake")


@pytest.fixture
def office(world: World, fake: StandIn) -> PostOffice:
    return PostOffice(world, {"fake": fake})


def only(office: PostOffice, name: str, platform: str) -> str:
    """A member with one account, there."""
    office.member(name, platform)
    with office.database.unit_of_work() as db:
        db.delete(db.get_one(Account, ("fake", name)))
    return name
