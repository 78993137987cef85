"""What members say while visits to us are lost, late and repeated, and we are killed on the way.

Every message is one row in the end, whatever it says: as the effect that a second hearing doubles.
"""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from unittest import mock

from sqlmodel import select

from bot.clock import HOME
from bot.dispatch import Dispatcher
from bot.messages import Incoming, Reply
from rehearsal.city import City, home_of
from rehearsal.house import House, at_home
from sandbox import serving, virtual
from sandbox.checker import Report, check
from sandbox.clock import Clock
from sandbox.faults import Faults, Mishap
from sandbox.people import name_on, settle
from sandbox.stage import Stage
from sandbox.transcript import Transcript
from storage import own_reminders
from storage.database import Database, Session
from storage.members import Speaker
from storage.own_reminders import OwnReminder
from tests.faults.torture.virtual import START

VISITS = {Mishap.LOST: 0.1, Mishap.DELAYED: 0.2, Mishap.TWICE: 0.15}
ANSWERED = 200


def keep(_: Dispatcher, db: Session, heard: Incoming, speaker: Speaker, *__: object) -> Reply:
    """The one thing this assistant can do."""
    row = OwnReminder(
        member_id=speaker.id, content=heard.text, since=heard.at.date(), made_at=heard.at
    )
    own_reminders.add(db, row)
    return Reply(text="ok")


@dataclass
class Inbound:
    database: Database
    seed: int = 1
    members: int = 40
    times: int = 5
    kills: int = 40

    def play(self) -> Report:
        return virtual.run(self._play())

    async def _play(self) -> Report:
        self._chance, clock = random.Random(self.seed), Clock(START)
        stands = serving.stands("http://assistant")
        settle(stands, self.members)
        ledger = Transcript()
        self._stage = Stage(stands, clock, ledger, Faults(self.seed, visits=VISITS))
        city, now = City(self.members, 2), datetime.fromtimestamp(START, HOME)
        city.settle(self.database, ledger, START, now)
        homes: list[House] = []
        with (
            at_home(self._stage, lambda: homes[0].now()),
            mock.patch.object(Dispatcher, "_answer", keep),
        ):
            homes.append(House(self.database, self._stage, self.seed))
            killing = asyncio.ensure_future(self._kill(homes[0]))
            await asyncio.gather(*map(self._talk, range(self.members)))
            await self._stage.settle()
            await killing
            await clock.sleep(5)
        self._tell_records()
        await self._stage.close()
        return check(ledger.lines)

    async def _talk(self, number: int) -> None:
        for time in range(self.times):
            await self._stage.clock.sleep(self._chance.uniform(0, 20))
            where = home_of(number)
            user, words = name_on(where, number), f"{number}-{time}"
            telling = self._stage.act(where, user, {"do": "say", "words": words})
            begun = len(self._stage.transcript.lines)
            await asyncio.gather(*telling)
            heard = self._acknowledged(user, self._stage.transcript.lines[begun:])
            outcome = "ok" if heard else "info"
            now = self._stage.clock.now()
            self._stage.transcript.note("event", now, id=words, outcome=outcome)

    @staticmethod
    def _acknowledged(user: str, lines: Sequence[dict[str, object]]) -> bool:
        visits = [each for each in lines if each["what"] == "visit" and each["user"] == user]
        return any(each["status"] == ANSWERED for each in visits)

    async def _kill(self, house: House) -> None:
        """What was not on disk yet is gone; whoever waits for an answer gets none."""
        for n in range(self.kills):
            await self._stage.clock.sleep(self._chance.uniform(0.5, 3))
            house.crash()
            self._stage.transcript.note("killed", self._stage.clock.now(), via=f"house{n}")

    def _tell_records(self) -> None:
        now = self._stage.clock.now()
        with self.database.reading() as db:
            kept = [each.content for each in db.exec(select(OwnReminder))]
        for words in {*kept}:
            self._stage.transcript.note("record", now, id=words, count=kept.count(words))
