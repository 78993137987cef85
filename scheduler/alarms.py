"""Faults that need a person reach one: at once as a letter, and in the morning while they last."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.messages import Matter, Reply
from scheduler import text
from storage import alerts, members, organisation, outbox
from storage.alerts import Alert
from storage.database import Session
from storage.members import Role
from storage.outbox import Post

LASTS = timedelta(days=3)
WAITS_FOR_MORNING = frozenset({"workdays_missing"})
"""No fault yet: it stands in the message of the morning, and is no message of its own."""


def tell(db: Session, now: datetime) -> None:
    """Each alert once to those who look after the assistant. The log has had it before."""
    for each in alerts.untold(db):
        if each.what not in WAITS_FOR_MORNING:
            outbox.post(db, [letter(each, to, now) for to in keepers(db, now)], now)
        alerts.told(db, each.key, now)


def letter(alert: Alert, to: str, now: datetime) -> Post:
    return Post(
        key=f"alert:{alert.key}:{alert.at:%Y-%m-%dT%H:%M:%S}:{to}",
        to=to,
        kind="alert",
        say=Reply(text=text.alert(alert.what, alert.detail)),
        cause=f"alert:{alert.key}",
        due=now,
        until=now + LASTS,
    )


def matters(db: Session, now: datetime) -> Mapping[str, Sequence[Matter]]:
    """What is not over yet."""
    found = [
        Matter(text.alert(each.what, each.detail), each.at.date(), about=f"alert:{each.key}")
        for each in alerts.open_ones(db)
    ]
    return {to: found for to in keepers(db, now)} if found else {}


def keepers(db: Session, now: datetime) -> Sequence[str]:
    """The operators; where there are none, the committee's office."""
    orgs = list(organisation.tree(db, now.date()).nodes)
    for role in (Role.OPERATOR, Role.COMMITTEE_OFFICE):
        if there := members.holders(db, role, orgs, now.date()):
            return list(dict.fromkeys(member_id for member_id, _ in there))
    return []
