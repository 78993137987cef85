"""Reading beside the writer, for messages that need more read than others should wait for.

`Context.read_beside` is `Beside` in the running assistant and `Here` elsewhere. When a handler asks
`Beside` for something that has not been read yet, `MustLook` leaves the handler; the dispatcher
makes a `LookFirst` of it; the writer reads in another thread and hears the message again, with what
was read in `Incoming.brought`. docs/decisions/0023 says why.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from sqlalchemy.exc import OperationalError

from bot.messages import Incoming
from storage.database import Session
from storage.writer import LookFirst

Value = TypeVar("Value")


class MustLook(Exception):
    """Leaves a handler that cannot go on before `look` has been called beside the writer."""

    def __init__(self, look: Callable[[Session], Any]) -> None:
        super().__init__("to be heard again, with what was looked up")
        self.look = look


@dataclass(frozen=True)
class Here:
    """Reads at once, in the same unit of work: where nobody else waits."""

    db: Session

    def __call__(self, look: Callable[[Session], Value]) -> Value:
        return look(self.db)


class Beside:
    """Gives what was read before the message was heard again, in the order in which the handler
    asks for it, or raises what that reading raised. `MustLook` at the first that has not been
    read."""

    def __init__(self, brought: Iterable[Any]) -> None:
        self._brought = iter(brought)

    def __call__(self, look: Callable[[Session], Value]) -> Value:
        for found in self._brought:
            if isinstance(found, Exception):
                raise found
            return cast(Value, found)
        raise MustLook(look)


def look_first(incoming: Incoming, look: Callable[[Session], Any]) -> LookFirst[Incoming]:
    """Hear `incoming` again once `look` has been called: with what it returned or raised."""

    def again(db: Session) -> Incoming:
        try:
            found = look(db)
        except OperationalError:  # the database's trouble: the platform delivers it again
            raise
        except Exception as error:
            found = error
        return replace(incoming, brought=(*incoming.brought, found))

    return LookFirst(again)
