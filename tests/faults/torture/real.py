"""The real delivery in processes of its own, over loopback, with kill -9 and SIGSTOP.

Waits are shortened in the victims, so that a run takes half a minute; nothing else is changed.
"""

import asyncio
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
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

from bot.app import PLATFORMS
from bot.platforms.telegram import send as telegram_send
from bot.platforms.tencent import api
from sandbox import serving, telegram, wecom
from sandbox.checker import Report, check_files
from sandbox.clock import Clock
from sandbox.faults import Fault, Faults
from sandbox.people import settle as settle_phones
from sandbox.stage import Stage
from sandbox.telegram.rates import Limits
from sandbox.transcript import Transcript
from sandbox.web import Application
from scheduler.delivery import Delivery, claiming
from scheduler.delivery.rules import after
from storage import lanes
from storage.database import Database
from tests.faults.torture.town import RESENT, Orders, settle
from tests.faults.torture.virtual import LANES, USUAL, nobody
from tests.faults.victim import processes, without_main

DEADLINE = 1.0
LEASE = 4.0
LATER = 14.0
"""Seconds: after any claim of the first moments."""
SHORT = {**USUAL, Fault.HANG: 0.005, Fault.HANG_AFTER: 0.01}


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
    await server.serve()


def deliver(url: str, base: str, via: str, ready: Connection) -> None:
    """The victim."""
    os.environ.update(serving.environment(base, via))
    for name in LANES:
        usual = lanes.LIMITS[name]
        lanes.LIMITS[name] = replace(
            usual, per_second=100, apart=timedelta(0), deadline=timedelta(seconds=DEADLINE)
        )
    telegram_send.DEADLINE = api.DEADLINE = 0.8 * DEADLINE
    claiming.AHEAD = timedelta(seconds=0.5)
    after.REST_MOST, after.BACKOFF_FROM = timedelta(seconds=1), timedelta(seconds=0.2)
    asyncio.run(_deliver(Database(url), ready))


async def _deliver(database: Database, ready: Connection) -> None:
    platforms = {name: PLATFORMS[name].connect(nobody) for name in LANES}
    ready.send(None)
    await Delivery(database, platforms).run()


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
    people: int = 60
    kills: int = 50
    pauses: int = 2
    at_once: int = 1
    """On SQLite one process writes, on PostgreSQL any number do."""

    def play(self) -> Report:
        self._chance, self._number = random.Random(self.seed), 0
        self._transcript = self.folder / f"transcript-{self.seed}.jsonl"
        ledger_path = self.folder / f"ledger-{self.seed}.jsonl"
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
        return check_files([self._transcript, ledger_path])

    def _torment(self, port: int) -> None:
        database = Database(self.url)
        now = time.time()
        judged = {"lease": 3 * LEASE, "grace": 3.0, "again": RESENT, "strict": True}
        self._ledger.note("settings", now, **judged)
        settle(database, self.people, self._ledger, now)
        wait_for(lambda: answers(port), 30)
        orders = Orders(database, self._ledger, time.time, self.people, self.seed)
        with ThreadPoolExecutor(self.at_once + 1) as pool:
            ordering = pool.submit(self._order, orders)
            share = self.kills // self.at_once
            last = list(pool.map(self._slot, [share] * self.at_once))
            ordering.result()
        wait_for(orders.all_ended, 90)
        for each in last:
            each.kill()
            each.join()
        orders.tell_ends()
        database.close()

    def _order(self, orders: Orders) -> None:
        everybody = [f"M{n}" for n in range(self.people)]
        steps: Sequence[tuple[float, Callable[[], None]]] = [
            (0.0, lambda: orders.broadcast("notice", everybody)),
            (0.2, lambda: orders.flows(everybody)),
            (0.3, lambda: orders.broadcast("recalled", everybody[1::4], after=LATER)),
            (0.4, lambda: orders.broadcast("revoked", everybody[2::4], after=LATER, by="author")),
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
        return self._victim()[0]

    def _stop(self, pid: int | None, via: str) -> None:
        if pid is None:
            return
        self._ledger.note("paused", time.time(), via=via)
        os.kill(pid, signal.SIGSTOP)
        time.sleep(LEASE * 1.2)
        os.kill(pid, signal.SIGCONT)
        self._ledger.note("resumed", time.time(), via=via)
        time.sleep(0.3)

    def _victim(self) -> tuple[Any, str]:
        self._number += 1
        via = f"p{self._number}"
        ready, theirs = processes.Pipe(duplex=False)
        process = self._start(deliver, self.url, self._base, via, theirs)
        with suppress(EOFError):
            ready.recv()
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


def wait_for(reached: Callable[[], bool], seconds: float) -> None:
    """As long as it takes, at most `seconds`: what is missing then, the checker sees."""
    end = time.monotonic() + seconds
    while not reached() and time.monotonic() < end:
        time.sleep(0.1)
