"""Opening the database, and the unit of work that everything happens in."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, DateTime, Dialect, Engine, Table, event
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel, create_engine

from bot.clock import HOME
from storage.session import Session

__all__ = ["Database", "Moment", "Session", "table"]

Result = TypeVar("Result")

POSTGRES_DEADLINES = {
    "connect_timeout": 5,
    # a half-open connection outlives TCP's own patience by far
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c statement_timeout=15000 -c idle_in_transaction_session_timeout=60000",
}


class Database:
    """One database: `sqlite:///data/zhibu.db` or `postgresql://user@host/name`.

    On SQLite one process writes, through one lock; on PostgreSQL any number do.
    """

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite"):
            self.engine = create_engine(url)
            self.readers = create_engine(url)
            make_sqlite_strict(self.engine, begin="BEGIN IMMEDIATE")
            make_sqlite_strict(self.readers, begin="BEGIN")
            self._turn: Lock | nullcontext[None] = Lock()  # SQLite's own waiting is an unfair poll
        else:
            url = url.replace("postgresql://", "postgresql+psycopg://", 1)
            self.engine = self.readers = create_engine(
                url, pool_pre_ping=True, pool_timeout=2, connect_args=POSTGRES_DEADLINES
            )
            self._turn = nullcontext()
        make_savepoints_cheap(self.engine.dialect)
        self._kept: dict[str, Any] = {}

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """All or nothing: commits when the block ends, rolls back when it raises."""
        with self._turn, self._session(self.engine) as db, db.begin():
            yield db
            db.write_what_waits()

    def _session(self, engine: Engine) -> Session:
        return Session(engine, expire_on_commit=False, kept=self._kept)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A view of one moment that holds up no writer. Nothing written in it is kept."""
        with self._session(self.readers) as db:
            yield db

    async def run(self, work: Callable[[Session], Result]) -> Result:
        """One unit of work in a thread, for the callers that must not block: delivery, web."""

        def whole() -> Result:
            with self.unit_of_work() as db:
                return work(db)

        return await asyncio.to_thread(whole)

    def create_tables(self) -> None:
        """For tests; real installations use migrations/."""
        with self.engine.begin() as connection:
            SQLModel.metadata.create_all(connection)

    def close(self) -> None:
        self.engine.dispose()
        self.readers.dispose()


def table(model: type[SQLModel]) -> Table:
    """For statements on the hot path: a Core statement made once costs a fifth of an ORM one."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def make_sqlite_strict(engine: Engine, *, begin: str) -> None:
    """Real transactions, foreign keys, and a commit that survives a power cut.

    Left alone, Python's driver begins a transaction only at the first write, so that a
    savepoint before it commits by itself. We begin ourselves, and at once for writing:
    waiting for one's turn beats failing in the middle.
    """

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "foreign_keys = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
            "busy_timeout = 5000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    def do_begin(connection: Any) -> None:
        connection.execute(begin)

    # not by the "begin" event: a single listener makes every statement slower
    setattr(engine.dialect, "do_begin", do_begin)  # noqa: B010


def make_savepoints_cheap(dialect: Dialect) -> None:
    """Many messages have their savepoint, and SQLAlchemy would compile each one anew."""

    def say(words: str) -> Callable[[Connection, str], Any]:
        def execute(connection: Connection, name: str) -> None:
            driver: Any = connection.connection.driver_connection
            driver.execute(f"{words} {name}")

        return execute

    for hook, words in (
        ("do_savepoint", "SAVEPOINT"),
        ("do_rollback_to_savepoint", "ROLLBACK TO SAVEPOINT"),
        ("do_release_savepoint", "RELEASE SAVEPOINT"),
    ):
        setattr(dialect, hook, say(words))


class Moment(TypeDecorator[datetime]):
    """A point in time, stored as UTC and read back in home time, though SQLite forgets zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC).astimezone(HOME)
