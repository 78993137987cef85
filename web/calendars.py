"""The calendars of members, for programs that come by an address and have no session."""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from handlers.reports.actions import feeds
from web import text
from web.answering import problem

if TYPE_CHECKING:
    from web.app import Console

KIND = "text/calendar; charset=utf-8"
SECRET = 43


class Calendars:
    def __init__(self, house: "Console") -> None:
        self._house = house

    def routes(self) -> list[BaseRoute]:
        return [Route("/calendar/{secret}.ics", self.read, methods=["GET"])]

    async def read(self, request: Request) -> Response:
        """One answer for every address that reads nothing: wrong, taken back, or never given."""
        secret = request.path_params["secret"]
        found = None
        if len(secret) == SECRET:
            found = await self._house.in_thread(lambda: self._read(secret))
        return Response(found, media_type=KIND) if found else problem(404, text.NOT_FOUND)

    def _read(self, secret: str) -> bytes | None:
        with self._house.database.looking() as db:
            return feeds.read(db, secret, self._house.now())
