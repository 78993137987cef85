"""The writer: whatever waits is done in one transaction, and answered once that is on disk.

One commit for a thousand messages costs little more than one commit for one.
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
"""A message whose transaction lost against another's is tried this often."""

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
Value = TypeVar("Value")


class Looking(Protocol):
    """How a message reads what nobody else is to wait for."""

    def __call__(self, look: Callable[[Session], Value]) -> Value:
        """What `look` found: values, not rows. What was done before it may be undone and done
        once more."""


@dataclass(frozen=True)
class LookFirst(Generic[Asked]):
    """Instead of an answer: much has to be read for it, and nobody else shall wait for that.
    Nothing of the message has been done yet."""

    look: Callable[[Session], Asked]
    """What is to be asked in its place, with what was read in it."""


AnswerAll = Callable[[Session, Sequence[Asked]], Sequence[Answer | LookFirst[Asked]]]
LOOKERS = 2
"""Messages at once that are looked up something for."""


class Waiting(NamedTuple, Generic[Asked, Answer]):
    asked: Asked
    answer: asyncio.Future[Answer]


class Looked(NamedTuple, Generic[Asked, Answer]):
    """Nothing is looked up for `whose` any more."""

    whose: Hashable
    again: Waiting[Asked, Answer] | None
    """None where it went wrong, and they have been told."""


class Writer(Generic[Asked, Answer]):
    """A thread that does `answer_all` for everything that waits.

    A batch holds at most one question of each `whose`, so nobody overtakes himself, and a
    question that is asked again while it is being answered finds the first answer stored. What
    has to look up much does so beside the writer, and whoever asked is not overtaken either.
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
        self._lookers.shutdown()

    def _work(self) -> None:
        while batch := self._next_batch():
            self._answer(batch)

    def _next_batch(self) -> list[Waiting[Asked, Answer]]:
        """Everything that waits, but one of each `whose`: the others wait one more turn."""
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
        """Whether to wait for them; what is being looked up is waited for at the end too."""
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
