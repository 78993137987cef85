"""The hours somebody has studied this year, and how many the rules ask for."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.duties.actions.planning import rulebook
from handlers.duties.actions.subjects import OFFICERS
from handlers.duties.rules.rulebook import Filter, Level
from storage import hours
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class MyHours:
    year: int
    hours: float
    times: int
    wanted: int | None
    """None: the rules ask for none."""
    counted_since: date | None
    """Where the branch has counted from some day of this year only: that day. Before it nobody
    knows."""


def mine(db: Session, member: Speaker, now: datetime) -> MyHours:
    today = now.date()
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    studied = hours.of_members(db, [member.id], first, last).get(member.id, hours.Studied(0, 0))
    since = hours.counted_since(db).get(member.branch_id)
    late = since if since is not None and since > first else None
    return MyHours(today.year, studied.hours, studied.times, wanted(member), late)


def wanted(member: Speaker) -> int | None:
    """The most that any rule asks for in a year."""
    leads = any(post.role in OFFICERS for post in member.posts)
    asked = [
        rule.hours
        for rule in rulebook().rules
        if rule.hours is not None
        and rule.level is Level.MEMBER
        and (rule.filter is None or (leads and rule.filter is Filter.IS_BRANCH_OFFICER))
    ]
    return max(asked, default=None)
