"""Lists of what was handed out: item by item, and unit by unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.tasks.actions import listing, parties
from handlers.tasks.text import common as text
from storage import audit, members, tasks
from storage.database import Session
from storage.members import Speaker
from storage.tasks import Row


@dataclass(frozen=True)
class Item:
    id: int
    number: str
    title: str
    kind: str
    due: date
    total: int
    finished: int
    reported: int
    overdue: int


@dataclass(frozen=True)
class Line:
    row: Row
    unit: str
    who: str
    offered: tuple[str, datetime] | None = None
    """Who was asked to take it and has not answered, and since when."""


def waiting(db: Session, actor: Speaker, now: datetime, most: int) -> tuple[list[Line], int]:
    """The first of the reports and extensions that wait for `actor`, the oldest first; and how
    many there are."""
    issuing = parties.decides_for(actor)
    rows = tasks.waiting(db, issuing) if issuing else []
    return lines(db, now, rows[:most]), len(rows)


def items(db: Session, actor: Speaker, now: datetime) -> list[Item]:
    """What others handed to the units that `actor` looks after: what is not finished first,
    and of that the item due first. What only few may see is counted for these few."""
    tree = parties.tree_of(db, now.date())
    found: dict[int, list[tasks.Summary]] = {}
    for each in tasks.summaries(db, parties.overseen(tree, actor), now.date()):
        found.setdefault(each.item_id, []).append(each)
    summed_up = [
        summed(item_id, states)
        for item_id, states in found.items()
        if states[0].kind != "finding" or listing.of_item(db, actor, now, item_id)
    ]
    return sorted(summed_up, key=lambda item: item.finished == item.total)


def summed(item_id: int, states: Sequence[tasks.Summary]) -> Item:
    def count(*wanted: str) -> int:
        return sum(each.tasks for each in states if each.state in wanted)

    first, asked = states[0], [each for each in states if each.state != "withdrawn"]
    return Item(
        item_id,
        first.number,
        first.title,
        first.kind,
        first.due,
        sum(each.tasks for each in asked),
        count("accepted", "closed"),
        count("reported"),
        sum(each.overdue for each in states),
    )


def units(db: Session, actor: Speaker, now: datetime, item_id: int) -> list[Line]:
    """An item over the units that `actor` may see: what came back first, then what is owed, the
    late ones before the others, and what is settled last. On record that it was read."""
    tree = parties.tree_of(db, now.date())
    led = set(parties.led_by(db, tree, actor))
    rows = [row for row in tasks.of_item(db, item_id) if listing.sees(tree, actor, led, row)]
    if rows:
        audit.note(db, actor.id, "read_tasks", f"task_item:{item_id}", now, f"{len(rows)} units")
    return lines(db, now, sorted(listing.worst_first(rows), key=with_whom))


def with_whom(row: Row) -> int:
    """0 with who handed it out, 1 with the unit, 2 with nobody any more."""
    return 1 if row.state in tasks.OWED else 2 if row.state in tasks.FINISHED else 0


def lines(db: Session, now: datetime, rows: Sequence[Row]) -> list[Line]:
    tree = parties.tree_of(db, now.date())
    doers = parties.doers(db, tree, rows)
    ids = sorted({person.id for people in doers.values() for person in people})
    names, offers = named(db, ids), listing.offers(db, rows)
    return [
        Line(
            row,
            listing.whose(db, tree, row),
            text.JOINED.join(names[p.id] for p in doers[row.id][:2]),
            offers.get(row.id),
        )
        for row in rows
    ]


def named(db: Session, ids: Sequence[str]) -> Mapping[str, str]:
    return {**dict.fromkeys(ids, ""), **members.names(db, ids)}
