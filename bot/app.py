"""Puts the parts together. The only module that knows them all."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

import handlers
from bot import clock, health
from bot.dispatch import Dispatcher
from bot.finding import Finder
from bot.lazy_console import LazyConsole
from bot.messages import Address, Incoming, Reply
from bot.platforms import (
    HasOtherWays,
    Incomplete,
    Platform,
    SharesTokens,
    telegram,
    webchat,
    wechat,
    wecom,
)
from bot.platforms.webchat import Persona
from bot.reception import Reception
from bot.routing import Links, Router
from bot.settings import Settings
from bot.text import ROLES
from bot.understanding import Understander
from bot.webhooks import Webhook, Webhooks
from handlers.activities import chat as activities
from handlers.bank import chat as bank
from handlers.binding import chat as binding
from handlers.checkin import chat as checkin
from handlers.console import chat as console
from handlers.contests import chat as contests
from handlers.duties import chat as duties
from handlers.later import chat as later
from handlers.notices import chat as notices
from handlers.privacy import chat as privacy
from handlers.quiz import chat as quiz
from handlers.registry import chat as registry
from handlers.reminders import chat as reminders
from handlers.reports import chat as reports
from handlers.service import chat as service
from handlers.talk import chat as talk
from handlers.tasks import chat as tasks
from scheduler.delivery import Delivery
from scheduler.ticker import Ticker
from scheduler.timetable import TIMETABLE
from storage import demo, keyring
from storage.database import Database
from storage.names import names_for
from storage.tokens import Shelf
from storage.writer import Writer

if TYPE_CHECKING:
    from web.app import Console

log = logging.getLogger(__name__)

FEATURES: tuple[ModuleType, ...] = (
    checkin,
    activities,
    binding,
    privacy,
    talk,
    registry,
    duties,
    console,
    reminders,
    quiz,
    contests,
    bank,
    tasks,
    notices,
    reports,
    service,
    later,
)
"""What the assistant can do. A new capability is its folder, and its word here."""

PLATFORMS: Mapping[str, Any] = {"telegram": telegram, "wechat": wechat, "wecom": wecom}
"""Where it lives, besides the web chat, which needs no configuration. A new platform is its
folder, and its word here."""


NO_LINKS = Links()
LETTERS_END = 12
"""Seconds for the letters that are in the air when we stop; what takes longer counts as cut."""


def dispatcher(links: Links = NO_LINKS) -> Dispatcher:
    """The whole path of a message but for its platform: what tests and `zhibu say` talk to."""
    router = Router()
    for feature in FEATURES:
        router.include(feature.router)
    return Dispatcher(Finder(router, understander(), names_for), links)


@cache
def understander() -> Understander:
    """One for the process: making it takes a fifth of a second, and it never changes."""
    return Understander(tuple(handlers.intents()))


def writer(database: Database, links: Links = NO_LINKS) -> Writer[Incoming, Reply]:
    return Writer(database, dispatcher(links).answer_or_look, whose=sender)


def links_of(settings: Settings) -> Links:
    """On the web, scene and token stand after the #: browsers send that to no server, so no log
    and no proxy writes it down."""
    web = (settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")
    scenes = {"webchat": f"{web}/chat#s={{scene}}"}
    if settings.telegram_bot:
        scenes["telegram"] = f"https://t.me/{settings.telegram_bot.lstrip('@')}?start={{scene}}"
    return Links(scenes, console=f"{web}/console/enter#{{token}}")


def sender(incoming: Incoming) -> Address:
    return incoming.sender


@dataclass
class Assistant:
    """One process: what listens, what answers, what happens by itself, and how all are stopped."""

    database: Database
    reception: Reception
    platforms: Sequence[Platform]
    delivery: Delivery
    ticker: Ticker
    console: LazyConsole
    listening: Sequence["asyncio.Task[None]"] = ()
    delivering: "asyncio.Task[None] | None" = None

    def webhooks(self) -> Webhooks:
        """The ASGI application."""
        at: dict[str, Webhook] = dict(health.webhooks(self.database))
        for platform in self.platforms:
            at |= platform.webhooks()
        below = dict.fromkeys(("console", "screen", "calendar"), self.console)
        return Webhooks(at=at, below=below, start=self.start, stop=self.stop)

    async def start(self) -> None:
        self.listening = [asyncio.ensure_future(listen(each)) for each in self.platforms]
        self.ticker.start()
        self.console.expect(self.database)
        self.delivering = asyncio.ensure_future(self.delivery.run())

    def hush(self) -> None:
        """Before stopping: whoever only waits is let go, or the server would wait for them."""
        self.console.hush()
        for platform in self.platforms:
            if isinstance(platform, webchat.WebChat):
                platform.hush()

    async def stop(self) -> None:
        """What was taken in is answered; then everything lets go."""
        for task in self.listening:
            task.cancel()
        self.delivery.stop()
        await asyncio.gather(*self.listening, return_exceptions=True)
        await self.ticker.stop()
        if self.delivering:
            await asyncio.wait([self.delivering], timeout=LETTERS_END)
        await self.reception.close()
        for platform in self.platforms:
            await platform.close()
        await self.console.close()
        self.database.close()


async def listen(platform: Platform) -> None:
    """A platform that stops listening is no reason for the others to stop, but for a word."""
    try:
        await platform.listen()
    except Exception:
        log.exception("%s is no longer listened to", platform.name)


def assistant(settings: Settings, database: Database) -> Assistant:
    """For the running event loop. `Incomplete` when a platform that is wanted cannot be had."""
    reception = Reception(writer(database, links_of(settings)), database)
    people = demo_people(database) if plays(settings, database) else None
    page = webchat.connect(reception.ask, people)
    platforms: list[Platform] = [page]
    platforms += [each for each in connected(settings, reception.ask) if each]
    ticker = Ticker(database, TIMETABLE, clock.now)
    lazy_console = LazyConsole(lambda: web_console(settings, database))
    for each in platforms:
        if isinstance(each, SharesTokens):
            each.share_tokens(Shelf(database))
    delivery = Delivery(database, lanes_of(platforms))
    page.tell_of_pages(lambda user: delivery.is_there(Address(page.name, user)))
    return Assistant(database, reception, platforms, delivery, ticker, lazy_console)


def lanes_of(platforms: Sequence[Platform]) -> dict[str, Any]:
    """What letters can go by."""
    found: dict[str, Any] = {each.name: each for each in platforms}
    for each in platforms:
        if isinstance(each, HasOtherWays):
            found |= each.other_ways()
    return found


def web_console(settings: Settings, database: Database) -> "Console":
    from web.app import Console  # when it is needed: see `LazyConsole`

    return Console(
        database,
        scene=links_of(settings).scenes["webchat"],
        keys=keyring.at(settings.key_file, settings.database_url),
        proxies=frozenset(each.strip() for each in settings.trusted_proxies.split(",")),
    )


def connected(settings: Settings, ask: Any) -> list[Platform | None]:
    """Those of `PLATFORMS` that are configured, and wanted."""
    wanted = [name.strip() for name in settings.platforms.split(",") if name.strip()]
    if unknown := set(wanted) - {*PLATFORMS, "webchat", "terminal"}:
        raise Incomplete(f"ZHIBU_PLATFORMS: {', '.join(sorted(unknown))}")
    return [
        platform.connect(ask)
        for name, platform in PLATFORMS.items()
        if not wanted or name in wanted
    ]


def plays(settings: Settings, database: Database) -> bool:
    """Whether one may choose whom to be."""
    if settings.demo is not None:
        return settings.demo
    with database.reading() as db:
        return settings.host in {"127.0.0.1", "localhost", "::1"} and demo.is_loaded(db)


def demo_people(database: Database) -> Callable[[], Sequence[Persona]]:
    def people() -> Sequence[Persona]:
        with database.unit_of_work() as db:
            return [
                Persona(each.id, each.name, roles_in_words(each.roles), each.branch)
                for each in demo.people(db, clock.now())
            ]

    return people


def roles_in_words(roles: Sequence[str]) -> str:
    return "、".join(ROLES[role] for role in roles or ("member",))
