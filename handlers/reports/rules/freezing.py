"""A circular's numbers as of one moment, in a form whose bytes are the same wherever it is made."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.reports.rules.figures import Record, Sum, add_up
from handlers.reports.rules.spans import Days


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
        return add_up(self.records)


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
                [Record(r[0], r[1], date.fromisoformat(r[2]), r[3], r[4]) for r in each["records"]],
            )
            for each in plain["figures"]
        ],
    )  # fmt: skip


def digest(words: str | bytes) -> str:
    return hashlib.sha256(words.encode() if isinstance(words, str) else words).hexdigest()
