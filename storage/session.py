"""The unit of work, as the messages of one batch share it.

What makes a batch cheap: a message that writes nothing by itself costs no savepoint, rows of the
same kind are written together, and what all need is read once.
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
    """Rows of several messages could not be written together; done one by one, the culprit
    harms no other. Raised inside whichever message happened to come next, so never its answer."""


class Session(sqlmodel.Session):
    """One transaction, of one message or of many."""

    def __init__(self, *args: Any, kept: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = {} if kept is None else kept
        """What outlives the transaction, for values that carry their own revision."""
        self.speaking: tuple[str, ...] = ()
        """The members whose messages this transaction answers: what one of them needs to know
        of himself is read for all."""
        self._known: dict[Hashable, Any] = {}
        self._waiting: list[tuple[Executable, Row]] = []
        self._last: list[tuple[Finish, Row]] = []
        self.aside: list[Callable[[Session], None]] | None = None
        """Where this session only looks: what is put on record of it, to be done elsewhere."""
        self._scope: _Scope | None = None

    def run(self, statement: Executable, values: Row | Sequence[Row] | None = None) -> Rows:
        """A Core statement, past the ORM."""
        if self._waiting:
            self.write_what_waits()
        if getattr(statement, "is_dml", False):
            self._about_to_write()
        return self.connection().execute(statement, values)

    def together(self, statement: Executable, row: Row) -> None:
        """Write `row`, but together with its like: before anyone reads, or at the end."""
        if self.aside is None:
            self._waiting.append((statement, row))
        else:
            self.aside.append(lambda db: db.together(statement, row))

    def at_last(self, finish: "Finish", row: Row) -> None:
        """Give `row`, with all that are left to the same `finish`, to it right before the commit:
        for what has one order in all processes, and so a lock that is held no longer than that."""
        if self.aside is None:
            self._last.append((finish, row))
        else:
            self.aside.append(lambda db: db.at_last(finish, row))

    def once(self, key: Hashable, load: Callable[[], Value]) -> Value:
        """What `load` returns, read once for the whole batch, until something else is written."""
        if key not in self._known:
            self._known[key] = load()
        return cast(Value, self._known[key])

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What fails inside is undone, and nothing else; no row lingers for who comes next."""
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
        """The end of a unit of work."""
        self.write_what_waits()
        self.flush()
        last, self._last = self._last, []
        alike: dict[Finish, list[Row]] = {}
        for finish, row in last:
            alike.setdefault(finish, []).append(row)
        for finish, rows in alike.items():
            finish(self, rows)

    def write_what_waits(self) -> None:
        """`BatchBroken` when rows of other messages are the trouble."""
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
        """From here on there is something to undo, and what was read before may be outdated."""
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
