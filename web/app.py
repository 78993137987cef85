"""The console as an ASGI application: what is asked, by whom, and in what order it is checked."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, Router

from bot import clock
from bot.messages import Refusal
from handlers.console.actions import entering
from handlers.duties.actions import planning
from handlers.duties.actions.planning import RulesUnusable
from storage import console
from storage.database import Database, Session
from storage.keyring import Keyring
from web import calendars, door, files, guard, owning, text, writing
from web.answering import NotIn, NotOurs, NotTheirs, answered, page_of, problem, refused
from web.asking import Asked, TooLarge, limited, posted
from web.guard import GUARDED
from web.imports import Imports
from web.live import Live
from web.routes import DEEDS, PAGES
from web.visit import Deed, Done, File, Missing, Page, Shown, Visit

log = logging.getLogger(__name__)
Result = TypeVar("Result")
AT_ONCE = 8
"""Requests that are worked on: the console never takes all threads from those who check in."""
MINUTE = timedelta(minutes=1)
FIRST = ("base.html", "parts.html", "today.html")
"""Templates that are put together before the others."""


class Console:
    """`scene`: the address that a QR code for checking in leads to, with `{scene}` in it."""

    def __init__(
        self,
        database: Database,
        *,
        scene: str = "",
        keys: Keyring,
        proxies: frozenset[str] = frozenset(),
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self.database = database
        self.scene = scene
        self.now = now
        self.proxies = proxies
        self.keys = keys
        self.imports = Imports(database)
        self._threads = CapacityLimiter(AT_ONCE)
        self._live = Live(self)
        self._router = Router(self._routes(), redirect_slashes=False, default=self._lost)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await self._router(scope, limited(receive), guarded(send))
        except TooLarge:
            response = problem(413, text.TOO_LARGE)
            await response(scope, receive, guarded(send))

    def _routes(self) -> list[BaseRoute]:
        routes: list[BaseRoute] = [
            Route("/console/static/{name}", static),
            *door.Door(self).routes(),
            *self._live.routes(),
            *calendars.Calendars(self).routes(),
        ]
        for page in PAGES:
            routes.append(Route(page.path, self._endpoint(self._show, page), methods=["GET"]))
        for deed in DEEDS:
            routes.append(Route(deed.path, self._endpoint(self._do, deed), methods=["POST"]))
        return routes

    def _endpoint(
        self, answer: Callable[[Asked, Any], Response], what: Page | Deed
    ) -> Callable[[Request], Awaitable[Response]]:
        upload = isinstance(what, Deed) and what.upload

        async def endpoint(request: Request) -> Response:
            asked = await posted(request, self.proxies, upload=upload)
            return await self.in_thread(partial(self._safely, asked, partial(answer, asked, what)))

        return endpoint

    def warm(self) -> None:
        """What every first page would wait for: templates are put together, rules read."""
        templates = writing.templates()
        for name in sorted(templates.list_templates(), key=lambda name: name not in FIRST):
            templates.get_template(name)
        with suppress(RulesUnusable, OSError):  # whoever needs them says what is wrong with them
            planning.rulebook()

    def hush(self) -> None:
        """Before stopping: whoever only watches is let go."""
        self._live.hushed = True

    async def close(self) -> None:
        """What was confirmed is written first."""
        self.hush()
        await run_sync(self.imports.wait)

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        return await run_sync(work, limiter=self._threads)

    def _safely(self, asked: Asked, answer: Callable[[], Response]) -> Response:
        try:
            return answer()
        except NotIn:
            return refused(asked, 401, text.NOT_IN) if asked.filled else to_the_door(asked)
        except NotTheirs as not_theirs:
            return problem(403, str(not_theirs))
        except NotOurs:
            return refused(asked, 403, text.FORM_TOO_OLD)
        except Missing:
            return problem(404, text.NOT_FOUND)
        except Refusal as refusal:
            return problem(404, str(refusal))
        except (OperationalError, NoConnection):
            log.exception("console: %s", asked.route)
            return refused(asked, 503, text.BUSY)
        except Exception:
            log.exception("console: %s", asked.route)
            return refused(asked, 500, text.BROKEN)

    def _show(self, asked: Asked, page: Page) -> Response:
        with self.database.looking() as db:
            visit = self._visit(db, asked)
            shown = self._shown(visit, asked, page)
            if visit.inside.said or visit.now - visit.inside.seen > MINUTE:
                console.seen(db, visit.inside.digest, visit.now)
        return shown

    def _shown(self, visit: Visit, asked: Asked, page: Page) -> Response:
        if not visit.may(page.may):
            raise NotTheirs(text.not_theirs(page.may))
        owning.check(visit, page.about, page.may)
        found = page.show(visit)
        if isinstance(found, File):
            return answered(found)
        return page_of(visit, asked, found)

    def _do(self, asked: Asked, deed: Deed) -> Response:
        try:
            brought = self._brought(asked, deed)
            with self.database.unit_of_work() as db:
                visit = replace(self._admitted(db, asked, deed), brought=brought)
                match deed.do(visit):
                    case Shown() as shown:
                        return page_of(visit, asked, shown)
                    case Done(said, to):
                        console.say_next(db, visit.inside.digest, said)
                        return RedirectResponse(to or asked.back, 303)
        except Refusal as refusal:
            if asked.filled:
                return refused(asked, 422, str(refusal))
            with self.database.unit_of_work() as db:
                inside = self._visit(db, asked).inside
                console.say_next(db, inside.digest, f"{text.TROUBLE}{refusal}")
            return RedirectResponse(asked.back, 303)

    def _brought(self, asked: Asked, deed: Deed) -> object:
        """Of slow work, which holds up no unit of work."""
        if deed.before:
            with self.database.reading() as db:
                self._visit(db, asked)
            return deed.before(asked)
        if deed.look:
            with self.database.looking() as db:
                return deed.look(self._admitted(db, asked, deed))
        return None

    def _admitted(self, db: Session, asked: Asked, deed: Deed) -> Visit:
        visit = self._visit(db, asked)
        if not guard.from_our_page(asked.headers):
            raise NotOurs
        if not guard.is_form_of_ours(asked.token, asked.path, asked.form.get("csrf", "")):
            raise NotOurs
        if not visit.may(deed.may):
            raise NotTheirs(text.not_theirs(deed.may))
        owning.check(visit, deed.about, deed.may)
        return visit

    def _visit(self, db: Session, asked: Asked) -> Visit:
        now = self.now()
        known = entering.visitor(db, asked.token, now) if asked.token else None
        if known is None:
            raise NotIn
        who, inside = known
        return Visit(
            db=db,
            who=who,
            now=now,
            inside=inside,
            scene=self.scene,
            imports=self.imports,
            keys=self.keys,
            **asked.said,
        )

    async def _lost(self, scope: Any, receive: Any, send: Any) -> None:
        await problem(404, text.NOT_FOUND)(scope, receive, send)


def to_the_door(asked: Asked) -> Response:
    """As a whole page, also where a part of one was asked for."""
    if "hx-request" in asked.headers:
        return Response(status_code=204, headers={"hx-redirect": "/console/enter"})
    return RedirectResponse("/console/enter", 303)


async def static(request: Request) -> Response:
    found = files.kept().get(request.path_params["name"])
    if found is None:
        return problem(404, text.NOT_FOUND)
    headers = {
        "content-type": found.kind,
        "cache-control": "public, max-age=31536000, immutable",
        "vary": "accept-encoding",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.zipped, headers=headers | {"content-encoding": "gzip"})
    return Response(found.body, headers=headers)


def guarded(send: Any) -> Any:
    """With every answer, whoever made it."""

    async def guarded_send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            there = {name for name, _ in message["headers"]}
            more = [
                (name.encode(), value.encode())
                for name, value in GUARDED.items()
                if name.encode() not in there
            ]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return guarded_send
