"""Group commit: one thread does everything that waits in one transaction, and releases the answers
once it is committed. A commit for a thousand messages costs little more than a commit for one.

Knows nothing of chat: it is given questions (`Asked`), a function that answers a batch of them, and
tells whose each question is.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError

from storage.database import Database, Session

log = logging.getLogger(__name__)

ATTEMPTS = 3
"""How often a question is tried alone whose transaction the database refuses (a deadlock, a rival's
row, a lost connection)."""

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
Value = TypeVar("Value")


class Looking(Protocol):
    """How a handler reads what takes too long for others to wait for (`Context.read_beside`)."""

    def __call__(self, look: Callable[[Session], Value]) -> Value:
        """What `look` returns, which must be values and no rows: its session ends before they are
        used. What the handler did before the call may be undone, and done once more."""


@dataclass(frozen=True)
class LookFirst(Generic[Asked]):
    """Instead of an answer: call `look` beside the writer, then ask what it returns in place of the
    question. Nothing may have been written for the question so far."""

    look: Callable[[Session], Asked]


AnswerAll = Callable[[Session, Sequence[Asked]], Sequence[Answer | LookFirst[Asked]]]
"""Answers a batch within one transaction, in the order of the questions."""
LOOKERS = 2
"""Threads that read beside the writer."""


class Waiting(NamedTuple, Generic[Asked, Answer]):
    """A question, and the future in which somebody waits for its answer."""

    asked: Asked
    answer: asyncio.Future[Answer]


class Looked(NamedTuple, Generic[Asked, Answer]):
    """A looker tells the writer that it is done with a question of `whose`."""

    whose: Hashable
    again: Waiting[Asked, Answer] | None
    """What to ask now; None where reading failed, which whoever asked has been told."""


class Writer(Generic[Asked, Answer]):
    """A thread that calls `answer_all` for everything that waits, `at_most` questions at a time.

    A batch holds at most one question of each `whose`: so the questions of one person are answered
    in their order, and one that is asked again while it is being answered finds the first answer
    stored. While something is read beside the writer for a person, their other questions wait too.
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
        self._arriving: SimpleQueue[Waiting[Asked, Answer] | Looked[Asked, Answer] | None] = (
            SimpleQueue()
        )
        self._held: list[Waiting[Asked, Answer]] = []
        self._looking: set[Hashable] = set()
        self._lookers = ThreadPoolExecutor(LOOKERS, thread_name_prefix="looker")
        self._closed = False
        self._thread = Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """About how many questions have not been begun; other threads change it all the time."""
        return self._arriving.qsize() + len(self._held)

    def ask(self, asked: Asked) -> asyncio.Future[Answer]:
        """A future of the running event loop, done once what the answer promises is committed. It
        raises what `answer_all` or the database raised for this question."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._arriving.put(Waiting(asked, future))
        return future

    def close(self) -> None:
        """Blocks until everything that waits has been answered and the thread has ended."""
        self._arriving.put(None)
        self._thread.join()
        self._lookers.shutdown()

    def _work(self) -> None:
        while batch := self._next_batch():
            self._answer(batch)

    def _next_batch(self) -> list[Waiting[Asked, Answer]]:
        """Everything that waits, but only the first of each `whose`: the others wait for the next
        batch. Blocks until there is something; empty when there will be nothing more."""
        waiting, self._held = self._held, []
        while self._others_may_come(waiting):
            arrived = self._arriving.get()
            if arrived is None:
                self._closed = True
            elif isinstance(arrived, Looked):
                self._looking.discard(arrived.whose)
                waiting[:0] = [arrived.again] if arrived.again else []
            else:
                waiting.append(arrived)
        batch: dict[Hashable, Waiting[Asked, Answer]] = {}
        for one in waiting:
            whose = self._whose(one.asked)
            if whose in batch or whose in self._looking or len(batch) == self._at_most:
                self._held.append(one)
            else:
                batch[whose] = one
        return list(batch.values())

    def _others_may_come(self, waiting: Sequence[Waiting[Asked, Answer]]) -> bool:
        """Whether to take more from the queue before a batch is made of `waiting`: as long as none
        of it can be answered now, or more has arrived. After `close`, only while a looker is at
        work."""
        ready = any(self._whose(one.asked) not in self._looking for one in waiting)
        if self._closed:
            return not ready and bool(self._looking)
        return not ready or not self._arriving.empty()

    def _answer(self, batch: list[Waiting[Asked, Answer]]) -> None:
        try:
            with self._database.unit_of_work() as db:
                answers = self._answer_all(db, [one.asked for one in batch])
        except Exception as error:
            log.info("a batch of %d is done one by one: %r", len(batch), error)
            for one in batch:  # alone, the culprit harms no other
                self._answer_alone(one)
        else:
            self._release(batch, answers)

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
                return self._release([one], answers)
        return None

    def _release(
        self,
        batch: Sequence[Waiting[Asked, Answer]],
        answers: Sequence[Answer | LookFirst[Asked]],
    ) -> None:
        done = []
        for one, answer in zip(batch, answers, strict=True):
            if isinstance(answer, LookFirst):
                self._looking.add(self._whose(one.asked))
                self._lookers.submit(self._look, one, answer)
            else:
                done.append((one, answer))
        if done:
            release([one for one, _ in done], [answer for _, answer in done])

    def _look(self, one: Waiting[Asked, Answer], first: LookFirst[Asked]) -> None:
        again = None
        try:
            with self._database.looking() as db:
                again = one._replace(asked=first.look(db))
        except Exception as error:
            release([one], [error])
        self._arriving.put(Looked(self._whose(one.asked), again))


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
