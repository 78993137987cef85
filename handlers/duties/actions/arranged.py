"""What somebody has arranged already: of it nobody is reminded, until its day has passed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from handlers.duties.actions.officers import COMMITTEES
from handlers.duties.rules.fulfilling import fulfilled_by
from storage import activities, duty_sources, organisation
from storage.database import Session

FAR = timedelta(200)
"""No activity is arranged earlier, nor is anybody reminded earlier."""


class OfADay(Protocol):
    @property
    def rule_id(self) -> str: ...
    @property
    def org_id(self) -> str: ...
    @property
    def due(self) -> date: ...


@dataclass(frozen=True)
class Arranged:
    """Activities to come, by the rule and the organisation that they will fulfil."""

    today: date
    days: Mapping[tuple[str, str], Sequence[date]]

    @classmethod
    def read(cls, db: Session, now: datetime, org_ids: Sequence[str] | None = None) -> "Arranged":
        """Everywhere, or of `org_ids` and their committees alone."""
        start = now.replace(hour=0, minute=0, second=0, microsecond=0)
        tree = organisation.tree(db, now.date())
        found: dict[tuple[str, str], list[date]] = defaultdict(list)
        rows: Sequence[Any]
        if org_ids is None:
            rows = duty_sources.meetings(db, start, start + FAR)
        else:
            kin = {node.id for node in tree.nodes.values() if node.parent_id in org_ids}
            committees = [id for id in kin if tree.nodes[id].kind in COMMITTEES]
            rows = activities.between(db, [*org_ids, *committees], start, start + FAR)
        for row in rows:
            node = tree.nodes.get(row.org_id)
            houses = {row.org_id}
            if node and node.kind in COMMITTEES and node.parent_id:
                houses.add(node.parent_id)
            for rule_id in fulfilled_by(row.kind, row.title):
                for house in houses:
                    found[rule_id, house].append(row.starts.date())
        return cls(now.date(), found)

    def covers(self, owed: OfADay) -> bool:
        """Whether it will be held by its due day, today at the earliest."""
        day = self.next(owed)
        return day is not None and day <= owed.due

    def next(self, owed: OfADay) -> date | None:
        """The day it will be held, today at the earliest."""
        days = self.days.get((owed.rule_id, owed.org_id), ())
        return min((day for day in days if day >= self.today), default=None)

    def on(self, day: date) -> "Arranged":
        """As it will be on another day."""
        return Arranged(day, self.days)
