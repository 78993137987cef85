"""Who is told: the holder of a post, or whoever takes their place today."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from handlers.duties.actions.assigned import ASSIGNEE, FOUND, PREFIX, Assigned, Seat
from handlers.duties.rules.seats import A_DAY_OFF, SEATS
from storage import courtesy, duty_sources, organisation, tasks
from storage.database import Session
from storage.organisation import OrgKind

COMMITTEES = frozenset({OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH})
VACANT = "vacant"
PUT_RIGHT = frozenset({ASSIGNEE, "secretary"})
"""Who is told of a finding, by its ladder, before those above."""
__all__ = ["Officers", "Seat"]


@dataclass
class Officers:
    """All posts of a day, read once."""

    db: Session
    now: datetime
    exempt: frozenset[str]
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        today = self.now.date()
        self.tree = organisation.tree(self.db, today)
        spared = duty_sources.spared(self.db)
        self.spared = {id for id, why in spared.items() if why in {*self.exempt, "erased"}}
        self.holders: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.posts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for post in duty_sources.posts(self.db):
            if post.since <= today and (post.until is None or post.until > today):
                self._holds(post.member_id, post.role, post.org_id)
        self.away = {id for id in self.posts if id in self.spared} | self.resting([*self.posts])

    def resting(self, ids: Sequence[str]) -> set[str]:
        """Those of them who do not want to be disturbed for more than a day."""
        days_off = self.now + timedelta(hours=A_DAY_OFF)
        quiet = courtesy.quiet_until(self.db, ids, self.now)
        return {id for id, until in quiet.items() if until > days_off}

    def _holds(self, member_id: str, role: str, org_id: str) -> None:
        self.posts[member_id].append((role, org_id))
        self.holders[role, org_id].append(member_id)
        node = self.tree.nodes.get(org_id)
        if node and node.kind in COMMITTEES and node.parent_id:
            self.holders[role, node.parent_id].append(member_id)  # it acts for the whole organ

    @cached_property
    def assigned(self) -> Assigned:
        rows = tasks.owed(self.db, date.max)
        owners = sorted({row.owner for row in rows} - {"", *self.posts})
        away = self.away | self.spared | self.resting(owners)
        found = {f"{FOUND}{row.number}": row for row in tasks.findings(self.db)}
        known = {f"{PREFIX}{row.id}": row for row in rows} | found
        return Assigned(self.tree, self.holders, away, known)

    def is_reported(self, subject: str) -> bool:
        """A finding that lies with whoever has to check it again: nobody is told of it."""
        row = self.assigned.rows.get(subject) if subject.startswith(FOUND) else None
        return row is not None and row.state not in tasks.OWED

    def seats(self, role: str, subject: str, org_id: str) -> Sequence[Seat]:
        """Everybody on the first bench that somebody sits on; a member is told himself."""
        if role == "member":
            member_id = subject.partition(":")[2]
            theirs = subject.startswith("member:") and member_id not in self.spared
            return (Seat(member_id),) if theirs else ()
        found = role in PUT_RIGHT and subject in self.assigned.rows
        if found or subject.startswith(PREFIX):
            return self.assigned.seats(role, subject)
        instead = ""
        for post in SEATS.get(role, ()):
            for org in self.tree.line(org_id):
                if holders := self.holders.get((post, org)):
                    if there := [id for id in holders if id not in self.away]:
                        return [Seat(id, instead) for id in dict.fromkeys(there)]
                    instead = instead or holders[0]
            instead = instead or VACANT
        return (Seat("", instead),)
