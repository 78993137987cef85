"""Unfinished conversations, one for each account: the question that waits, and the buttons shown
last. Plain data, so that a restart loses none."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import JSON, bindparam, delete, insert, select
from sqlmodel import Field, SQLModel

from bot.messages import Address, Button, Incoming, Reply, by_platform
from storage.database import Moment, Session, among, table

PATIENCE = timedelta(minutes=30)
"""How long a question waits for its answer, and a number means a button."""


class OpenDialog(SQLModel, table=True):
    """What one account was last answered, as far as its next message may refer to it."""

    platform: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    name: str = ""
    """Of the `Dialog`; empty where only buttons were shown."""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The dialog's fields, its `step` among them."""
    offered: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    """Label and tap of the buttons last shown: «2» means the second where none can be tapped."""
    expires: datetime = Field(sa_type=Moment)


class Waiting(NamedTuple):
    """An `OpenDialog` as a value. It may have expired: see `expires`."""

    name: str
    answers: dict[str, Any]
    offered: list[Button]
    expires: datetime


def waiting(db: Session, addresses: Sequence[Address]) -> dict[Address, Waiting]:
    return {
        Address(platform, user): Waiting(
            name, answers, [Button(label=label, tap=tap) for label, tap in offered], expires
        )
        for platform, users in by_platform(addresses).items()
        for user, name, answers, offered, expires in db.run(
            WAITING, {"platform": platform, "users": users}
        )
    }


def save(db: Session, answers: Mapping[Incoming, Reply], before: Mapping[Address, Waiting]) -> None:
    """Remember the dialog and the buttons of each reply in `answers`; forget those in `before` of
    the same senders."""
    for platform, users in by_platform(e.sender for e in answers if e.sender in before).items():
        db.run(FORGET, {"platform": platform, "users": users})
    rows = [
        _row(each.sender, reply, each.at)
        for each, reply in answers.items()
        if reply.then or reply.buttons
    ]
    if rows:
        db.run(REMEMBER, rows)


def forget(db: Session, address: Address) -> None:
    db.run(FORGET, {"platform": address.platform, "users": [address.user]})


def _row(address: Address, reply: Reply, now: datetime) -> dict[str, Any]:
    return {
        "platform": address.platform,
        "user": address.user,
        "name": reply.then.name if reply.then else "",
        "answers": reply.then.model_dump(mode="json") if reply.then else {},
        "offered": [[button.label, button.tap] for button in reply.buttons],
        "expires": now + PATIENCE,
    }


dialog = table(OpenDialog).c
WAITING = select(dialog.user, dialog.name, dialog.answers, dialog.offered, dialog.expires).where(
    dialog.platform == bindparam("platform"), among(dialog.user, "users")
)
REMEMBER = insert(table(OpenDialog))
FORGET = delete(table(OpenDialog)).where(
    dialog.platform == bindparam("platform"), among(dialog.user, "users")
)
