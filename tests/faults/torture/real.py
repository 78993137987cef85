"""The real clock and delivery in processes of their own, over loopback, with kill -9 and SIGSTOP.

Waits are shortened in the victims, so that a run takes half a minute; nothing else is changed.
"""

import asyncio
import faulthandler
import logging
import os
import random
import signal
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

from bot import clock
from bot.platforms.telegram import send as telegram_send
from bot.platforms.tencent import api
from bot.platforms.tencent import tokens as renewing
from handlers.reminders.actions import posting
from sandbox import serving, telegram, wecom
from sandbox.checker import Report, check_files
from sandbox.checker.history import EVERYBODY
from sandbox.clock import Clock
from sandbox.faults import Fault, Faults
from sandbox.people import settle as settle_phones
from sandbox.stage import Stage
from sandbox.telegram.rates import Limits
from sandbox.transcript import Transcript
from sandbox.web import Application
from scheduler import runs, ticker
from scheduler.delivery import Delivery, claiming, speaking, worker
from scheduler.delivery.rules import after
from scheduler.ticker import Ticker
from scheduler.timetable import TIMETABLE
from storage import lanes, tokens
from storage.database import Database
from tests.faults.torture.town import RESENT, Orders, settle
from tests.faults.torture.virtual import LANES, USUAL, connected
from tests.faults.victim import processes, without_main

processes.set_forkserver_preload([__name__, "tests.faults.warm"])
LOOKS, NOTICEABLE = 0.05, 0.1
"""Seconds."""
PATIENCE = 3.0
"""Seconds that a new process has for its first call."""
SHORT = {**USUAL, Fault.HANG: 0.005, Fault.HANG_AFTER: 0.01}


@dataclass(frozen=True)
class Waits:
    """Seconds; a ninth to a third of what they are. Shorter ones make a busy machine's slowness
    look like a fault of ours."""

    deadline: float = 3.0
    """Of a call."""

    @property
    def lease(self) -> float:
        return 3 * self.deadline + 0.5

    @property
    def later(self) -> float:
        """After any claim of the first moments."""
        return 2 * self.lease + 2


async def own_up(path: Path, via: str) -> None:
    """Tell when the machine itself has stopped this process: what was under way then may have taken
    longer than its caller would wait, although nobody ordered it."""
    with Transcript(path) as ledger:
        while True:
            before = time.time()
            await asyncio.sleep(LOOKS)
            if (now := time.time()) - before > LOOKS + NOTICEABLE:
                ledger.note("paused", before, via=via)
                ledger.note("resumed", now, via=via)


def serve(port: int, people: int, path: Path, seed: int) -> None:
    asyncio.run(_serve(port, people, path, seed))


async def _serve(port: int, people: int, path: Path, seed: int) -> None:
    from granian.constants import Interfaces
    from granian.server.embed import Server

    quick = Limits(overall=1000, chat=100, burst=100)
    stands = (telegram.Telegram(telegram.Settings(limits=quick)), wecom.WeCom())
    settle_phones(stands, people)
    stage = Stage(stands, Clock(), Transcript(path), Faults(seed, SHORT))
    server = Server(
        Application(stage), address=serving.HOST, port=port, interface=Interfaces.ASGI,
        websockets=False, log_enabled=False,
    )  # fmt: skip
    owning_up = asyncio.create_task(own_up(path.with_name("machine.jsonl"), EVERYBODY))
    await server.serve()
    owning_up.cancel()


def deliver(url: str, base: str, via: str, ready: Connection, waits: Waits, folder: Path) -> None:
    """The victim."""
    os.environ.update(serving.environment(base, via))
    for name in LANES:
        usual = lanes.LIMITS[name]
        lanes.LIMITS[name] = replace(
            usual, per_second=40, apart=timedelta(0), deadline=timedelta(seconds=waits.deadline)
        )
    telegram_send.DEADLINE = api.DEADLINE = 0.8 * waits.deadline
    vars(renewing)["RENEWALS_APART"] = 1.0
    tokens.RENEWING = timedelta(seconds=2.5 * waits.deadline)
    claiming.AHEAD = timedelta(seconds=waits.lease - 3 * waits.deadline)
    after.REST_MOST, after.BACKOFF_FROM = timedelta(seconds=1), timedelta(seconds=0.2)
    ticker.EVERY, ticker.LEASE, runs.LEASE = 1, timedelta(seconds=2), timedelta(seconds=3)
    posting.AT_ONCE = 5
    logging.basicConfig(filename=folder / f"{via}.log", level=logging.WARNING)
    faulthandler.register(signal.SIGUSR1, (folder / f"{via}.stack").open("w"))
    asyncio.run(_deliver(Database(url), ready, folder / f"{via}.jsonl", via))


async def _deliver(database: Database, ready: Connection, path: Path, via: str) -> None:
    owning_up = asyncio.create_task(own_up(path, via))
    platforms = connected(database)
    usual = speaking.speak

    async def speak(*of: Any) -> Any:
        """The first call tells that the broadcast is under way: now is the time to be killed."""
        if not ready.closed:
            with suppress(OSError):  # nobody waited so long
                ready.send(None)
            ready.close()
        return await usual(*of)

    vars(worker)["speak"] = speak
    reminders = [job for job in TIMETABLE if job.name == "reminders.post"]
    Ticker(database, reminders, clock.now).start()
    await Delivery(database, platforms).run()
    owning_up.cancel()


