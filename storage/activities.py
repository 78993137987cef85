"""Activities: what is held, when and where, for whom, and when one may check in."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, and_, bindparam, delete, insert, or_, select
from sqlmodel import Field, SQLModel

from bot.clock import midnight
from storage import revisions
from storage.database import Moment, Session, among, table
from storage.members import Speaker


class Audience(StrEnum):
    """Who is expected."""

    ALL = "all"
    """Every member of the organisation, and of what lies under it."""
    OFFICERS = "officers"
    """Who holds a post in the organisation on that day: the branch committee's meeting."""
    SIGNED_UP = "signed_up"
    """Whoever has signed up: shifts, training, voluntary activities."""


class Manner(StrEnum):
    """What a member must show to check in. No manner asks for a photo or a place."""

    WORD = "word"
    """Nothing: one word, or one tap."""
    CODE = "code"
    """The code that is said or shown in the room."""
    ROTATING = "rotating"
    """The code or QR on the screen, which turns every 20 s."""


class Status(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class Activity(SQLModel, table=True):
    __table_args__ = (Index("activity_of_organisation", "org_id", "starts"),)

    id: int = Field(default=None, primary_key=True)
    ref: str | None = Field(default=None, unique=True)
    """The number it was imported under."""
    org_id: str = Field(foreign_key="organisation.id")
    kind: str
    """theme_day, general_meeting …: the identifiers of the glossary."""
    title: str
    starts: datetime = Field(sa_type=Moment, index=True)
    minutes: int = 90
    venue: str = ""
    audience: str = Audience.ALL
    manner: str = Manner.WORD
    code: str = Field(default="", index=True)
    secret: str = ""
    """Rotating codes are made from it."""
    opens: datetime = Field(sa_type=Moment)
    closes: datetime = Field(sa_type=Moment, index=True)
    study_hours: float = 0
    series: str = ""
    status: str = Status.PLANNED
    reported_expected: int | None = None
    """Head-counts that were reported, where there are no records of persons."""
    reported_present: int | None = None
    reported_on_leave: int | None = None
    made_by: str = ""
    made_at: datetime | None = Field(default=None, sa_type=Moment)


A_STUDY_HOUR = 45
"""Minutes."""
STUDIES = frozenset({"theme_day", "party_lecture", "study_session", "training"})
"""Kinds of activity that are study. Quizzes and time online never are."""


def study_hours(kind: str, minutes: int) -> float:
    """What attending it counts, to a tenth."""
    return round(minutes / A_STUDY_HOUR, 1) if kind in STUDIES else 0.0


class SignUp(SQLModel, table=True):
    """That a member wants to come; deleted when they change their mind."""

    activity_id: int = Field(primary_key=True, foreign_key="activity.id")
    member_id: str = Field(primary_key=True, foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True)
class Held:
    """An activity as a value: what deciding and wording need of it."""

    id: int
    ref: str | None
    org_id: str
    kind: str
    title: str
    starts: datetime
    minutes: int
    venue: str
    audience: str
    manner: str
    code: str
    secret: str
    opens: datetime
    closes: datetime
    study_hours: float
    series: str
    status: str
    reported_expected: int | None
    reported_present: int | None
    reported_on_leave: int | None

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


def imagined(org_id: str, audience: str, starts: datetime) -> Held:
    """An activity that is only being thought of, to see who would be expected."""
    nobody: dict[str, Any] = dict.fromkeys((each.name for each in fields(Held)), "")
    return Held(**nobody | {"id": 0, "org_id": org_id, "audience": audience, "starts": starts})


def publish(db: Session, row: Activity) -> int:
    """From now on it is there for everybody; its number."""
    db.add(row)
    changed(db)
    return row.id


def last_venue(db: Session, org_id: str) -> str:
    """Where the organisation met last; empty where nobody knows."""
    return db.run(LAST_VENUE, {"org": org_id}).scalar() or ""


def around(db: Session, day: date) -> Sequence[Held]:
    """Everything not cancelled whose check-in is open at some time of `day`, or whose own day it
    is; the earliest first."""

    def load() -> Sequence[Held]:
        begins, ends = midnight(day), midnight(day + timedelta(days=1))
        values = {"from": begins, "till": ends, "gone": Status.CANCELLED}
        return tuple(Held(*row) for row in db.run(AROUND, values))

    return revisions.kept(db, ACTIVITIES, day, load)


def between(db: Session, org_ids: Sequence[str], start: datetime, end: datetime) -> list[Held]:
    """Those of `org_ids` that start in [start, end) and are not cancelled."""
    values = {"orgs": org_ids, "from": start, "till": end, "gone": Status.CANCELLED}
    return [Held(*row) for row in db.run(BETWEEN, values)]


def held(db: Session, activity_id: int) -> Held | None:
    row = db.run(ONE, {"id": activity_id}).one_or_none()
    return Held(*row) if row else None


def titles(db: Session, ids: Sequence[int]) -> dict[int, str]:
    """Number to what it is called, also of what was cancelled."""
    return {row.id: row.title for row in db.run(TITLES, {"ids": ids})}


def amend(db: Session, activity_id: int, **values: Any) -> None:
    """Change columns of an activity, and let everybody read it anew."""
    row = db.get_one(Activity, activity_id)
    for name, value in values.items():
        setattr(row, name, value)
    changed(db)


def sign_up(db: Session, activity_id: int, member_id: str, at: datetime) -> None:
    """For a member who has not; whoever comes to such an activity does so by coming."""
    db.together(SIGN_UP, {"activity_id": activity_id, "member_id": member_id, "at": at})


def sign_off(db: Session, activity_id: int, member_id: str) -> None:
    db.run(SIGN_OFF, {"of_activity": activity_id, "of_member": member_id})


def changed(db: Session) -> None:
    """To be called with every change of an activity."""
    revisions.changed(db, ACTIVITIES)


def concerns(held: Held, member: Speaker) -> bool:
    """Whether `member` is expected there or may come: it is held for where they belong."""
    if held.audience == Audience.OFFICERS:
        return any(post.org_id == held.org_id for post in member.posts)
    return held.org_id in member.line


def of_member(db: Session, member: Speaker, start: datetime, end: datetime) -> list[Held]:
    """What concerns `member` and starts in [start, end), the earliest first."""
    places = {*member.line, *(post.org_id for post in member.posts)}
    return [each for each in between(db, sorted(places), start, end) if concerns(each, member)]


def signed_up(db: Session, activity_id: int) -> frozenset[str]:
    return frozenset(row[0] for row in db.run(SIGNED_UP, {"activity": activity_id}))


ACTIVITIES = "activities"
activity, sign = table(Activity).c, table(SignUp).c
_HELD: Any = select(*(activity[each.name] for each in fields(Held))).order_by(
    activity.starts, activity.id
)
_from, _till = bindparam("from", type_=Moment), bindparam("till", type_=Moment)
AROUND = _HELD.where(
    activity.status != bindparam("gone"),
    or_(
        and_(activity.opens < _till, activity.closes >= _from),
        and_(activity.starts < _till, activity.starts >= _from),
    ),
)
BETWEEN = _HELD.where(
    activity.status != bindparam("gone"),
    among(activity.org_id, "orgs"),
    activity.starts >= _from,
    activity.starts < _till,
)
ONE = _HELD.where(activity.id == bindparam("id"))
SIGNED_UP = select(sign.member_id).where(sign.activity_id == bindparam("activity"))
SIGN_UP = insert(table(SignUp))
SIGN_OFF = delete(table(SignUp)).where(
    sign.activity_id == bindparam("of_activity"), sign.member_id == bindparam("of_member")
)
TITLES = select(activity.id, activity.title).where(among(activity.id, "ids"))
LAST_VENUE = (
    select(activity.venue)
    .where(activity.org_id == bindparam("org"), activity.venue != "")
    .order_by(activity.starts.desc(), activity.id.desc())
    .limit(1)
)
