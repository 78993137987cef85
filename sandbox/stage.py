"""The stand-ins together: what one of them does is written down, shown, and carried on."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from itertools import count

import httpx

from sandbox.clock import Clock
from sandbox.faults import Fault, Faults, Mishap
from sandbox.transcript import Transcript
from sandbox.values import (
    Answer,
    Call,
    Deed,
    Dropped,
    Effect,
    Outcome,
    Shown,
    StandIn,
    Told,
)

REMEMBERED = 10
"""Messages on a phone that one can scroll back to."""


class Stage:
    """Must be made inside the event loop. Loopback only: nothing here is meant to be reached."""

    def __init__(
        self,
        stands: Iterable[StandIn],
        clock: Clock,
        transcript: Transcript,
        faults: Faults | None = None,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        self.stands: Mapping[str, StandIn] = {each.name: each for each in stands}
        self.clock, self.transcript = clock, transcript
        self.faults = faults or Faults()
        self.client = client or httpx.AsyncClient(trust_env=False, timeout=None)  # noqa: S113
        self.phones: dict[tuple[str, str], deque[Shown]] = defaultdict(
            lambda: deque(maxlen=REMEMBERED)
        )
        self.watch: Callable[[str, Shown], None] | None = None
        """Is told of everything that is shown, with its platform."""
        self.stirred = asyncio.Event()
        """Set whenever something has happened that a poller may wait for."""
        self._numbers = count(1)
        self._under_way: set[asyncio.Task[None]] = set()
        self._queues: dict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    # the assistant calls

    def call(self, platform: str, call: Call, via: str = "") -> tuple[Outcome, Fault | None]:
        """What the platform answers, and what gets in its way."""
        stand, now, number = self.stands[platform], self.clock.now(), next(self._numbers)
        wanted = stand.peek(call)
        fault = self.faults.of_call() if wanted else None
        outcome = self._outcome(stand, call, fault, now)
        self._note_tokens(platform, fault, outcome, now, n=number, via=via)
        if wanted:
            to, words = wanted
            self.transcript.note(
                "call", now, n=number, platform=platform, via=via, to=to, words=words,
                taken=list(outcome.to), unclear=bool(fault and fault.unclear),
                fault=fault, code=code_of(outcome.answer),
            )  # fmt: skip
        self._apply(platform, outcome.effects, number)
        return outcome, fault

    def _note_tokens(
        self, platform: str, fault: Fault | None, outcome: Outcome, now: float, *, n: int, via: str
    ) -> None:
        if fault is Fault.STALE:
            self.transcript.note("revoked", now, n=n, platform=platform)
        if isinstance(outcome.answer.body, dict) and "access_token" in outcome.answer.body:
            lasts = outcome.answer.body["expires_in"]
            self.transcript.note("token", now, n=n, platform=platform, via=via, lasts=lasts)

    @staticmethod
    def _outcome(stand: StandIn, call: Call, fault: Fault | None, now: float) -> Outcome:
        match fault:
            case Fault.BUSY:
                return Outcome(stand.busy(now))
            case Fault.DOWN:
                return Outcome(stand.down(now))
            case Fault.STALE:
                stand.revoke(now)
                return stand.call(call, now)
            case Fault.PAGE | Fault.RESET | Fault.HANG:
                return Outcome(Answer(502, b"<html>502 Bad Gateway</html>"))
            case _:
                return stand.call(call, now)

    # people act

    def act(self, platform: str, user: str, deed: Deed) -> Sequence["asyncio.Task[None]"]:
        """Raises `Impossible`. The tasks end when the assistant has heard of it, or never will."""
        now = self.clock.now()
        told = self.stands[platform].act(user, deed, now)
        self.transcript.note("deed", now, platform=platform, user=user, **deed)
        self._stir()
        return [self._carry(platform, each) for each in told]

    def seen_by(self, platform: str, user: str) -> Sequence[Shown]:
        return list(self.phones[platform, user])

    async def settle(self) -> None:
        """Until everything that is to be told was told."""
        while self._under_way:
            await asyncio.gather(*self._under_way)

    async def close(self) -> None:
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self.client.aclose()

    def _stir(self) -> None:
        self.stirred.set()
        self.stirred = asyncio.Event()

    def _apply(self, platform: str, effects: Sequence[Effect], number: int) -> None:
        now = self.clock.now()
        for effect in effects:
            match effect:
                case Shown(user, words):
                    self.transcript.note(
                        "shown", now, n=number, platform=platform, user=user, words=words
                    )
                    self.phones[platform, user].append(effect)
                    if self.watch:
                        self.watch(platform, effect)
                case Dropped(user, words, why):
                    self.transcript.note(
                        "dropped", now, n=number, platform=platform, user=user, words=words, why=why
                    )
                case Told():
                    self._carry(platform, effect)

    # the assistant is told

    def _carry(self, platform: str, told: Told) -> "asyncio.Task[None]":
        task = asyncio.create_task(self._in_turn(platform, told))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        if self.faults.of_visit() is Mishap.TWICE:
            again = asyncio.create_task(self._deliver(platform, told))
            self._under_way.add(again)
            again.add_done_callback(self._under_way.discard)
        return task

    async def _in_turn(self, platform: str, told: Told) -> None:
        if told.after:
            await self.clock.sleep(told.after)
        turn = self._queues[platform, told.queue] if told.queue else nullcontext()
        async with turn:
            await self._deliver(platform, told)

    async def _deliver(self, platform: str, told: Told) -> None:
        stand, attempt = self.stands[platform], 1
        while visit := stand.visit(told, attempt, self.clock.now()):
            answer = await self._visit(stand, visit)
            now, number = self.clock.now(), next(self._numbers)
            verdict = stand.judge(told, attempt, answer, now)
            self.transcript.note(
                "visit", now, n=number, platform=platform, id=told.id, user=told.user,
                attempt=attempt, status=answer.status if answer else None,
            )  # fmt: skip
            self._apply(platform, verdict.effects, number)
            if verdict.again_after is None:
                return
            await self.clock.sleep(verdict.again_after)
            attempt += 1

    async def _visit(self, stand: StandIn, visit: Call) -> Answer | None:
        """None when the answer came too late, or never."""
        mishap = self.faults.of_visit()
        if mishap is Mishap.LOST:
            return None
        if mishap is Mishap.DELAYED:
            await self.clock.sleep(self.faults.delay())
        try:
            async with asyncio.timeout(self.clock.real(stand.patience)):
                response = await self.client.request(
                    visit.method, visit.path, params=visit.query or None,
                    headers=visit.headers, content=visit.body,
                )  # fmt: skip
        except (TimeoutError, httpx.HTTPError):
            return None
        return Answer(response.status_code, response.content, dict(response.headers))


def code_of(answer: Answer) -> int:
    """0 for a success; the platform's own number, or HTTP's, for the rest."""
    if isinstance(answer.body, dict):
        return int(answer.body.get("errcode") or answer.body.get("error_code") or 0)
    return answer.status
