"""Who is told: the holder of a post, or whoever takes their place today."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from handlers.duties.rules.seats import A_DAY_OFF, SEATS
from storage import courtesy, organisation, standing
from storage.database import Session
from storage.organisation import OrgKind

COMMITTEES = frozenset({OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH})
VACANT = "vacant"


class Seat(NamedTuple):
    member_id: str
    """Empty where nobody holds the post, nor any above it."""
    instead_of: str = ""
    """The holder who is away, or `vacant`."""


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
        spared = standing.spared(self.db)
        self.spared = {id for id, why in spared.items() if why in {*self.exempt, "erased"}}
        self.holders: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.posts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for post in standing.posts(self.db):
            if post.since <= today and (post.until is None or post.until > today):
                self._holds(post.member_id, post.role, post.org_id)
        quiet = courtesy.quiet_until(self.db, list(self.posts), self.now)
        days_off = self.now + timedelta(hours=A_DAY_OFF)
        self.away = {id for id in self.posts if id in self.spared}
        self.away |= {id for id, until in quiet.items() if until > days_off}

    def _holds(self, member_id: str, role: str, org_id: str) -> None:
        self.posts[member_id].append((role, org_id))
        self.holders[role, org_id].append(member_id)
        node = self.tree.nodes.get(org_id)
        if node and node.kind in COMMITTEES and node.parent_id:
            self.holders[role, node.parent_id].append(member_id)  # it acts for the whole organ

    def seats(self, role: str, subject: str, org_id: str) -> Sequence[Seat]:
        """Everybody on the first bench that somebody sits on; a member is told himself."""
        if role == "member":
            member_id = subject.partition(":")[2]
            theirs = subject.startswith("member:") and member_id not in self.spared
            return (Seat(member_id),) if theirs else ()
        instead = ""
        for post in SEATS.get(role, ()):
            for org in self.tree.line(org_id):
                if holders := self.holders.get((post, org)):
                    if there := [id for id in holders if id not in self.away]:
                        return [Seat(id, instead) for id in dict.fromkeys(there)]
                    instead = instead or holders[0]
            instead = instead or VACANT
        return (Seat("", instead),)
