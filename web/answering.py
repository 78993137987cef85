"""What goes out: a page in its frame, a file, or what is the matter and what to do."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from starlette.responses import HTMLResponse, Response, StreamingResponse

from web import guard, text
from web.asking import Asked
from web.routes import NAVIGATION, PAGES
from web.visit import HOME, File, Shown, Visit
from web.writing import written

AT_ONCE = 64 * 1024
UNFIT = re.compile(
    r'[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff/\\:*?"<>|]|^\.+'
)
"""In the name of a file: what leads elsewhere, or looks like something else."""
LONGEST = 80
"""Characters of such a name, with its ending: 240 bytes, where most systems take 255."""


SHOWN = {page.path for page in PAGES}
"""Addresses that can be opened: those of deeds alone cannot."""
UNDER = {"/console/contests": "/console/bank"}
"""Where a page stands in the navigation that is none of its lines itself."""


class NotIn(Exception):
    """Nobody we know, or not any more."""


class NotTheirs(Exception):
    """Not with the posts that they hold; says whose it is."""


class NotOurs(Exception):
    """A form that is not one of our pages'."""


class Way(NamedTuple):
    """One line of the navigation."""

    to: str
    name: str
    here: bool


class Frame:
    """What every page needs beside its own matter."""

    def __init__(self, visit: Visit, asked: Asked) -> None:
        self._visit, self._asked = visit, asked
        said = visit.inside.said
        self.trouble = said.startswith(text.TROUBLE)
        self.said = said.removeprefix(text.TROUBLE)
        self.name, self.reader = visit.who.name, visit.who.id
        self.posts = text.posts(visit)
        self.now = visit.now

    @property
    def here(self) -> str:
        """The address of this page; of the one before where a deed has none of its own."""
        if self._asked.form and self._asked.route not in SHOWN:
            return self._asked.back
        query = urlencode(self._asked.query)
        return f"{self._asked.path}?{query}" if query else self._asked.path

    @property
    def ways(self) -> Sequence[Way]:
        return [
            Way(to, name, self._is_here(to)) for to, name, may in NAVIGATION if self._visit.may(may)
        ]

    def _is_here(self, to: str) -> bool:
        path = self._asked.path
        path = UNDER.get(path, path)
        return path == to if to == "/console" else path == to or path.startswith(f"{to}/")

    def token(self, path: str) -> str:
        return guard.form_token(self._asked.token, path)

    def may(self, action: str) -> bool:
        return self._visit.may(text.action(action))

    def turn(self, **query: Any) -> str:
        """This page with some of its query changed."""
        said = {k: v for k, v in {**self._asked.query, **query}.items() if v not in ("", None)}
        return f"{self._asked.path}?{urlencode(said)}" if said else self._asked.path


def page_of(visit: Visit, asked: Asked, shown: Shown) -> Response:
    frame = Frame(visit, asked)
    values = {**shown.values, "frame": frame, "now": visit.now}
    headers = {} if asked.route in SHOWN else {"hx-push-url": "false"}
    return HTMLResponse(written(shown.template, values), headers=headers)


def answered(file: File) -> Response:
    name = quote(UNFIT.sub("_", file.name)[-LONGEST:].lstrip("."), safe="")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    if isinstance(file.body, bytes):
        return Response(file.body, media_type=file.kind, headers=headers)
    return StreamingResponse(parts(file.body), media_type=file.kind, headers=headers)


def parts(make: Callable[[], bytes]) -> Iterator[bytes]:
    """Made by a thread when the first is asked for, after the headers have left."""
    body = make()
    yield from (body[at : at + AT_ONCE] for at in range(0, len(body), AT_ONCE))


def problem(status: int, words: str, wrote: Sequence[str] = (), back: str = HOME) -> Response:
    values = {"said": words, "status": status, "wrote": wrote, "back": back}
    return HTMLResponse(written("problem.html", values), status)


def refused(asked: Asked, status: int, words: str) -> Response:
    """What somebody wrote is not lost: our script leaves the page as it is and says `words` on
    it; without the script it is shown once more, to be copied."""
    return problem(status, words, asked.written, asked.back)
