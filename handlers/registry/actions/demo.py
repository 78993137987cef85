"""The demonstration: an invented organisation, and an activity that is open right now."""

from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.files.reading import read
from bot.files.tables import Block
from handlers.registry import text
from handlers.registry.actions import importing
from handlers.registry.actions.plans import Faulty, Subject
from storage import activities, audit, roster, tasks
from storage.activities import Activity, Audience, Manner
from storage.database import Session
from storage.organisation import Organisation

SEEDS = Path(__file__).parents[3] / "storage" / "seeds" / "demo"
FILES = (
    (Subject.ORGANISATION, "org.yaml"),
    (Subject.MEMBERS, "members.csv"),
    (Subject.ORGANISATION, "org.yaml"),  # once more: its officers are members by now
    (Subject.ACTIVITIES, "activities.csv"),
    (Subject.CANDIDATES, "candidates.csv"),
    (Subject.TASKS, "tasks.csv"),
    (Subject.TASKS, "findings.csv"),
    (Subject.TASKS, "november_tasks.csv"),
)
TOP = "WC-0"
HOST = "BR-A1"
LASTS = timedelta(hours=2)
SOON = timedelta(minutes=15)
"""An activity that closes so soon is of no use to a newcomer."""


class Demo(StrEnum):
    LOADED = "loaded"
    REFRESHED = "refreshed"
    """It was there; at most the open activity is new."""
    OTHER_ORGANISATION = "other_organisation"
    """The database belongs to somebody else: nothing was done."""


def load_demo(db: Session, now: datetime) -> Demo:
    """Make sure that there is something to check in to for a newcomer who says «签到»."""
    there = {each.id: each.name for each in roster.every(db, Organisation)}
    if there and there.get(TOP) != demo_name():
        return Demo.OTHER_ORGANISATION
    if not there:
        load(db, now)
    open_one(db, now)
    return Demo.REFRESHED if there else Demo.LOADED


def load(db: Session, now: datetime) -> None:
    for subject, name in FILES:
        plan = importing.plan(db, subject, read(SEEDS / name), now=now, as_of=now.date())
        if isinstance(plan, Faulty):  # a test loads it: only who edits the files sees this
            raise RuntimeError(f"the demonstration's {name} is broken: {plan.faults[:3]}")
        importing.carry_out(db, plan, actor="operator")
    tasks.told(db, [each.id for each in tasks.untold(db)], now)  # nobody is written to


def open_one(db: Session, now: datetime) -> None:
    """Check-in is open since five minutes ago and for two hours; the meeting is about to begin,
    so that nobody who tries it is told to be late."""
    mine = [
        each
        for each in activities.around(db, now.date())
        if each.org_id == HOST and (each.ref or "").startswith("DEMO-")
    ]
    if any(each.opens <= now <= each.closes - SOON for each in mine):
        return
    opens = now.replace(second=0, microsecond=0) - timedelta(minutes=5)
    starts, closes = opens + timedelta(minutes=30), opens + LASTS
    activity = Activity(
        ref=f"DEMO-{opens:%Y%m%d-%H%M}",
        org_id=HOST,
        kind="theme_day",
        title=text.OPEN_ACTIVITY,
        starts=starts,
        minutes=int((closes - starts).total_seconds()) // 60,
        venue=text.OPEN_VENUE,
        audience=Audience.ALL,
        manner=Manner.WORD,
        opens=opens,
        closes=closes,
        made_by="operator",
        made_at=now,
    )
    db.add(activity)
    activities.changed(db)
    audit.note(db, "operator", "open_demo", f"activity:{activity.id}", now)


def demo_name() -> str:
    document = read(SEEDS / "org.yaml")
    assert isinstance(document, Block)
    return document.blocks("committee")[0].text("name")
