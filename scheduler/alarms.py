"""Alerts (`storage/alerts.py`) reach a person: at once as a letter, and each morning while they
last."""

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
"""How long after the alert its letter is still worth sending."""
WAITS_FOR_MORNING = frozenset({"workdays_missing"})
"""Sorts of alerts that are no fault yet: only the message of the morning says them."""


def tell(db: Session, now: datetime) -> None:
    """Write each new alert once to everybody in `keepers`. It is in the log already."""
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
    """The alerts that are not over, for the message of the morning of everybody in `keepers`."""
    found = [
        Matter(text.alert(each.what, each.detail), each.at.date(), about=f"alert:{each.key}")
        for each in alerts.open_ones(db)
    ]
    return {to: found for to in keepers(db, now)} if found else {}


def keepers(db: Session, now: datetime) -> Sequence[str]:
    """Member ids of the operators; where there are none, of the committee's office."""
    orgs = list(organisation.tree(db, now.date()).nodes)
    for role in (Role.OPERATOR, Role.COMMITTEE_OFFICE):
        if there := members.holders(db, role, orgs, now.date()):
            return list(dict.fromkeys(member_id for member_id, _ in there))
    return []
