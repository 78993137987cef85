"""A town of the size that the assistant must carry, written straight into its tables."""

from datetime import date, datetime, timedelta

from sqlalchemy import insert

from scheduler import runs
from scheduler.timetable import TIMETABLE
from storage import activities, members, migrating, organisation
from storage.activities import Activity
from storage.database import Database, Session, table
from storage.members import Account, Appointment, Member, Membership, Role
from storage.organisation import Organisation, Placement

SINCE = date(2020, 1, 1)


def build(url: str, people: int, branches: int, now: datetime) -> None:
    """`people` members o0… on WeChat in `branches` branches, one meeting of all open for hours.
    What happens by itself has happened, as on any morning."""
    database = Database(url)
    migrating.migrate(database)
    with database.unit_of_work() as db:
        organisations(db, branches)
        population(db, people, branches, now)
        meeting(db, now)
    runs.strike(database, TIMETABLE, now, "the night before")
    database.close()


def organisations(db: Session, branches: int) -> None:
    ids = ["WC", *(f"B{n}" for n in range(branches))]
    defaults = {"leading_group": "", "has_committee": False, "note": ""}
    db.run(
        insert(table(Organisation)),
        [
            {"id": i, "name": i, "kind": "branch" if i != "WC" else "work_committee"} | defaults
            for i in ids
        ],
    )
    db.run(
        insert(table(Placement)),
        [
            {"org_id": i, "parent_id": None if i == "WC" else "WC", "since": SINCE, "approval": ""}
            for i in ids
        ],
    )
    organisation.changed(db)


def population(db: Session, people: int, branches: int, now: datetime) -> None:
    numbers = range(people)
    flags = {
        "status": "full",
        "is_leader": False,
        "retired": False,
        "chase_exempt": "",
        "theme_opt_in": True,
    }
    db.run(insert(table(Member)), [{"id": f"M{n}", "name": f"张{n}"} | flags for n in numbers])
    belongs = [
        {"member_id": f"M{n}", "branch_id": f"B{n % branches}", "since": SINCE} for n in numbers
    ]
    db.run(insert(table(Membership)), belongs)
    how = {"bound_at": now, "via": "invite", "consent": "1", "unreachable": ""}
    db.run(
        insert(table(Account)),
        [{"platform": "wechat", "user": f"o{n}", "member_id": f"M{n}"} | how for n in numbers],
    )
    post = {"role": Role.SECRETARY, "since": SINCE, "full_time": False, "approval": ""}
    db.run(
        insert(table(Appointment)),
        [{"member_id": f"M{n}", "org_id": f"B{n}"} | post for n in range(min(branches, people))],
    )
    members.changed(db)


def meeting(db: Session, now: datetime) -> int:
    """The meeting's id."""
    held = Activity(
        org_id="WC",
        kind="general_meeting",
        title="全市党员大会",
        starts=now,
        minutes=240,
        opens=now - timedelta(hours=1),
        closes=now + timedelta(hours=4),
    )
    db.add(held)
    activities.changed(db)
    return held.id
