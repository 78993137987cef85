"""What the tests of the clock have in common."""

import json
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from bot.clock import HOME
from bot.messages import Reply
from handlers.registry.actions import load_demo
from scheduler import runs
from scheduler.timetable import TIMETABLE
from storage import activities
from storage.activities import Activity
from storage.database import table
from storage.duties import Anchor
from storage.members import Account
from storage.outbox import Letter
from storage.tasks import Task, TaskItem, TaskStep
from tests.rows import Rows, put, taken
from tests.world import Talker, World, render

NOVEMBER = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)
SECRETARIES = ("M001", "M015", "M027", "M036", "M049", "M060", "M068", "M080", "M089")


def demo(world: World, *, tasks: bool = False, struck: bool = False) -> World:
    """Where the theme day of November that BR-D1 had arranged is called off. `struck`: the clock
    has struck since."""
    world.now = NOVEMBER
    if rows := _kept.get((tasks, struck)):
        put(world.database, rows)
        return world
    arrange(world, tasks=tasks)
    if struck:
        strike(world)
    _kept[tasks, struck] = taken(world.database)
    return world


_kept: dict[tuple[bool, bool], Rows] = {}


def arrange(world: World, *, tasks: bool) -> None:
    with world.database.unit_of_work() as db:
        load_demo(db, world.now)
        of = table(Activity).c
        theirs = (of.org_id == "BR-D1", of.kind == "theme_day", of.starts > world.now)
        db.run(update(table(Activity)).where(*theirs).values(status="cancelled"))
        activities.changed(db)
    if not tasks:
        without_tasks(world)


def without_tasks(world: World) -> None:
    """Only duties: what is handed out has its own tests."""
    with world.database.unit_of_work() as db:
        for model in (TaskStep, Task, TaskItem):
            db.run(delete(table(model)))
        db.run(delete(table(Anchor)).where(table(Anchor).c.subject.startswith("finding:")))


def strike(world: World, owner: str = "test") -> None:
    runs.strike(world.database, TIMETABLE, world.now, owner)


def mornings(world: World, until: str) -> None:
    """The clock strikes at 8:40 of each day until then: «12-5»."""
    month, day = (int(part) for part in until.split("-"))
    while (world.now.month, world.now.day) != (month, day):
        world.now = (world.now + timedelta(days=1)).replace(hour=8, minute=40)
        strike(world)


def letters(world: World, kind: str = "morning") -> dict[str, Reply]:
    """Of today: member to what is said to them."""
    day = world.now.date()
    with world.database.reading() as db:
        rows = db.run(select(table(Letter)).where(table(Letter).c.kind == kind)).all()
    of_today = [row for row in rows if row.due.date() == day]
    found = {row.to: Reply.model_validate(json.loads(row.body)) for row in of_today}
    assert len(found) == len(of_today)  # one for each
    return found


def shown(reply: Reply) -> str:
    return render(reply)


def speaking(world: World, member_id: str) -> Talker:
    world.add(
        Account(
            platform="fake", user=member_id, member_id=member_id, bound_at=world.now, consent="1"
        )
    )
    talker = world.stranger(member_id)
    return Talker(world, talker.address, member_id)


def reads(world: World, talker: Talker) -> str:
    """They look at the message of this morning, and may tap its buttons."""
    world.last = letters(world)[talker.id]
    return shown(world.last)
