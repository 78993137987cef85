"""A database in which one may do anything, and nothing of it happens.

On PostgreSQL it is one transaction that is rolled back; on SQLite, which has one writer, a copy,
so that nobody has to wait for what is only imagined.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from storage.database import Database
from storage.session import Session


class _OneTransaction(Database):
    """Every unit of work is a savepoint of one transaction that never ends well."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.connection: Connection = self.engine.connect()
        self.whole = self.connection.begin()

    def _open(self) -> Session:
        return Session(
            self.connection,
            expire_on_commit=False,
            kept=self._kept,
            join_transaction_mode="create_savepoint",
        )

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        with self._open() as db, db.begin():
            yield db
            db.finish()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._open() as db:
            yield db

    def close(self) -> None:
        self.whole.close()
        self.connection.close()
        super().close()


@contextmanager
def imagined(database: Database) -> Iterator[Database]:
    """As `database` is now. What is done in it is gone at the end of the block."""
    url = database.engine.url.render_as_string(hide_password=False)
    if not url.startswith("sqlite"):
        inner: Database = _OneTransaction(url.replace("postgresql+psycopg://", "postgresql://"))
        try:
            yield inner
        finally:
            inner.close()
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "imagined.db"
        source, copy = sqlite3.connect(database.engine.url.database or ""), sqlite3.connect(file)
        try:
            source.backup(copy)
        finally:
            source.close()
            copy.close()
        inner = Database(f"sqlite:///{file}")
        try:
            yield inner
        finally:
            inner.close()
