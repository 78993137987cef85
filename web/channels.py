"""What moves by itself, and for whom: what a page is told of an activity or a final."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.messages import Refusal
from handlers.checkin.actions import showing
from handlers.contests.actions import staging
from storage.database import Session
from storage.members import Speaker
from web import text
from web.screen import codes

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Channel:
    path: str
    event: str
    """What the news are called."""
    look: Callable[[Session, Speaker, datetime, int, str], Told]
    """For this visitor, every few seconds. `Refusal` once they may not any more."""
    news: Callable[[Session, datetime, int], Told | None]
    """The same for all who watch, several times a second; told when it has changed."""


def activity(db: Session, who: Speaker, now: datetime, id: int, scene: str) -> Told:
    held = showing.watched(db, who, now, id)
    return {"now": now.timestamp(), "open": held.opens <= now <= held.closes}


def screen(db: Session, who: Speaker, now: datetime, id: int, scene: str) -> Told:
    return codes(showing.screen(db, who, now, id), now, scene)


def final(db: Session, who: Speaker, now: datetime, id: int, scene: str) -> Told:
    if staging.runs(db, who, now, id) is None:
        raise Refusal(text.NOT_FOUND)
    return {"now": now.timestamp()}


def numbers(db: Session, now: datetime, id: int) -> Told | None:
    found = showing.numbers(db, id)
    return asdict(found) if found else None


def wall(db: Session, now: datetime, id: int) -> Told | None:
    found = staging.wall(db, id, now)
    return asdict(found) | {"opens": text.moment(found.opens)} if found else None


CHANNELS = (
    Channel("/console/activities/{id}/live", "count", activity, numbers),
    Channel("/screen/{id}/live", "count", screen, numbers),
    Channel("/screen/final/{id}/live", "wall", final, wall),
)
