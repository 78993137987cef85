"""The writer: whatever waits is done in one transaction, and answered once that is on disk.

One commit for a thousand messages costs little more than one commit for one.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy.exc import DBAPIError

from storage.database import Database, Session

log = logging.getLogger(__name__)

ATTEMPTS = 3
"""A message whose transaction lost against another's is tried this often."""

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
AnswerAll = Callable[[Session, Sequence[Asked]], Sequence[Answer]]


class Waiting(NamedTuple, Generic[Asked, Answer]):
    asked: Asked
    answer: asyncio.Future[Answer]


class Writer(Generic[Asked, Answer]):
    """A thread that does `answer_all` for everything that waits.

    A batch holds at most one question of each `whose`, so nobody overtakes himself, and a
    question that is asked again while it is being answered finds the first answer stored.
    """

    def __init__(
        self,
        database: Database,
        answer_all: AnswerAll[Asked, Answer],
        *,
        whose: Callable[[Asked], Hashable],
        at_most: int = 500,
    ) -> None:
        self._database, self._answer_all = database, answer_all
        self._whose, self._at_most = whose, at_most
        self._arriving: SimpleQueue[Waiting[Asked, Answer] | None] = SimpleQueue()
        self._held: list[Waiting[Asked, Answer]] = []
        self._closed = False
        self._thread = Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many questions have not been begun, nearly."""
        return self._arriving.qsize() + len(self._held)

    def ask(self, asked: Asked) -> asyncio.Future[Answer]:
        """The answer, after what it promises has been committed. For the running event loop."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._arriving.put(Waiting(asked, future))
        return future

    def close(self) -> None:
        """Finish what waits, then stop."""
        self._arriving.put(None)
        self._thread.join()

    def _work(self) -> None:
        while batch := self._next_batch():
            self._answer(batch)

    def _next_batch(self) -> list[Waiting[Asked, Answer]]:
        """Everything that waits, but one of each `whose`: the others wait one more turn."""
        waiting, self._held = self._held, []
        while not self._closed and not (waiting and self._arriving.empty()):
            if arrived := self._arriving.get():
                waiting.append(arrived)
            else:
                self._closed = True
        batch: dict[Hashable, Waiting[Asked, Answer]] = {}
        for one in waiting:
            whose = self._whose(one.asked)
            if whose in batch or len(batch) == self._at_most:
                self._held.append(one)
            else:
                batch[whose] = one
        return list(batch.values())

    def _answer(self, batch: list[Waiting[Asked, Answer]]) -> None:
        try:
            with self._database.unit_of_work() as db:
                answers = self._answer_all(db, [one.asked for one in batch])
        except Exception as error:
            log.info("a batch of %d is done one by one: %r", len(batch), error)
            for one in batch:  # alone, the culprit harms no other
                self._answer_alone(one)
        else:
            release(batch, answers)

    def _answer_alone(self, one: Waiting[Asked, Answer]) -> None:
        for tries_left in reversed(range(ATTEMPTS)):
            try:
                with self._database.unit_of_work() as db:
                    answers = self._answer_all(db, [one.asked])
            except DBAPIError as error:  # a deadlock, a rival's row, a lost connection
                if not tries_left:
                    release([one], [error])
            except Exception as error:
                return release([one], [error])
            else:
                return release([one], answers)
        return None


def release(batch: Sequence[Waiting[Asked, Answer]], answers: Sequence[Answer | Exception]) -> None:
    """Wake those who asked, all at once, in the thread where they wait."""

    def settle() -> None:
        for (_, waiting), answer in zip(batch, answers, strict=True):
            if waiting.done():  # who asked has given up
                continue
            if isinstance(answer, Exception):
                waiting.set_exception(answer)
            else:
                waiting.set_result(answer)

    with suppress(RuntimeError):  # the loop has closed, and nobody waits any more
        batch[0].answer.get_loop().call_soon_threadsafe(settle)
