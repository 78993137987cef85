"""A circular's numbers as of one moment, in a form whose bytes are the same wherever it is made."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any, NamedTuple, overload

from handlers.reports.rules.figures import Record, Sum
from handlers.reports.rules.spans import Days


class Written(NamedTuple):
    numbers: str
    """What is shown, as canonical JSON; with the digest of `records`."""
    records: str
    """A line for each number: its id, and the records behind it as canonical JSON."""


class Kept(Sequence[Record]):
    """Records as they were written, read when somebody looks at them: of a city's quarter there
    are tens of thousands, and most only look at the numbers."""

    def __init__(self, count: int, read: Callable[[], Sequence[Sequence[Any]]]) -> None:
        self._count, self._read = count, read

    @cached_property
    def _rows(self) -> Sequence[Sequence[Any]]:
        return self._read()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | Sequence[Record]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(self._count))]
        ref, org_id, on, part, whole = self._rows[at]
        return Record(ref, org_id, date.fromisoformat(on), part, whole)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True)
class Frozen:
    """One number with everything it takes to print it again, and to say why it is that."""

    id: str
    name: str
    unit: str
    definition: str
    of: str
    rows: Sequence[tuple[str, str, int, int]]
    """Unit, its name, part and whole; in the order of the tree, whatever the numbers are."""
    records: Sequence[Record]

    @property
    def sum(self) -> Sum:
        """However they are parted, the parts add up to the whole."""
        return Sum(sum(part for *_, part, _ in self.rows), sum(whole for *_, whole in self.rows))


@dataclass(frozen=True)
class Document:
    days: Days
    org_id: str
    org_name: str
    topic: str
    as_of: datetime
    figures: Sequence[Frozen]

    def figure(self, id: str) -> Frozen | None:
        return next((each for each in self.figures if each.id == id), None)

    @property
    def sums(self) -> dict[str, Sum]:
        return {each.id: each.sum for each in self.figures}


def written(document: Document) -> Written:
    """The same document, the same bytes."""
    records = "\n".join(
        f"{each.id} {canonical(plainly(each.records))}" for each in document.figures
    )
    plain = {
        "first": document.days.first.isoformat(),
        "last": document.days.last.isoformat(),
        "org": [document.org_id, document.org_name],
        "topic": document.topic,
        "as_of": document.as_of.isoformat(),
        "records": digest(records),
        "figures": [
            {
                "id": each.id,
                "name": each.name,
                "unit": each.unit,
                "definition": each.definition,
                "of": each.of,
                "rows": [list(row) for row in each.rows],
                "count": len(each.records),
            }
            for each in document.figures
        ],
    }
    return Written(canonical(plain), records)


def plainly(records: Sequence[Record]) -> list[list[Any]]:
    return [[r.ref, r.org_id, r.on.isoformat(), r.part, r.whole] for r in records]


def canonical(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(numbers: str, records: Callable[[], str]) -> Document:
    """What `written` wrote; `records` is asked when somebody looks at them."""
    plain = json.loads(numbers)
    return Document(
        Days(date.fromisoformat(plain["first"]), date.fromisoformat(plain["last"])),
        plain["org"][0],
        plain["org"][1],
        plain["topic"],
        datetime.fromisoformat(plain["as_of"]),
        [
            Frozen(
                each["id"], each["name"], each["unit"], each["definition"], each["of"],
                [(row[0], row[1], row[2], row[3]) for row in each["rows"]],
                Kept(each["count"], partial(line_of, each["id"], records)),
            )
            for each in plain["figures"]
        ],
    )  # fmt: skip


def line_of(id: str, records: Callable[[], str]) -> Any:
    line = next(line for line in records().split("\n") if line.startswith(f"{id} "))
    return json.loads(line.partition(" ")[2])


def is_whole(numbers: str, records: str, sealed: str) -> bool:
    """Whether both are what was written, by the digest of `numbers`."""
    return digest(numbers) == sealed and json.loads(numbers)["records"] == digest(records)


def digest(words: str | bytes) -> str:
    return hashlib.sha256(words.encode() if isinstance(words, str) else words).hexdigest()
