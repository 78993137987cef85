"""One call to a platform, and what its end means for each recipient."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Protocol, TypeGuard

from bot.messages import (
    Address,
    NotAgreed,
    NotThere,
    Reply,
    SendFailed,
    StaysShown,
    WindowClosed,
)
from scheduler.delivery.parcels import Parcel
from scheduler.delivery.rules.after import (
    Busy,
    Dead,
    Doubt,
    Out,
    Outcome,
    Poison,
    Sent,
    Shut,
    Stays,
)
from storage.lanes import limits_of

log = logging.getLogger(__name__)


class Speaks(Protocol):
    """As much of a platform as delivery needs."""

    name: str

    async def send(self, to: Address, reply: Reply, *, key: str) -> str | None:
        """How the platform calls it, where it can be taken back by that."""


class SpeaksByKind(Protocol):
    async def send_kind(
        self, to: Address, reply: Reply, *, kind: str, due: datetime, key: str
    ) -> tuple[bool, str]:
        """Whether all of it was said, and how the platform calls it."""


class SpeaksToMany(Protocol):
    async def send_many(
        self, users: Sequence[str], reply: Reply, *, key: str
    ) -> tuple[dict[str, SendFailed], str]:
        """Who was not reached, and how the platform calls it."""


class Unsays(Protocol):
    async def unsay(self, users: Sequence[str], receipt: str, instead: Reply | None) -> None:
        """Take it back from these phones, or give it other words there. Raises `SendFailed`, and
        `StaysShown` where that cannot be done any more. Done twice it is done once."""


async def speak(platform: Speaks, parcel: Parcel) -> Mapping[str, Outcome]:
    """Ends within the lane's deadline, whatever the platform does. Never raises."""
    deadline = limits_of(parcel.lane).deadline.total_seconds()
    whole, failures, receipt = True, dict[str, SendFailed](), ""
    try:
        async with asyncio.timeout(deadline):
            if parcel.unsays:
                await unsay(platform, parcel)
            elif speaks_by_kind(platform):
                whole, receipt = await say_by_kind(platform, parcel)
            else:
                failures, receipt = await say(platform, parcel)
    except TimeoutError:
        return dict.fromkeys(parcel.users, Doubt("no answer in time"))
    except SendFailed as failure:
        return dict.fromkeys(parcel.users, outcome_of(failure))
    except Exception as error:  # whatever it is, the message may have left
        log.exception("a call of %s broke", parcel.lane)
        return dict.fromkeys(parcel.users, Doubt(type(error).__name__))
    return {
        user: outcome_of(failures[user]) if user in failures else Sent(whole, receipt)
        for user in parcel.users
    }


async def say_by_kind(platform: SpeaksByKind, parcel: Parcel) -> tuple[bool, str]:
    [letter], [user] = parcel.letters, parcel.users
    to, reply, kind = parcel.address(user), parcel.reply, letter.kind
    return await platform.send_kind(to, reply, kind=kind, due=letter.due, key=parcel.key)


async def unsay(platform: object, parcel: Parcel) -> None:
    if not unsays(platform):
        raise StaysShown("nothing is ever taken back there")
    instead = parcel.reply if parcel.reply.text else None
    await platform.unsay(parcel.users, parcel.unsays, instead)


async def say(platform: Speaks, parcel: Parcel) -> tuple[dict[str, SendFailed], str]:
    if speaks_to_many(platform):
        return await platform.send_many(parcel.users, parcel.reply, key=parcel.key)
    failures, receipt = {}, ""
    for user in parcel.users:
        try:
            receipt = await platform.send(parcel.address(user), parcel.reply, key=parcel.key) or ""
        except SendFailed as failure:
            failures[user] = failure
    return failures, receipt


def speaks_to_many(platform: object) -> TypeGuard[SpeaksToMany]:
    """Asking a protocol for each letter would cost as much as its whole way through the loop."""
    return _has(type(platform), "send_many")  # type: ignore[arg-type]


def speaks_by_kind(platform: object) -> TypeGuard[SpeaksByKind]:
    return _has(type(platform), "send_kind")  # type: ignore[arg-type]


def unsays(platform: object) -> TypeGuard[Unsays]:
    return _has(type(platform), "unsay")  # type: ignore[arg-type]


@cache
def _has(kind: type, method: str) -> bool:
    return hasattr(kind, method)


def outcome_of(failure: SendFailed) -> Outcome:
    match failure:
        case StaysShown():
            return Stays(failure.reason)
        case NotThere():
            return Out(failure.reason)
        case WindowClosed():
            return Shut(failure.reason, agreed=not isinstance(failure, NotAgreed))
        case SendFailed(uncertain=True):
            return Doubt(failure.reason)
        case SendFailed(permanent=True):
            return Dead(failure.reason)
        case SendFailed(poison=True):
            return Poison(failure.reason)
        case _:
            return Busy(failure.reason, failure.retry_after)
