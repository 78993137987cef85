"""A circular's numbers as of one moment, in a form whose bytes are the same wherever it is made."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload

from handlers.reports.rules.figures import Record, Sum, add_up
from handlers.reports.rules.spans import Days


class Kept(Sequence[Record]):
    """Records as the JSON has them, made when somebody looks at them: of a city's quarter there
    are tens of thousands, and a page shows sixty."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self._rows = rows

    @property
    def sum(self) -> Sum:
        return Sum(sum(row[3] for row in self._rows), sum(row[4] for row in self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | Sequence[Record]:
        if isinstance(at, slice):
            return Kept(self._rows[at])
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
        return self.records.sum if isinstance(self.records, Kept) else add_up(self.records)


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


def written(document: Document) -> str:
    """Canonical JSON: the same document, the same bytes."""
    plain = {
        "first": document.days.first.isoformat(),
        "last": document.days.last.isoformat(),
        "org": [document.org_id, document.org_name],
        "topic": document.topic,
        "as_of": document.as_of.isoformat(),
        "figures": [
            {
                "id": each.id,
                "name": each.name,
                "unit": each.unit,
                "definition": each.definition,
                "of": each.of,
                "rows": [list(row) for row in each.rows],
                "records": [
                    [r.ref, r.org_id, r.on.isoformat(), r.part, r.whole] for r in each.records
                ],
            }
            for each in document.figures
        ],
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(words: str) -> Document:
    """What `written` wrote."""
    plain = json.loads(words)
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
                Kept(each["records"]),
            )
            for each in plain["figures"]
        ],
    )  # fmt: skip


def digest(words: str | bytes) -> str:
    return hashlib.sha256(words.encode() if isinstance(words, str) else words).hexdigest()
