"""Builds that hear badly on purpose."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.messages import Incoming, Reply
from rehearsal.house import House
from storage import inbox
from storage.database import Session, table
from storage.inbox import Heard

Patch = pytest.MonkeyPatch


def before_it_is_kept(patch: Patch) -> None:
    """The platform is told yes, and then it is written down."""

    async def ask(house: House, incoming: Incoming) -> Reply:
        house._waiting.append((incoming, asyncio.get_running_loop().create_future()))
        if len(house._waiting) == 1:
            asyncio.get_running_loop().call_later(0.5, house._answer)
        return Reply(text="ok")

    patch.setattr(House, "ask", ask)


def heard_anew(patch: Patch) -> None:
    """What comes again is taken for new."""
    patch.setattr(inbox, "answered", lambda db, keys: {})
    patch.setattr(inbox, "remember", lambda db, answers: None)


def short_memory(patch: Patch) -> None:
    """What comes again after three seconds is taken for new."""
    usual = inbox.remember

    def remember(db: Session, answers: Mapping[Incoming, Reply]) -> None:
        newest = max((each.at for each in answers), default=None)
        if newest:
            old = delete(table(Heard)).where(table(Heard).c.at < newest - timedelta(seconds=3))
            db.run(old)
        usual(db, answers)

    patch.setattr(inbox, "remember", remember)


INBOUND: Mapping[str, Callable[[Patch], None]] = {
    "before_it_is_kept": before_it_is_kept,
    "heard_anew": heard_anew,
    "short_memory": short_memory,
}
"""Of hearing, not of sending; rule E sees them."""