class Ledger(Transcript):
    """Written to by several threads."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._lock = Lock()

    def note(self, what: str, at: float, **fields: Any) -> None:
        with self._lock:
            super().note(what, at, **fields)


@dataclass
class RealRun:
    url: str
    folder: Path
    seed: int = 1
    people: int = 200
    kills: int = 100
    pauses: int = 2
    at_once: int = 2
    """Processes that send at the same time."""
    waits: Waits = Waits()
    told: Callable[[], None] = lambda: None
    """Of each kill."""

    def play(self) -> Report:
        self._chance, self._numbers = random.Random(self.seed), count(1)
        self._transcript = self.folder / "transcript.jsonl"
        ledger_path = self.folder / "ledger.jsonl"
        with socket.socket() as probe:
            probe.bind((serving.HOST, 0))
            port = probe.getsockname()[1]
        self._base = f"http://{serving.HOST}:{port}"
        server = self._start(serve, port, self.people, self._transcript, self.seed)
        try:
            with Ledger(ledger_path) as self._ledger:
                self._torment(port)
        finally:
            server.kill()
            server.join()
        return check_files(self.folder.glob("*.jsonl"))

    def _torment(self, port: int) -> None:
        database = Database(self.url)
        now = time.time()
        judged: dict[str, object] = {
            "lease": 2 * self.waits.lease,
            "grace": self.waits.deadline + 2,
        }
        judged |= {"again": RESENT, "strict": True, "one_token": True}
        self._ledger.note("settings", now, **judged)
        settle(database, self.people, self._ledger, now)
        wait_for(lambda: answers(port), 30)
        orders = Orders(database, self._ledger, time.time, self.people, self.seed)
        with ThreadPoolExecutor(self.at_once + 1) as pool:
            ordering = pool.submit(self._order, orders)
            share = self.kills // self.at_once
            last = list(pool.map(self._slot, [share] * self.at_once))
            ordering.result()
        wait_while_fewer(orders.left, 180)
        for each in last:
            with suppress(ProcessLookupError):
                os.kill(each.pid, signal.SIGUSR1)  # where it stands, for whoever looks for a loss
            each.kill()
            each.join()
        orders.tell_ends()
        database.close()

    def _order(self, orders: Orders) -> None:
        everybody, later = [f"M{n}" for n in range(self.people)], self.waits.later
        steps: Sequence[tuple[float, Callable[[], None]]] = [
            (0.0, lambda: orders.broadcast("notice", everybody)),
            (0.1, lambda: orders.remind(everybody[::2])),
            (0.2, lambda: orders.flows(everybody)),
            (0.3, lambda: orders.broadcast("recalled", everybody[1::4], after=later)),
            (0.4, lambda: orders.broadcast("revoked", everybody[2::4], after=later, by="author")),
            (0.6, lambda: orders.edit("notice")),
            (0.8, lambda: orders.call_back("recalled")),
            (1.0, lambda: orders.revoke("revoked")),
        ]
        for at, step in steps:
            time.sleep(max(0.0, orders.start + at - time.time()))
            step()

    def _slot(self, kills: int) -> Any:
        """One after the other, each killed in the middle of its work; the last lives."""
        stopped = set(self._chance.sample(range(kills), min(self.pauses, kills)))
        for n in range(kills):
            process, via = self._victim()
            time.sleep(self._chance.uniform(0.05, 0.35))
            if n in stopped:
                self._stop(process.pid, via)
            process.kill()
            self._ledger.note("killed", time.time(), via=via)
            process.join()
            self.told()
        return self._victim()[0]

    def _stop(self, pid: int | None, via: str) -> None:
        if pid is None:
            return
        self._ledger.note("paused", time.time(), via=via)
        os.kill(pid, signal.SIGSTOP)
        time.sleep(1.2 * self.waits.lease)
        os.kill(pid, signal.SIGCONT)
        self._ledger.note("resumed", time.time(), via=via)
        time.sleep(0.3)

    def _victim(self) -> tuple[Any, str]:
        via = f"p{next(self._numbers)}"
        ready, theirs = processes.Pipe(duplex=False)
        process = self._start(deliver, self.url, self._base, via, theirs, self.waits, self.folder)
        ready.poll(PATIENCE)
        return process, via

    def _start(self, target: Callable[..., None], *args: object) -> Any:
        process = processes.Process(target=target, args=args, daemon=True)
        with without_main():
            process.start()
        return process


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection((serving.HOST, port), 1):
        return True
    return False


def wait_while_fewer(left: Callable[[], int], seconds: float) -> None:
    """Until there are none left, or there have been no fewer for so long: a machine that has much
    else to do is slow, and loses nothing."""
    before = left() + 1
    while (fewest := left()) and fewest < before:
        before = fewest
        wait_for(partial(fewer, left, before), seconds)


def fewer(left: Callable[[], int], than: int) -> bool:
    return left() < than


def wait_for(reached: Callable[[], bool], seconds: float) -> None:
    """As long as it takes, at most `seconds`: what is missing then, the checker sees."""
    end = time.monotonic() + seconds
    while not reached() and time.monotonic() < end:
        time.sleep(0.1)
