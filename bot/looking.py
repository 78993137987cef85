"""What much has to be read for: beside the writer, and then the message is heard once more."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from sqlalchemy.exc import OperationalError

from bot.messages import Incoming
from storage.database import Session
from storage.writer import LookFirst

Value = TypeVar("Value")


class MustLook(Exception):
    """Leaves a handler that cannot go on before something has been looked up."""

    def __init__(self, look: Callable[[Session], Any]) -> None:
        super().__init__("to be heard again, with what was looked up")
        self.look = look


@dataclass(frozen=True)
class Here:
    """At once, in the same unit of work: where nobody else waits."""

    db: Session

    def __call__(self, look: Callable[[Session], Value]) -> Value:
        return look(self.db)


class Beside:
    """What has been brought already, in the order in which it was asked for."""

    def __init__(self, brought: Iterable[Any]) -> None:
        self._brought = iter(brought)

    def __call__(self, look: Callable[[Session], Value]) -> Value:
        for found in self._brought:
            if isinstance(found, Exception):
                raise found
            return cast(Value, found)
        raise MustLook(look)


def look_first(incoming: Incoming, look: Callable[[Session], Any]) -> LookFirst[Incoming]:
    """The message with what `look` found; what it raised is raised where it was wanted."""

    def again(db: Session) -> Incoming:
        try:
            found = look(db)
        except OperationalError:  # the database's trouble: the platform delivers it again
            raise
        except Exception as error:
            found = error
        return replace(incoming, brought=(*incoming.brought, found))

    return LookFirst(again)
