"""From records to numbers."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from bot.clock import midnight
from handlers.reports.rules.figures import Figure, Record, Source, Sum, by_unit
from handlers.reports.rules.freezing import Document, Frozen
from handlers.reports.rules.spans import Days
from storage import organisation, reports
from storage.database import Session
from storage.organisation import BRANCHES, Tree
from storage.reports import Meeting, Todo

CLOSED = "closed"


def instants(days: Days) -> tuple[datetime, datetime]:
    """The beginning of the first day, and the end of the last, which is not included."""
    return midnight(days.first), midnight(days.last + timedelta(days=1))


class Records:
    """The records of one organisation, and of everything under it, over some days; each sort is
    read at most once. Whom an organisation belongs to is as on the last of the days."""

    def __init__(self, db: Session, org_id: str, days: Days, now: datetime) -> None:
        self.db, self.days, self.now = db, days, now
        self.day = min(days.last, now.date())
        self.tree: Tree = organisation.tree(db, self.day)
        self.org_ids = self.tree.below(org_id)
        self.branches = dict.fromkeys(o for o in self.org_ids if self.tree.kind(o) in BRANCHES)

    @cached_property
    def meetings(self) -> Sequence[Meeting]:
        return reports.meetings(self.db, self.org_ids, *instants(self.days), self.now)

    @cached_property
    def todos(self) -> Sequence[Todo]:
        return reports.tasks_due(self.db, self.org_ids, self.days.first, self.days.last)

    @cached_property
    def unit_of(self) -> dict[str, str]:
        """Organisation to the branch that it is or lies in; those above branches stand alone."""
        return {org: self.tree.branch_of(org) or org for org in self.org_ids}

    def of(self, figure: Figure) -> list[Record]:
        match figure.source:
            case Source.MEETINGS:
                held = [e for e in self.meetings if figure.kind in ("", e.kind)]
                return [self._meeting(each, 1, 0) for each in held]
            case Source.HEADS:
                return self._heads(reported=False)
            case Source.REPORTED:
                return self._heads(reported=True)
            case Source.BRANCHES:
                active = {self.unit_of[each.org_id] for each in self.meetings}
                return [self._branch(org, int(org in active), 1) for org in self.branches]
            case Source.DUTIES:
                return list(self._duties())
            case Source.TASKS:
                return list(self._todos("task"))
            case Source.FINDINGS:
                return list(self._todos("finding"))
            case Source.MEMBERS:
                counts = reports.headcount(self.db, self.org_ids, self.day)
                return [self._branch(org, n, 0) for org, n in sorted(counts.items())]

    def _heads(self, *, reported: bool) -> list[Record]:
        rows = [e for e in self.meetings if e.expected and e.reported is reported]
        return [self._meeting(each, each.came, each.expected) for each in rows]

    def _branch(self, org: str, part: int, whole: int) -> Record:
        return Record(f"org:{org}", org, self.day, part, whole)

    def _meeting(self, each: Meeting, part: int, whole: int) -> Record:
        return Record(f"activity:{each.id}", each.org_id, each.starts.date(), part, whole)

    def _duties(self) -> Iterator[Record]:
        for each in reports.duties_due(self.db, self.org_ids, self.days.first, self.days.last):
            done = each.done_on is not None
            yield Record(f"duty:{each.id}", each.org_id, each.due, int(done), 1)

    def _todos(self, kind: str) -> Iterator[Record]:
        for each in self.todos:
            if each.kind == kind:
                done = each.state == CLOSED
                yield Record(f"task:{each.id}", each.org_id, each.due, int(done), 1)


def document(
    db: Session, org_id: str, days: Days, topic: str, figures: Sequence[Figure], now: datetime
) -> Document:
    """The numbers as they are now."""
    records = Records(db, org_id, days, now)
    counted = {each.id: records.of(each) for each in figures}
    there = {records.unit_of[row.org_id] for rows in counted.values() for row in rows}
    units = [org for org in records.org_ids if org in there or org in records.branches]
    made = [frozen(each, counted[each.id], records, units) for each in figures]
    return Document(days, org_id, records.tree.name(org_id), topic, now, made)


def frozen(
    figure: Figure, rows: Sequence[Record], records: Records, units: Sequence[str]
) -> Frozen:
    parted, nothing = by_unit(rows, records.unit_of), Sum(0, 0)
    sums = [(org, parted.get(org, nothing)) for org in units]
    named = [(org, records.tree.name(org), each.part, each.whole) for org, each in sums]
    return Frozen(figure.id, figure.name, figure.unit, figure.definition, figure.of, named, rows)
