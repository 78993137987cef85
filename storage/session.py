"""The unit of work that the messages of a batch share, each with a savepoint of its own.

Three things keep a batch cheap (docs/decisions/0001):
- `apart` makes its savepoint at the first write: a message that only reads costs none;
- `together` collects rows, and writes those of one statement at once;
- `once` reads for the whole batch what each message would read for itself.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar, cast

import sqlmodel
from sqlalchemy import CursorResult, Executable, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import ORMExecuteState

Value = TypeVar("Value")
Row = Mapping[str, Any]
Rows = CursorResult[*tuple[Any, ...]]


class BatchBroken(Exception):
    """Rows that several messages left to be written together could not be written. Raised in
    whichever message comes next, whose fault it is not; the writer does the batch again, one by
    one."""


class Session(sqlmodel.Session):
    """One transaction, of one message, of a batch of messages, or of a job."""

    def __init__(self, *args: Any, kept: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = {} if kept is None else kept
        """Shared by all sessions of a `Database`: what `storage/revisions.py` keeps between
        transactions until its revision changes."""
        self.speaking: tuple[str, ...] = ()
        """The members whose messages this batch answers, so that a query about one of them can read
        the same for all of them."""
        self._known: dict[Hashable, Any] = {}
        self._waiting: list[tuple[Executable, Row]] = []
        self._last: list[tuple[Finish, Row]] = []
        self.postponed: list[Callable[[Session], None]] | None = None
        """What a session that only reads (`Database.looking`) has put on record, to be written when
        it has ended; None in a session that writes."""
        self._scope: _Scope | None = None

    @property
    def dialect(self) -> str:
        """sqlite or postgresql: for the few statements that each wants written in its own way."""
        return self.get_bind().dialect.name

    def run(self, statement: Executable, values: Row | Sequence[Row] | None = None) -> Rows:
        """Execute a Core statement, without the ORM. Rows left by `together` are written first."""
        if self._waiting:
            self.write_what_waits()
        if getattr(statement, "is_dml", False):
            self._about_to_write()
        return self.connection().execute(statement, values)

    def together(self, statement: Executable, row: Row) -> None:
        """Write `row` by `statement` later, with all other rows left for the same statement: before
        the next read of anything, or at the end. Its generated key is never known."""
        if self.postponed is None:
            self._waiting.append((statement, row))
        else:
            self.postponed.append(lambda db: db.together(statement, row))

    def at_last(self, finish: "Finish", row: Row) -> None:
        """Call `finish` right before the commit, with `row` and all others left for the same
        `finish`. For rows that are numbered without a gap in all processes (`storage/audit.py`):
        the lock that this takes is then held no longer than the commit."""
        if self.postponed is None:
            self._last.append((finish, row))
        else:
            self.postponed.append(lambda db: db.at_last(finish, row))

    def once(self, key: Hashable, load: Callable[[], Value]) -> Value:
        """What `load` returned the first time for this `key`; asked again after the next write."""
        if key not in self._known:
            self._known[key] = load()
        return cast(Value, self._known[key])

    @contextmanager
    def apart(self) -> Iterator[None]:
        """One message of a batch: what it did is undone when the block raises, and nothing else is.
        Afterwards the ORM knows none of its objects any more."""
        self._scope = scope = _Scope(len(self._waiting))
        before = len(self._last)
        try:
            with scope.savepoint:
                yield
                self.flush()
        except BaseException:
            self._known.clear()
            del self._waiting[scope.mine :]
            del self._last[before:]
            raise
        finally:
            self._scope = None
            if self._new or self.identity_map:
                self.expunge_all()

    def finish(self) -> None:
        """Write everything that was left for the end. The commit follows; it is the caller's."""
        self.write_what_waits()
        self.flush()
        last, self._last = self._last, []
        alike: dict[Finish, list[Row]] = {}
        for finish, row in last:
            alike.setdefault(finish, []).append(row)
        for finish, rows in alike.items():
            finish(self, rows)

    def write_what_waits(self) -> None:
        """Write the rows left by `together`. `BatchBroken` when those of other messages fail."""
        scope = self._scope
        if scope is not None:
            self._write_others(scope)
            if self._waiting:
                self._about_to_write()
        self._write(self._take(len(self._waiting)))

    def _write_others(self, scope: "_Scope") -> None:
        others, scope.mine = self._take(scope.mine), 0
        try:
            self._write(others)
        except SQLAlchemyError as error:
            raise BatchBroken from error

    def _take(self, count: int) -> list[tuple[Executable, Row]]:
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return taken

    def _write(self, waiting: list[tuple[Executable, Row]]) -> None:
        alike: dict[Executable, list[Row]] = {}
        for statement, row in waiting:
            alike.setdefault(statement, []).append(row)
        for statement, rows in alike.items():
            self.connection().execute(statement, rows)

    def _about_to_write(self) -> None:
        """Begin the savepoint of the current message, if it has none yet; forget what `once`
        read."""
        self._known.clear()
        scope = self._scope
        if scope is None or scope.begun:
            return
        scope.begun = True
        self._write_others(scope)
        savepoint = self.begin_nested()
        scope.savepoint.enter_context(savepoint)
        scope.ready = True

    def flush(self, objects: Any = None) -> None:
        # not by `new` and `dirty`: they build sets, and this is asked once a message
        if not (self._new or self._deleted or self.identity_map._modified):
            return
        scope = self._scope
        if scope is not None and scope.begun and not scope.ready:
            return  # `begin_nested` flushes first; what is pending belongs inside
        self._about_to_write()
        super().flush(objects)


Finish = Callable[[Session, Sequence[Row]], None]


class _Scope:
    """One message within a batch."""

    def __init__(self, mine: int) -> None:
        self.mine = mine
        """Of the waiting rows, those from here on are this message's own."""
        self.savepoint = ExitStack()
        """Holds the savepoint once there is one: committed at the end, undone by an error."""
        self.begun = False
        self.ready = False


@event.listens_for(Session, "do_orm_execute")
def before_each_orm_statement(state: ORMExecuteState) -> None:
    db = cast(Session, state.session)
    if db._waiting:
        db.write_what_waits()
    if state.is_insert or state.is_update or state.is_delete:
        db._about_to_write()
