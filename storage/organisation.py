"""The tree of organisations, with its history: who hung under whom, on which day."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from sqlalchemy import Date, Select, bindparam, or_, select
from sqlmodel import Field, SQLModel

from storage import revisions
from storage.database import Session, table


class OrgKind(StrEnum):
    """The identifiers of the glossary."""

    WORK_COMMITTEE = "work_committee"
    ORGAN = "organ"
    ORGAN_COMMITTEE = "organ_committee"
    ORGAN_DISCIPLINE_COMMITTEE = "organ_discipline_committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    JOINT_BRANCH = "joint_branch"
    TEMPORARY_BRANCH = "temporary_branch"
    PARTY_GROUP = "party_group"


BRANCHES = frozenset({OrgKind.BRANCH, OrgKind.JOINT_BRANCH, OrgKind.TEMPORARY_BRANCH})


class Organisation(SQLModel, table=True):
    """One node of the tree. Its place is a `Placement`, because places change."""

    id: str = Field(primary_key=True)
    name: str
    kind: str
    leading_group: str = ""
    elected_on: date | None = None
    term_years: int | None = None
    theme_day: int | None = None
    """Day of the month on which the theme day is held."""
    dues_day: int | None = None
    has_committee: bool = False
    note: str = ""


class Placement(SQLModel, table=True):
    """Where an organisation hangs, from a day until before another."""

    id: int = Field(default=None, primary_key=True)
    org_id: str = Field(foreign_key="organisation.id", index=True)
    parent_id: str | None = Field(default=None, foreign_key="organisation.id")
    since: date
    until: date | None = None
    approval: str = ""
    """The number of the document that approved it."""


@dataclass(frozen=True)
class Node:
    id: str
    name: str
    kind: str
    parent_id: str | None


Line = tuple[str, ...]
"""An organisation and everything above it, itself first."""


@dataclass(frozen=True)
class Tree:
    """The organisations of one day."""

    day: date
    nodes: Mapping[str, Node]
    _lines: dict[str, Line] = field(default_factory=dict, compare=False)

    def line(self, org_id: str) -> Line:
        """Itself and everything above; an organisation that does not exist is alone."""
        if (known := self._lines.get(org_id)) is None:
            known = self._lines[org_id] = tuple(self._upward(org_id))
        return known

    def _upward(self, org_id: str) -> Iterator[str]:
        at: str | None = org_id
        while at is not None:
            yield at
            node = self.nodes.get(at)
            at = node.parent_id if node else None

    @cached_property
    def _children(self) -> Mapping[str | None, list[str]]:
        children: dict[str | None, list[str]] = {}
        for node in self.nodes.values():
            children.setdefault(node.parent_id, []).append(node.id)
        return children

    def below(self, org_id: str) -> list[str]:
        """Itself and everything under it, parents before their children."""
        found = [org_id]
        for each in found:
            found.extend(self._children.get(each, ()))
        return found

    def name(self, org_id: str) -> str:
        node = self.nodes.get(org_id)
        return node.name if node else org_id

    def branch_of(self, org_id: str) -> str | None:
        """The branch that an organisation is, or lies in."""
        return next((o for o in self.line(org_id) if self.kind(o) in BRANCHES), None)

    def full_name(self, org_id: str) -> str:
        """A group by the name of its branch too: every branch has a first group."""
        above = self.branch_of(org_id)
        apart = self.kind(org_id) == OrgKind.PARTY_GROUP and above
        return f"{self.name(above)} {self.name(org_id)}" if apart and above else self.name(org_id)

    def kind(self, org_id: str) -> str:
        node = self.nodes.get(org_id)
        return node.kind if node else ""


def tree(db: Session, day: date) -> Tree:
    """The tree as it stands, stood, or is planned to stand on `day`."""

    def load() -> Tree:
        rows = db.run(NODES, {"day": day})
        return Tree(day, {row.id: Node(*row) for row in rows})

    return revisions.kept(db, TREE, day, load)


@dataclass(frozen=True)
class History:
    """Who hung under whom over some time."""

    places: Mapping[str, Sequence[tuple[str | None, date, date | None]]]
    """Organisation to parent, since and until, each."""

    def line(self, org_id: str, day: date) -> Line:
        """Itself and everything above it on `day`."""
        line = [org_id]
        while parent := self._parent(line[-1], day):
            line.append(parent)
        return tuple(line)

    @cached_property
    def _turns(self) -> Sequence[date]:
        days = {day for places in self.places.values() for _, *span in places for day in span}
        return sorted(day for day in days if day)

    def since(self, day: date, first: date) -> date:
        """The earliest day, but none before `first`, since when all hang as they do on `day`."""
        turned = bisect_right(self._turns, day)
        return max(first, self._turns[turned - 1]) if turned else first

    def _parent(self, org_id: str, day: date) -> str | None:
        for parent, since, until in self.places.get(org_id, ()):
            if since <= day and (until is None or day < until):
                return parent
        return None

    def ever_above(self, org_id: str) -> set[str]:
        """Itself and everything that was above it at some time."""
        found = {org_id}
        waiting = [org_id]
        for each in waiting:
            parents = {parent for parent, _, _ in self.places.get(each, ()) if parent} - found
            found |= parents
            waiting.extend(parents)
        return found


def history(db: Session, first: date, last: date) -> History:
    def load() -> History:
        places: dict[str, list[tuple[str | None, date, date | None]]] = {}
        for org_id, parent, since, until in db.run(PLACES, {"first": first, "last": last}):
            places.setdefault(org_id, []).append((parent, since, until))
        return History(places)

    return revisions.kept(db, TREE, ("history", first, last), load)


def changed(db: Session) -> None:
    """To be called with every change of the tree."""
    revisions.changed(db, TREE)


TREE = "tree"
organisation, placement = table(Organisation).c, table(Placement).c


def _nodes() -> Select[tuple[str, str, str, str | None]]:
    day = bindparam("day", type_=Date)
    return (
        select(organisation.id, organisation.name, organisation.kind, placement.parent_id)
        .join_from(table(Organisation), table(Placement), placement.org_id == organisation.id)
        .where(placement.since <= day, or_(placement.until.is_(None), placement.until > day))
        .order_by(organisation.id)
    )


NODES = _nodes()
PLACES = select(placement.org_id, placement.parent_id, placement.since, placement.until).where(
    placement.since <= bindparam("last", type_=Date),
    or_(placement.until.is_(None), placement.until > bindparam("first", type_=Date)),
)
