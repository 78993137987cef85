"""An assistant in a process of its own, to be killed at the worst moment.

Everything is real but the wire: requests come through a pipe instead of a socket.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from types import ModuleType
from typing import Any, Literal

from pydantic import SecretStr

from bot import clock
from bot.app import writer
from bot.platforms.telegram.receive.answering import Answering
from bot.platforms.telegram.receive.webhook import Hearing
from bot.platforms.telegram.send import Api
from bot.platforms.wechat.receive import door
from bot.platforms.wechat.settings import Settings as WeChat
from bot.reception import Reception
from bot.webhooks import Request, Response, Webhook
from storage.database import Database
from tests.platforms.payloads import APP_ID, TOKEN
from tests.platforms.telegram_pushes import SECRET

Point = Literal["never", "before_commit", "after_commit"]
Job = tuple[int, Request]
Done = tuple[int, Response]

processes = get_context("forkserver")
processes.set_forkserver_preload([__name__, "tests.faults.warm"])
STARTING = Lock()
"""Of this process's threads, one at a time starts another process."""


@dataclass(frozen=True)
class Death:
    """Dies by SIGKILL at its `commit`-th commit."""

    point: Point = "never"
    commit: int = 0


def live(url: str, pipe: Connection, death: Death) -> None:
    database = Database(url)
    die_at(database, death)
    asyncio.run(serve(database, pipe))


def die_at(database: Database, death: Death) -> None:
    dialect: Any = database.engine.dialect
    commit: Callable[[Any], None] = dialect.do_commit
    count = 0

    def do_commit(connection: Any) -> None:
        nonlocal count
        count += 1
        if death.point == "before_commit" and count == death.commit:
            os.kill(os.getpid(), signal.SIGKILL)
        commit(connection)
        if death.point == "after_commit" and count == death.commit:
            os.kill(os.getpid(), signal.SIGKILL)

    dialect.do_commit = do_commit


async def serve(database: Database, pipe: Connection) -> None:
    # patient: how long a platform waits is not the question here
    reception = Reception(writer(database), database, deadline=300)
    webhooks = doors(reception)
    loop = asyncio.get_running_loop()
    working: set[asyncio.Task[None]] = set()
    arrived: asyncio.Queue[Job | None] = asyncio.Queue()

    def listen() -> None:
        with suppress(EOFError):
            while job := pipe.recv():
                loop.call_soon_threadsafe(arrived.put_nowait, job)
        loop.call_soon_threadsafe(arrived.put_nowait, None)

    async def answer(number: int, request: Request) -> None:
        pipe.send((number, await webhooks[request.path](request)))

    listening = loop.run_in_executor(None, listen)
    while job := await arrived.get():
        task = asyncio.create_task(answer(*job))
        working.add(task)
        task.add_done_callback(working.discard)
    await asyncio.gather(*working)
    await listening
    await reception.close()


def doors(reception: Reception) -> dict[str, Webhook]:
    settings = WeChat(
        app_id=APP_ID, app_secret=SecretStr("-"), token=SecretStr(TOKEN), mode="plain"
    )
    answering = Answering(reception.ask, Api("4711:none", "http://127.0.0.1:1"))
    return {
        "/webhooks/wechat": door(settings, reception.ask, clock.now),
        "/webhooks/telegram": Hearing(answering, SECRET),
    }


@contextmanager
def without_main() -> Iterator[None]:
    """A child would run the main module again, pytest with all its plugins, for nothing."""
    with STARTING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


class Victim:
    """The other end of the pipe."""

    def __init__(self, url: str, death: Death = Death()) -> None:
        self.pipe, theirs = processes.Pipe()
        self.process = processes.Process(target=live, args=(url, theirs, death), daemon=True)
        with without_main():
            self.process.start()
        theirs.close()

    def ask(self, jobs: Sequence[Job]) -> dict[int, Response]:
        """What was answered before all was, or before it died."""
        answered: dict[int, Response] = {}
        with suppress(EOFError, OSError):  # it may die
            for job in jobs:
                self.pipe.send(job)
            while len(answered) < len(jobs):
                number, response = self.pipe.recv()
                answered[number] = response
        return answered

    def stop(self) -> None:
        with suppress(OSError):
            self.pipe.send(None)
        self.process.join(20)
        self.pipe.close()
