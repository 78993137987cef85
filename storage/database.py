"""The database: how it is opened, and the three ways to use it (`unit_of_work`, `reading`,
`looking`).

Also the column types and clauses that SQLite and PostgreSQL need differently: `Moment`, `among`.
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Boolean,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    String,
    Table,
    TextClause,
    bindparam,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel, create_engine

from bot.clock import HOME
from storage.session import Session

__all__ = ["Database", "Moment", "Session", "among", "table", "where"]

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


LOG_KEPT = 8_000_000
"""Bytes that SQLite's write-ahead log keeps on the disk. While somebody reads an old moment it can
only grow; afterwards it would stay as large as it once was."""


class Database:
    """One database: `sqlite:///data/zhibu.db` or `postgresql://user@host/name`.

    On SQLite one process writes, through one lock; on PostgreSQL any number do. Errors name the
    statement, not the values: they are logged, and the values are somebody's data.
    """

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite"):
            self.engine = create_engine(url, hide_parameters=True)
            self.readers = create_engine(url, hide_parameters=True)
            make_sqlite_strict(self.engine, begin="BEGIN IMMEDIATE")
            make_sqlite_strict(self.readers, begin="BEGIN")
            self._turn: Lock | nullcontext[None] = Lock()  # SQLite's own waiting is an unfair poll
        else:
            url = url.replace("postgresql://", "postgresql+psycopg://", 1)
            self.engine = self.readers = create_engine(
                url,
                pool_pre_ping=True,
                pool_timeout=2,
                connect_args=POSTGRES_DEADLINES,
                hide_parameters=True,
            )
            # rows of one kind in one statement, as PostgreSQL likes them; by default only
            # with RETURNING, and a round of the protocol for each row otherwise
            self.engine.dialect.use_insertmanyvalues_wo_returning = True
            self._turn = nullcontext()
        make_savepoints_cheap(self.engine.dialect)
        self._kept: dict[str, Any] = {}

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """All or nothing: commits when the block ends, rolls back when it raises."""
        with self._turn, self._session(self.engine) as db, db.begin():
            yield db
            db.finish()

    def _session(self, engine: Engine) -> Session:
        return Session(engine, expire_on_commit=False, kept=self._kept)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent view that holds up no writer. What is written in it is rolled back."""
        with self._session(self.readers) as db:
            yield db

    @contextmanager
    def looking(self) -> Iterator[Session]:
        """As `reading`, for pages that put on record who has read what: rows given to
        `Session.together` and `at_last` are written in a short unit of work after the block."""
        notes: list[Callable[[Session], None]] = []
        with self.reading() as db:
            db.postponed = notes
            yield db
        if notes:
            with self.unit_of_work() as db:
                for note in notes:
                    note(db)

    async def run(self, work: Callable[[Session], Result]) -> Result:
        """What `work` returns, called in a unit of work in a thread: for async callers."""

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


def insert_new(
    model: type[SQLModel], returning: ColumnElement[Any] | None = None
) -> dict[str, Any]:
    """An INSERT that leaves alone a row that breaks a unique key, by `Session.dialect`. With
    `returning` it gives that column of a row that was written, and nothing of one that was not."""
    made = {
        dialect.dialect.name: dialect.insert(table(model)).on_conflict_do_nothing()
        for dialect in (sqlite, postgresql)
    }
    if returning is None:
        return made
    return {name: statement.returning(returning) for name, statement in made.items()}


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
            f"journal_size_limit = {LOG_KEPT}",
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


class Many(TypeDecorator[Sequence[Any]]):
    """Any number of strings as one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            ARRAY(String()) if dialect.name == "postgresql" else String()
        )

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        words = list(value or ())
        return words if dialect.name == "postgresql" else json.dumps(words)


class Numbers(Many):
    """Any number of integers as one parameter."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            ARRAY(Integer()) if dialect.name == "postgresql" else String()
        )


class _Among(ColumnElement[bool]):
    """`column IN (…)` as one statement for any number of values: SQLAlchemy compiles it once,
    PostgreSQL keeps its plan, and neither has to parse a thousand placeholders."""

    inherit_cache = True
    type = Boolean()
    _traverse_internals = [  # noqa: RUF012
        ("column", InternalTraversal.dp_clauseelement),
        ("values", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: ColumnElement[Any], values: BindParameter[Sequence[str]]) -> None:
        self.column, self.values = column, values

    def self_group(self, against: Any = None) -> ColumnElement[bool]:
        """As it is: SQLAlchemy would make it `(… IN …) = 1`, for which SQLite uses no index."""
        return self


def where(predicate: TextClause) -> dict[str, Any]:
    """For an `Index` of the rows of which that is true. SQLite takes it only for a statement that
    says the same, word for word."""
    return {"sqlite_where": predicate, "postgresql_where": predicate}


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """`column` is one of the strings, or integers, in the parameter `name`, a list."""
    of = Numbers() if isinstance(column.type, Integer) else Many()
    return _Among(column, bindparam(name, type_=of))


@compiles(_Among, "sqlite")
def _among_sqlite(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(each, **kw) for each in (element.column, element.values))
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608


@compiles(_Among, "postgresql")
def _among_postgresql(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(each, **kw) for each in (element.column, element.values))
    return f"{column} = ANY ({values})"
