"""The files that are the same for everybody: named by their content, kept for a year."""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Kept(NamedTuple):
    body: bytes
    zipped: bytes
    kind: str


@cache
def kept() -> Mapping[str, Kept]:
    """By the name they are asked for."""
    found = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in KINDS:
            body = path.read_bytes()
            kind = f"{KINDS[path.suffix]}; charset=utf-8"
            found[named(path.name, body)] = Kept(body, gzip.compress(body, mtime=0), kind)
    return found


def named(name: str, body: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(body).hexdigest()[:16]}.{suffix}"


@cache
def where(name: str) -> str:
    """The address of a file; KeyError for one that is not there."""
    for each in kept():
        stem, _, suffix = name.rpartition(".")
        if (
            each.startswith(f"{stem}.")
            and each.endswith(f".{suffix}")
            and len(each) == len(name) + 17
        ):
            return f"/console/static/{each}"
    raise KeyError(name)
