"""Puts the parts together. The only module that knows them all."""

from collections.abc import Mapping
from datetime import datetime
from types import ModuleType
from typing import Any

from bot.dispatch import Dispatcher
from bot.finding import Finder
from bot.messages import Address, Incoming, Reply
from bot.routing import Router
from handlers.checkin import chat as checkin
from handlers.talk import chat as talk
from storage.database import Database, Session
from storage.members import Speaker
from storage.writer import Writer

FEATURES: tuple[ModuleType, ...] = (checkin, talk)
"""What the assistant can do. A new capability is its folder, and its word here."""


class Nothing:
    intent = None
    slots: Mapping[str, Any] = {}
    alternatives = ()


class Deaf:  # until understanding is wired
    def understand(self, text: str, **_: Any) -> Any:
        return Nothing()

    def slots(self, *_: Any, **__: Any) -> Mapping[str, Any]:
        return {}


def names_for(db: Session, speaker: Speaker, now: datetime) -> None:
    return None


def dispatcher() -> Dispatcher:
    router = Router()
    for feature in FEATURES:
        router.include(feature.router)
    return Dispatcher(Finder(router, Deaf(), names_for))


def writer(database: Database) -> Writer[Incoming, Reply]:
    return Writer(database, dispatcher().answer_all, whose=sender)


def sender(incoming: Incoming) -> Address:
    return incoming.sender
