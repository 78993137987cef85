"""What comes in: read once, up to a limit, and kept as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from web import guard
from web.visit import HOME

BODY, UPLOAD = 256 * 1024, 5 * 1024 * 1024
"""Bytes: of a form, and of a file."""
FIELDS = 2000
WORDS = ("line", "words", "title", "due", "evidence", "reason", "why", "topic", "to")
"""Fields of free text that are worth having back; never a password."""
FILLED = (*WORDS, "begins", "ends", "who", "figure", "number", "password")


class TooLarge(Exception):
    """More than anybody has to say."""


@dataclass(frozen=True)
class Asked:
    """One request, before it is known whose it is."""

    path: str
    route: str
    """The path with names for what was in it: fit for a log."""
    token: str
    """The cookie; empty for none that could be ours."""
    secure: bool
    headers: Mapping[str, str]
    peer: str
    place: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    many: Mapping[str, list[str]]
    files: Mapping[str, bytes]
    names: Mapping[str, str]

    @property
    def said(self) -> dict[str, Any]:
        """What a page is told of it."""
        parts = ("path", "place", "query", "form", "many")
        return {name: getattr(self, name) for name in parts}

    @property
    def filled(self) -> bool:
        """Whether somebody has filled in more than its button."""
        return bool(self.files) or any(self.form.get(name) for name in FILLED)

    @property
    def written(self) -> list[str]:
        """What somebody wrote in words of their own."""
        return [self.form[name] for name in WORDS if self.form.get(name)]

    @property
    def back(self) -> str:
        """The page that the form stood on; never anywhere else."""
        said = self.form.get("back", "")
        return said if said.startswith(f"{HOME}/") or said == HOME else HOME


async def posted(request: Request, proxies: frozenset[str], *, upload: bool = False) -> Asked:
    """`TooLarge` beyond what such a form may hold."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    secure = guard.over_https(headers, request.url.scheme)
    form, many, files, names = await fields(request, upload=upload)
    return Asked(
        path=request.url.path,
        route=getattr(request.scope.get("route"), "path", ""),
        token=guard.read_cookie(headers, guard.SESSION, secure=secure),
        secure=secure,
        headers=headers,
        peer=guard.peer(headers, request.client.host if request.client else "", proxies),
        place=dict(request.path_params),
        query=dict(request.query_params),
        form=form,
        many=many,
        files=files,
        names=names,
    )


async def fields(
    request: Request, *, upload: bool
) -> tuple[dict[str, str], dict[str, list[str]], dict[str, bytes], dict[str, str]]:
    form: dict[str, str] = {}
    many: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    if request.method != "POST":
        return form, many, files, names
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > (UPLOAD if upload else BODY):
        raise TooLarge
    async with request.form(max_files=1, max_fields=FIELDS, max_part_size=BODY) as said:
        for name, value in said.multi_items():
            if isinstance(value, UploadFile):
                if upload:
                    files[name], names[name] = await value.read(), value.filename or ""
            else:
                form[name] = value.replace("\x00", "")
                many.setdefault(name, []).append(form[name])
    return form, many, files, names


def limited(receive: Any) -> Any:
    """However long the sender said it was."""
    came = 0

    async def counted() -> Any:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > UPLOAD:
            raise TooLarge
        return message

    return counted
