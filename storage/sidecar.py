"""Sidecar files: next to the database, in no backup of it, and replaced by no restore.

Three modules keep one: `tombstones` (who had their data deleted), `trail` (the ends of the record
of who did what) and `keyring` (the keys that secrets lie under). `zhibu run` locks an empty one.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


def place(database_url: str, ending: str) -> Path:
    """`data/zhibu.db` with the ending `key` has `data/zhibu.key`; a database that is no file has it
    under `data/`, by the database's name, so that two on one machine do not share it."""
    scheme, _, place = database_url.partition(":///")
    name = urlsplit(database_url).path.strip("/") or "zhibu"
    file = Path(place) if scheme.startswith("sqlite") else Path("data") / name
    return file.with_name(f"{file.stem}.{ending}")


def append(file: Path, entries: Iterable[Mapping[str, Any]]) -> None:
    """Adds each entry as a line of JSON. On disk (fsync) when this returns; made readable for our
    own user only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as out:
        out.writelines(json.dumps(each) + "\n" for each in entries)
        out.flush()
        os.fsync(out.fileno())


def entries(file: Path) -> Iterator[dict[str, Any]]:
    """The lines of the file, in order; none where there is no file. A line that is no JSON object
    (a crash cut it short) is passed over."""
    for line in file.read_text().splitlines() if file.exists() else ():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict):
            yield entry
