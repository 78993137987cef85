"""Circulars to be looked at, and the records behind their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.permissions import Action, reach
from handlers.reports.actions.allowing import entrusted, may_see
from handlers.reports.rules import figures, freezing, paper, spans
from handlers.reports.rules.figures import Record
from handlers.reports.rules.freezing import Document, Frozen
from handlers.reports.rules.stages import Stage
from storage import activities, audit, duties, members, organisation, reports
from storage.database import Session
from storage.members import Speaker
from storage.reports import Circular


@dataclass(frozen=True)
class Seen:
    row: Circular
    document: Document
    author: str
    """Name of the person, as of the others."""
    approver: str


@dataclass(frozen=True)
class Behind:
    """One record, with what it is called today; the count is the one that was frozen."""

    on: date
    what: str
    org: str
    part: int
    whole: int


@dataclass(frozen=True)
class Why:
    circular_id: int
    document: Document
    figure: Frozen
    last: Sequence[Behind]


def seen(db: Session, actor: Speaker, circular_id: int, now: datetime) -> Seen:
    row = entrusted(db, actor, circular_id, now)
    names = members.names(db, sorted({row.author, row.approved_by} - {""}))
    document = of(row)
    return Seen(row, document, names.get(row.author, ""), names.get(row.approved_by, ""))


def of(row: Circular) -> Document:
    return freezing.read(row.frozen, lambda: row.records)


def listed(db: Session, actor: Speaker, now: datetime) -> list[Circular]:
    """The latest first."""
    tree = organisation.tree(db, now.date())
    above = {org for post in actor.posts for org in tree.line(post.org_id)}
    below = {org for post in actor.posts for org in tree.below(post.org_id)}
    rows = reports.listed(db, sorted(above | below))
    return [row for row in rows if may_see(db, actor, row, now)]


def waiting(db: Session, actor: Speaker, now: datetime) -> list[tuple[Circular, str]]:
    """What somebody else has checked and `actor` may approve, and what of one's own may be
    published now; each with its title."""
    orgs = reach(actor, Action.APPROVE_CIRCULAR, organisation.tree(db, now.date()))
    rows = reports.under_way(db, orgs) if orgs else ()
    mine = {Stage.CHECKED: False, Stage.APPROVED: True}
    found = [row for row in rows if mine[Stage(row.state)] == (row.author == actor.id)]
    return [(row, paper.titled(spans.Days(row.first, row.last), row.topic)) for row in found]


def of_unit(db: Session, document: Document, figure: Frozen, org_id: str) -> list[Record]:
    """The records that were counted for one unit of the table."""
    tree = organisation.tree(db, min(document.days.last, document.as_of.date()))
    return [
        each for each in figure.records if (tree.branch_of(each.org_id) or each.org_id) == org_id
    ]


def behind(db: Session, document: Document, rows: Sequence[Record]) -> list[Behind]:
    """What the records are called; one that is gone keeps its number."""
    tree = organisation.tree(db, document.days.last)
    return [
        Behind(each.on, called(db, each), tree.name(each.org_id), each.part, each.whole)
        for each in rows
    ]


def called(db: Session, record: Record) -> str:
    """Only what kind of thing it is and what it is called, of persons nothing."""
    kind, _, id = record.ref.partition(":")
    if kind == "activity" and (held := activities.held(db, int(id))):
        return held.title
    if kind == "duty" and (owed := duties.one(db, int(id))):
        return f"{reports.rule_name(owed.rule_id)} {spans.named(owed.occurrence)}".strip()
    if kind == "task":
        return reports.task_title(db, int(id)) or record.ref
    return record.ref if kind != "org" else ""


LAST = 3


def why(db: Session, actor: Speaker, said: str, now: datetime) -> Why | str | None:
    """Of the number that `said` names, else of the one that they were shown last; in words where
    that was in no circular."""
    last = reports.shown(db, actor.id)
    if last is None:
        return None
    if last.circular_id is None:
        return last.words
    row = entrusted(db, actor, last.circular_id, now)
    document = of(row)
    meant = figures.named(said)
    figure = (document.figure(meant.id) if meant else None) or document.figure(last.figure)
    return why_of(db, actor, row, figure.id, now) if figure else None


def why_of(db: Session, actor: Speaker, row: Circular, figure_id: str, now: datetime) -> Why | None:
    """And remember that this is what they look at."""
    document = of(row)
    figure = document.figure(figure_id)
    if figure is None:
        return None
    reports.showing(db, actor.id, row.id, figure.id, now)
    audit.note(db, actor.id, "read_records", f"circular:{row.id}", now, figure.id)
    return Why(row.id, document, figure, behind(db, document, figure.records[-LAST:][::-1]))
