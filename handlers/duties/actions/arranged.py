"""What somebody has arranged already: of it nobody is reminded, until its day has passed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from handlers.duties.actions.officers import COMMITTEES
from handlers.duties.rules.fulfilling import fulfilled_by
from storage import organisation, standing
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
    def read(cls, db: Session, now: datetime) -> "Arranged":
        start = now.replace(hour=0, minute=0, second=0, microsecond=0)
        tree = organisation.tree(db, now.date())
        found: dict[tuple[str, str], list[date]] = defaultdict(list)
        for row in standing.meetings(db, start, start + FAR):
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
        days = self.days.get((owed.rule_id, owed.org_id), ())
        return any(self.today <= day <= owed.due for day in days)

    def on(self, day: date) -> "Arranged":
        """As it will be on another day."""
        return Arranged(day, self.days)
