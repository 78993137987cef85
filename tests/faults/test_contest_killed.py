"""A contest whose process is killed in the middle: every acknowledged answer is there, once, and
the counters are what the answers add up to."""

import asyncio
import os
import signal
from datetime import timedelta
from multiprocessing.connection import Connection

import pytest
from sqlmodel import select

from bot import clock
from bot.app import writer
from bot.messages import Address, Incoming, Reply
from handlers.contests.actions import running
from handlers.contests.rules.reading import ContestPlan, RoundPlan
from storage import contests
from storage.contests import Answer, Result, Sitting
from storage.database import Database
from storage.writer import Writer
from tests.faults.victim import processes, without_main
from tests.handlers.studying import with_bank
from tests.world import World

PLAYERS, QUESTIONS = 40, 8
NUMBERS = {"seconds_each": 600, "seconds": 600, "grace": 3, "attempts": 1, "best_of": 5}
FIXED = ("Q001", "Q004", "Q005", "Q010", "Q012", "Q014", "Q019", "Q021")


def play(url: str, pipe: Connection, sittings: dict[str, int]) -> None:
    """Everybody answers question after question; what is acknowledged is told to the parent."""
    database = Database(url)

    async def answer(write: Writer[Incoming, Reply], person: str, place: int) -> None:
        incoming = Incoming(
            id=f"{person}-{place}",
            sender=Address("fake", person),
            at=clock.now(),
            tap=f"c:{sittings[person]}:{place}:0",
        )
        reply = await write.ask(incoming)
        assert "已收到" in reply.text or "都答完了" in reply.text, reply.text
        pipe.send((person, place))

    async def storm() -> None:
        write = writer(database)
        for place in range(QUESTIONS):
            await asyncio.gather(*(answer(write, person, place) for person in sittings))

    asyncio.run(storm())


@pytest.mark.parametrize("after", [1, 45, 130])
def test_what_was_acknowledged_is_there(world: World, database_url: str, after: int) -> None:
    world.now = now = clock.now()
    with_bank(world)
    people = [world.member(f"选手{number}") for number in range(PLAYERS)]
    heat = RoundPlan(
        "海选", "individual", now - timedelta(hours=1), now + timedelta(hours=9), NUMBERS, (), FIXED
    )
    with world.database.unit_of_work() as db:
        running.make(db, ContestPlan("竞赛", org_id="B1", rounds=[heat]), "", now)
    for each in people:
        each.says("参赛")
        each.says("开始答题")
    with world.database.unit_of_work() as db:
        sittings = {row.member_id: row.id for row in db.exec(select(Sitting))}

    acknowledged = killed_after(database_url, sittings, after)

    with world.database.unit_of_work() as db:
        owner = {id: person for person, id in sittings.items()}
        saved = {(owner[row.attempt_id], row.place) for row in db.exec(select(Answer))}
        assert acknowledged <= saved
        total = {each.member_id: each for each in contests.totals(db, 1, {}).values()}
        for row in db.exec(select(Result)):
            mine = total.get(row.member_id)
            assert (row.score, row.spent_ms) == (
                (mine.score, mine.until_last_right) if mine else (0, 0)
            )
        for sitting in db.exec(select(Sitting)):
            assert sitting.place == sum(person == sitting.member_id for person, _ in saved)


def killed_after(url: str, sittings: dict[str, int], answers: int) -> set[tuple[str, int]]:
    mine, its = processes.Pipe(duplex=False)
    child = processes.Process(target=play, args=(url, its, sittings), daemon=True)
    with without_main():
        child.start()
    its.close()
    acknowledged: set[tuple[str, int]] = set()
    try:
        while True:
            acknowledged.add(mine.recv())
            if len(acknowledged) == answers and child.pid:
                os.kill(child.pid, signal.SIGKILL)
    except EOFError:
        child.join(30)
    assert len(acknowledged) >= answers
    return acknowledged
