"""Who is told of a task: whoever has it, the next in the unit, and whoever issued it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from storage.organisation import BRANCHES, Tree
from storage.tasks import Row

LEADS = (
    "secretary",
    "deputy_secretary",
    "org_commissioner",
    "group_leader",
    "organ_committee",
    "committee_office",
)
"""Whose a unit's task is: the first of these that is held there."""
ASSIGNEE, UNIT_LEAD, ISSUER = "assignee", "unit_lead", "issuer"
PREFIX, FOUND = "task:", "finding:"


class Seat(NamedTuple):
    member_id: str
    """Empty where nobody holds the post, nor any above it."""
    instead_of: str = ""
    """The holder who is away, or `vacant`."""


@dataclass(frozen=True)
class Assigned:
    tree: Tree
    holders: Mapping[tuple[str, str], Sequence[str]]
    """(role, organisation) to who holds it."""
    away: set[str]
    """Not to be told today, whether they hold a post or not."""
    rows: Mapping[str, Row]
    """task:12 to the task, of those that are owed; finding:F05 to the finding."""

    def seats(self, role: str, subject: str) -> Sequence[Seat]:
        """Nobody, where nobody is left below whoever issued it. A finding is put right by whoever
        leads its unit."""
        row = self.rows.get(subject)
        if row is None:
            return ()
        has = self.assignees(row)
        if role == ASSIGNEE or subject.startswith(FOUND):
            return has
        if role == UNIT_LEAD:
            return self.first([*self.below_the_issuer(row)], {seat.member_id for seat in has})
        return self.issuers(row)

    def assignees(self, row: Row) -> Sequence[Seat]:
        if not row.owner:
            return self.first([row.org_id], set())
        if row.owner not in self.away:
            return [Seat(row.owner)]
        return [Seat(id, row.owner) for id, _ in self.first([row.org_id], {row.owner})]

    def issuers(self, row: Row) -> Sequence[Seat]:
        """Whoever issued it while in office there; otherwise whoever leads that organisation."""
        there = {id for (_, org), ids in self.holders.items() if org == row.issuer for id in ids}
        if row.issued_by in there - self.away:
            return [Seat(row.issued_by)]
        return self.first([row.issuer], set())

    def below_the_issuer(self, row: Row) -> Iterator[str]:
        """What only few may see, and what stays within a unit, goes no further than the unit."""
        for org in self.tree.line(row.org_id):
            if org == row.issuer and org != row.org_id:
                return
            yield org
            if row.restricted or org == row.issuer:
                return

    def first(self, orgs: Sequence[str], without: set[str]) -> Sequence[Seat]:
        """The first bench that somebody sits on who is not told anyway."""
        instead = ""
        for post, org in ((post, org) for org in orgs for post in LEADS):
            holders = [id for id in self.of(post, org) if id not in without]
            if there := [id for id in holders if id not in self.away]:
                return [Seat(id, instead) for id in dict.fromkeys(there)]
            instead = instead or (holders[0] if holders else "")
        return ()

    def of(self, post: str, org: str) -> Sequence[str]:
        """An organ's only branch answers for it where it has no committee."""
        if found := self.holders.get((post, org)):
            return found
        under = [each.id for each in self.tree.nodes.values() if each.parent_id == org]
        branches = [each for each in under if self.tree.kind(each) in BRANCHES]
        alone = self.tree.kind(org) == "organ" and len(branches) == 1
        return self.holders.get((post, branches[0]), ()) if alone else ()
