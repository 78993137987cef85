"""Where the city lies: in a file that is kept, or on a PostgreSQL of its own."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import city
from storage.database import Database
from tests.postgres import cluster


def asks() -> argparse.ArgumentParser:
    """What every measurement in a city may be asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--city", type=Path, default=Path("data/city.db"))
    parser.add_argument("--records", type=int, default=city.RECORDS)
    parser.add_argument("--postgresql", action="store_true")
    return parser


@contextmanager
def opened(asked: argparse.Namespace) -> Iterator[str]:
    """The address of a city that is whole, built anew where it is not."""
    if asked.postgresql:
        with cluster() as server:
            url = server.format(name="postgres")
            city.build(url, asked.records)
            yield url
        return
    url = f"sqlite:///{asked.city.absolute()}"
    asked.city.parent.mkdir(parents=True, exist_ok=True)
    if not city.is_whole(Database(url)):
        for old in asked.city.parent.glob(f"{asked.city.name}*"):
            old.unlink()
        city.build(url, asked.records)
    yield url
