"""Files next to the database, which no backup of it holds and no restore replaces."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


def beside(database_url: str, ending: str) -> Path:
    """Next to an SQLite database, under data/ by its name for any other: two of them on one
    machine know nothing of each other."""
    scheme, _, place = database_url.partition(":///")
    name = urlsplit(database_url).path.strip("/") or "zhibu"
    file = Path(place) if scheme.startswith("sqlite") else Path("data") / name
    return file.with_name(f"{file.stem}.{ending}")


def append(file: Path, entries: Iterable[Mapping[str, Any]]) -> None:
    """One line each, on disk when this returns; for our own user's eyes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as out:
        out.writelines(json.dumps(each) + "\n" for each in entries)
        out.flush()
        os.fsync(out.fileno())


def entries(file: Path) -> Iterator[dict[str, Any]]:
    """A line that was cut short by a crash is passed over."""
    for line in file.read_text().splitlines() if file.exists() else ():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict):
            yield entry
