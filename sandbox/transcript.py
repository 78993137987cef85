"""What happened, in JSON lines. A line is written before whoever caused it is answered: a phone
shows a message even when the sender never hears that it was taken."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

Line = dict[str, Any]


class Transcript:
    """Appends to `path`; without one, keeps the lines in `lines`."""

    def __init__(
        self, path: Path | None = None, listener: Callable[[Line], None] | None = None
    ) -> None:
        self.lines: list[Line] = []
        self._file = path.open("ab") if path else None
        self._listener = listener

    def note(self, what: str, at: float, **fields: Any) -> None:
        line = {"what": what, "at": round(at, 3), **fields}
        if self._file:
            self._file.write(orjson.dumps(line) + b"\n")
            self._file.flush()
        else:
            self.lines.append(line)
        if self._listener:
            self._listener(line)

    def close(self) -> None:
        if self._file:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()


def read(paths: Iterable[Path]) -> Iterator[Line]:
    """All lines. The last one of a process that was killed may be cut: it does not count."""
    for path in paths:
        with path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield orjson.loads(line)
