"""What everybody in a rehearsed year needs: a time to act at, to be heard, and a ledger."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.clock import HOME
from rehearsal.city import City, home_of
from rehearsal.house import House
from sandbox.people import name_on
from sandbox.stage import Stage
from sandbox.transcript import Transcript
from sandbox.values import Impossible
from storage import workdays

Action = Callable[[], Awaitable[object]]


@dataclass
class Life:
    house: House
    stage: Stage
    city: City
    last: date
    """Day that is lived through."""
    gone: set[int] = field(default_factory=set)
    phrases: dict[str, str] = field(default_factory=dict)
    """By the words that stand in a letter, and in no other: what it is."""
    agenda: dict[date, list[tuple[datetime, Action]]] = field(default_factory=dict)

    @property
    def ledger(self) -> Transcript:
        return self.stage.transcript

    def now(self) -> float:
        return self.stage.clock.now()

    def at(self, day: date, clock: str, action: Action, later: timedelta = timedelta(0)) -> None:
        moment = datetime.combine(day, time.fromisoformat(clock), HOME) + later
        self.agenda.setdefault(day, []).append((moment, action))

    def strike_at(self, day: date, clock: str) -> None:
        """Something is due then by itself."""
        moment = datetime.combine(day, time.fromisoformat(clock), HOME)
        if (moment, self.strike) not in self.agenda.setdefault(day, []):
            self.agenda[day].append((moment, self.strike))

    async def strike(self) -> None:
        self.house.strike()
        await self.send()

    async def send(self) -> None:
        await self.house.send_what_is_due()

    def is_workday(self, day: date) -> bool:
        with self.house.database.reading() as db:
            return workdays.calendar(db).is_workday(day)

    def known_by(self, key: str, words: str) -> None:
        self.phrases[words] = key
        self.ledger.note("phrase", self.now(), key=key, pattern=re.escape(words))

    def promised(
        self,
        number: int,
        key: str,
        due: float,
        *,
        sure: bool = True,
        buttons: bool = False,
        **more: object,
    ) -> None:
        """Where one may be written to at any time; elsewhere nobody can be certain. What has
        buttons is not sent again on Telegram, but said at the next contact (PROMISES.md)."""
        outcome = "ok" if sure and home_of(number) != "wechat" else "info"
        if buttons and home_of(number) == "telegram":
            more["tries"] = 1
        self.ledger.note(
            "promised", self.now(), key=key, to=f"M{number}", due=due, outcome=outcome, **more
        )

    async def says(self, number: int, words: str) -> str:
        """What their phone shows then; "" where nothing does, or they have left."""
        where = home_of(number)
        user = name_on(where, number)
        if number in self.gone:
            return ""
        before = set(map(id, self.stage.seen_by(where, user)))
        try:
            await asyncio.gather(*self.stage.act(where, user, {"do": "say", "words": words}))
        except Impossible:
            return ""
        after = self.stage.seen_by(where, user)
        return "\n".join(each.words for each in after if id(each) not in before)
