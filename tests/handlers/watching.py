"""What is asked of any database of this process, while somebody looks at something."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

from storage.contests import Answer, Appeal, Buzz, Player, Result, Sitting
from storage.database import table
from storage.study import Asking, Learner, Memory, TopicFigure

THEIRS = {
    table(model).name
    for model in (
        Learner, Memory, Asking, TopicFigure, Player, Sitting, Answer, Result, Appeal, Buzz,
    )
}  # fmt: skip
"""Tables of study and contests: whoever does not read them cannot tell what is in them."""


@dataclass(frozen=True)
class Statement:
    words: str
    values: str

    @property
    def touches(self) -> bool:
        words = self.words.replace('"', " ").replace(".", " ").replace(",", " ")
        return bool(set(words.split()) & THEIRS)


@contextmanager
def statements() -> Iterator[list[Statement]]:
    seen: list[Statement] = []

    def note(_: Any, __: Any, words: str, values: Any, *___: Any) -> None:
        seen.append(Statement(words, repr(values)))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
