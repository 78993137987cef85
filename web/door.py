"""The door: a link out of the chat, or a password with a code."""

from functools import partial
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from handlers.console import rules
from handlers.console.actions import entering, passwords
from handlers.console.rules import Entered, LinkOver, NoPost, TooMany, Wrong
from web import guard, text
from web.answering import problem
from web.asking import Asked, posted
from web.visit import HOME
from web.writing import written

if TYPE_CHECKING:
    from web.app import Console

ENTER, LINK, PASSWORD, LEAVE = (
    "/console/enter",
    "/console/enter/link",
    "/console/enter/password",
    "/console/leave",
)


class Door:
    def __init__(self, house: "Console") -> None:
        self._house = house

    def routes(self) -> list[BaseRoute]:
        return [
            Route(ENTER, self.show, methods=["GET"]),
            Route(LINK, self.by_link, methods=["POST"]),
            Route(PASSWORD, self.by_password, methods=["POST"]),
            Route(LEAVE, self.leave, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        asked = await posted(request, self._house.proxies)
        if not asked.secure and not guard.on_this_machine(asked.headers):
            return problem(403, text.NEEDS_HTTPS)
        return door_page(asked)

    async def by_link(self, request: Request) -> Response:
        asked = await posted(request, self._house.proxies)
        if refused := refused_form(asked, LINK):
            return refused
        token = asked.form.get("link", "")[:100]

        def enter() -> Entered | LinkOver | NoPost:
            with self._house.database.unit_of_work() as db:
                return entering.by_link(db, token, self._house.now())

        match await self._house.in_thread(enter):
            case Entered(_, token):
                return await self._let_in(asked, token)
            case LinkOver():
                return door_page(asked, text.LINK_OVER, 403)
            case NoPost():
                return door_page(asked, text.NO_POST, 403)

    async def by_password(self, request: Request) -> Response:
        asked = await posted(request, self._house.proxies)
        if refused := refused_form(asked, PASSWORD):
            return refused
        match await self._house.in_thread(partial(self._try, asked)):
            case Entered(_, token):
                return await self._let_in(asked, token)
            case TooMany(until):
                return door_page(asked, text.too_many(until), 429)
            case Wrong() | NoPost():
                return door_page(asked, text.WRONG, 403)

    def _try(self, asked: Asked) -> Entered | Wrong | NoPost | TooMany:
        """Counted before it is compared, and compared outside of any transaction."""
        account = asked.form.get("account", "")[:64]
        database, now = self._house.database, self._house.now()
        with database.unit_of_work() as db:
            passwords.note_try(db, account, asked.peer, now)
        with database.reading() as db:
            if too_many := passwords.may_try(db, account, asked.peer, now):
                return too_many
            known = passwords.known(db, self._house.keys, account)
        right = passwords.matches(known, asked.form.get("password", ""))
        code = asked.form.get("code", "")[:12]
        with database.unit_of_work() as db:
            return passwords.enter(db, known, code, asked.peer, now, right=right)

    async def leave(self, request: Request) -> Response:
        asked = await posted(request, self._house.proxies)
        ours = guard.is_form_of_ours(asked.token, LEAVE, asked.form.get("csrf", ""))
        if not guard.from_our_page(asked.headers) or not ours:
            return problem(403, text.FORM_TOO_OLD)
        await self._house.in_thread(partial(self._end, asked))
        response = door_page(asked, text.LEFT)
        taken = guard.write_cookie(guard.SESSION, "", secure=asked.secure)
        response.headers.append("set-cookie", taken)
        response.headers["clear-site-data"] = '"cache", "storage"'
        return response

    def _end(self, asked: Asked) -> None:
        with self._house.database.unit_of_work() as db:
            entering.leave(db, asked.token, self._house.now())

    async def _let_in(self, asked: Asked, token: str) -> Response:
        """Whatever session the browser brought ends here."""
        if asked.token:
            await self._house.in_thread(partial(self._end, asked))
        response = RedirectResponse(HOME, 303)
        for name, value in ((guard.SESSION, token), (guard.DOOR, "")):
            response.headers.append(
                "set-cookie", guard.write_cookie(name, value, secure=asked.secure)
            )
        return response


def door_of(asked: Asked) -> str:
    return guard.read_cookie(asked.headers, guard.DOOR, secure=asked.secure)


def refused_form(asked: Asked, path: str) -> Response | None:
    if not asked.secure and not guard.on_this_machine(asked.headers):
        return problem(403, text.NEEDS_HTTPS)
    ours = guard.is_form_of_ours(door_of(asked), path, asked.form.get("csrf", ""))
    if guard.from_our_page(asked.headers) and ours:
        return None
    return door_page(asked, text.FORM_TOO_OLD, 403)


def door_page(asked: Asked, said: str = "", status: int = 200) -> HTMLResponse:
    door = door_of(asked) or guard.new_door()
    values = {
        "said": said,
        "link": LINK,
        "password": PASSWORD,
        "token": partial(guard.form_token, door),
        "minutes": int(rules.LINK_LASTS.total_seconds()) // 60,
    }
    response = HTMLResponse(written("enter.html", values), status)
    response.headers.append("set-cookie", guard.write_cookie(guard.DOOR, door, secure=asked.secure))
    return response
