"""The registers as tables again: what is imported comes out as it went in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from handlers.registry.actions import tasks
from handlers.registry.actions.activities import ref_of
from handlers.registry.actions.members import last_memberships
from handlers.registry.actions.plans import Subject
from handlers.registry.actions.posts import Posts, lasts
from handlers.registry.rules import accounts, activities, members, organisations
from handlers.registry.rules import tasks as task_columns
from handlers.registry.rules.members import DAYS, Post
from handlers.registry.rules.nesting import nested
from handlers.registry.rules.organisations import ROLE_OF_OFFICERS, ROLES_OF_OFFICERS
from storage import audit, organisation, roster
from storage.activities import Activity
from storage.attendance import Attendance
from storage.database import Session
from storage.members import Account, Appointment, Member, Membership, Role
from storage.organisation import Organisation

Cells = Mapping[str, str]

ATTENDANCE = ("activity_id", "title", "start_at", "member_id", "name", "state", "at", "source")


class Listing(StrEnum):
    """What can be written to a file: whatever can be read from one, and who was there."""

    ORGANISATION = Subject.ORGANISATION
    MEMBERS = Subject.MEMBERS
    ACCOUNTS = Subject.ACCOUNTS
    ACTIVITIES = Subject.ACTIVITIES
    TASKS = Subject.TASKS
    ATTENDANCE = "attendance"


@dataclass(frozen=True)
class Listed:
    columns: tuple[str, ...]
    rows: list[Cells]
    document: Mapping[str, object] | None = None
    """The same as one nested document, where the rows have such a form."""


def export(db: Session, what: Listing, *, now: datetime, actor: str) -> Listed:
    """As of today. Leaves a row in the audit: whoever takes the registers out is on record."""
    day = now.date()
    match what:
        case Listing.ORGANISATION:
            rows = list(organisation_rows(db, day))
            listed = Listed(organisations.COLUMNS, rows, nested(rows))
        case Listing.MEMBERS:
            listed = Listed(members.COLUMNS, list(member_rows(db, day)))
        case Listing.ACCOUNTS:
            listed = Listed(accounts.COLUMNS, list(account_rows(db)))
        case Listing.ACTIVITIES:
            listed = Listed(activities.COLUMNS, list(activity_rows(db)))
        case Listing.TASKS:
            listed = Listed(task_columns.COLUMNS, list(tasks.rows(db, cell)))
        case Listing.ATTENDANCE:
            listed = Listed(ATTENDANCE, list(attendance_rows(db)))
    audit.note(db, actor, "export", f"{what}:*", now, f"{len(listed.rows)} rows")
    return listed


def organisation_rows(db: Session, day: date) -> Iterator[Cells]:
    tree = organisation.tree(db, day)
    officers: dict[str, list[Appointment]] = {}
    for held in roster.every(db, Appointment):
        if held.role in ROLES_OF_OFFICERS and lasts(held, day):
            officers.setdefault(held.org_id, []).append(held)
    rows = {each.id: each for each in roster.every(db, Organisation) if each.id in tree.nodes}
    roots = [id for id, node in tree.nodes.items() if node.parent_id not in tree.nodes]
    for id in (id for root in roots for id in tree.below(root)):
        row = rows[id]
        yield {
            "id": id,
            "name": row.name,
            "type": row.kind,
            "parent_id": tree.nodes[id].parent_id or "",
            "leading_group": row.leading_group,
            "elected_on": cell(row.elected_on),
            "term_years": cell(row.term_years),
            "theme_day": cell(row.theme_day),
            "dues_day": cell(row.dues_day),
            "has_committee": cell(row.has_committee),
            "note": row.note,
            "officers": ";".join(officer(each, row.kind) for each in officers.get(id, ())),
        }


def officer(held: Appointment, kind: str) -> str:
    usual = held.role == ROLE_OF_OFFICERS.get(kind)
    return held.member_id if usual else f"{held.member_id}:{held.role}"


def member_rows(db: Session, day: date) -> Iterator[Cells]:
    belongs = last_memberships(db)
    posts = Posts.load(db, day)
    for member in roster.every(db, Member):
        if member.erased_at:
            continue
        last = belongs.get(member.id)
        place = last if last and (last.until is None or last.until > day) else None
        held = {(each.role, each.org_id) for each in posts.current(member.id, day)}
        yield {
            "member_id": member.id,
            "name": member.name,
            "branch_id": place.branch_id if place else "",
            "group": (place.group_id or "") if place else "",
            "role": roles(held, place),
            "status": member.status,
            "accepted_on": cell(member.accepted_on),
            "full_on": cell(member.full_on),
            "is_leader": cell(member.is_leader),
            "retired": cell(member.retired),
            "chase_exempt": member.chase_exempt,
            "theme_opt_in": cell(member.theme_opt_in),
            **{column: cell(getattr(member, column)) for column in DAYS},
        }


def roles(posts: Iterable[Post], place: Membership | None) -> str:
    """Those of the branch; where somebody works above it stands with the organisations."""
    said = []
    for role, org_id in sorted(posts):
        own = place and (place.group_id if role == Role.GROUP_LEADER else place.branch_id)
        if role not in ROLES_OF_OFFICERS:
            said.append(str(role) if org_id == own else f"{role}@{org_id}")
    return ";".join(said) or str(Role.MEMBER)


def account_rows(db: Session) -> Iterator[Cells]:
    for each in roster.every(db, Account):
        yield {"member_id": each.member_id, "platform": each.platform, "user": each.user}


def activity_rows(db: Session) -> Iterator[Cells]:
    for each in roster.every(db, Activity):
        yield {
            "activity_id": ref_of(each),
            "org_id": each.org_id,
            "type": each.kind,
            "title": each.title,
            "start_at": cell(each.starts),
            "minutes": cell(each.minutes),
            "venue": each.venue,
            "expected": cell(each.reported_expected),
            "present": cell(each.reported_present),
            "on_leave": cell(each.reported_on_leave),
            "check_in": each.manner,
            "study_hours": cell(each.study_hours or 0),
            "series": each.series,
            "status": each.status,
            "audience": each.audience,
            "code": each.code,
            "opens_at": cell(each.opens),
            "closes_at": cell(each.closes),
        }


def attendance_rows(db: Session) -> Iterator[Cells]:
    held = {each.id: each for each in roster.every(db, Activity)}
    names = {each.id: each.name for each in roster.every(db, Member)}
    for each in roster.every(db, Attendance):
        activity = held[each.activity_id]
        yield {
            "activity_id": ref_of(activity),
            "title": activity.title,
            "start_at": cell(activity.starts),
            "member_id": each.member_id,
            "name": names[each.member_id],
            "state": each.state,
            "at": cell(each.at),
            "source": each.source,
        }


def cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case datetime():
            return value.isoformat(timespec="minutes")[:16]
        case _:
            return str(value)
