"""The page: files of this package, read once, named by what is in them.

No build step: the scripts and the styles are joined, and their address contains their hash, so
that a browser keeps them for a year and never a day too long.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from bot.webhooks import Request, Response

SCRIPTS = ("words", "keep", "show", "talk", "hear", "meet", "voice", "start")
STYLES = ("look", "rooms", "cards")

FOREVER = b"public, max-age=31536000, immutable"

POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    b"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    b"require-trusted-types-for 'script'; trusted-types 'none'"
)

GUARDED = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(self)"),
)
"""Said with every answer."""

PRIVATE = (*GUARDED, (b"cache-control", b"no-store"))
"""Said with every answer but the files that are the same for everybody."""


@dataclass(frozen=True)
class File:
    body: bytes
    content_type: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    async def answer(self, request: Request) -> Response:
        if request.method != "GET":
            return Response(405, headers=PRIVATE)
        headers = (*self.headers, (b"vary", b"accept-encoding"))
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(200, self.body, self.content_type, headers)
        headers = (*headers, (b"content-encoding", b"gzip"))
        return Response(200, self.zipped, self.content_type, headers)

    @cached_property
    def zipped(self) -> bytes:
        return gzip.compress(self.body, mtime=0)


@dataclass(frozen=True)
class Page:
    html: File
    files: dict[str, File]
    """By the path they are asked for."""


def load() -> Page:
    folder = files(__package__) / "page"

    def joined(names: tuple[str, ...], suffix: str) -> bytes:
        return b"\n".join((folder / f"{name}.{suffix}").read_bytes() for name in names)

    script = b'(function () {\n"use strict";\n' + joined(SCRIPTS, "js") + b"\n})();\n"
    kept = {
        "chat.js": (script, b"text/javascript; charset=utf-8"),
        "chat.css": (joined(STYLES, "css"), b"text/css; charset=utf-8"),
        "seal.svg": ((folder / "seal.svg").read_bytes(), b"image/svg+xml"),
    }
    html = (folder / "chat.html").read_text("utf-8")
    served: dict[str, File] = {}
    for name, (body, content_type) in kept.items():
        path = _named_by_content(name, body)
        html = html.replace(f"{{{{ {name} }}}}", path)
        served[path] = File(body, content_type, (*GUARDED, (b"cache-control", FOREVER)))
    return Page(File(html.encode(), b"text/html; charset=utf-8", PRIVATE), served)


def _named_by_content(name: str, body: bytes) -> str:
    stem, suffix = name.rsplit(".", 1)
    return f"/chat/{stem}.{hashlib.sha256(body).hexdigest()[:16]}.{suffix}"


async def to_the_page(request: Request) -> Response:
    return Response(302, headers=(*PRIVATE, (b"location", b"/chat")))
