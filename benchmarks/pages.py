"""Every page of the console and the screen, for whoever may enter, in a city after a year.

python -m benchmarks.pages [--city FILE] [--postgresql] [--only WORDS] [--visits 7]
                           [--one-process] [--records 4700000]

The city is built once and kept in FILE. A first visit is the first request to a process that has
started and come to rest; later ones follow in the same process. Which pages there are is asked of
the routes and of the links on the pages themselves, so a new page needs no line here.
"""

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from rich.progress import track
from starlette.routing import Route

from benchmarks import chatting, city, visitor
from benchmarks.city import place
from benchmarks.city.meetings import OPEN
from benchmarks.city.people import ROLES
from benchmarks.visitor import Sort, Took, Visitor
from storage import keyring
from storage.database import Database
from web.app import Console

MS, FILE_MS, BYTES = 200, 10_000, 300 * 1024
"""The goal of every page, and of a file that is saved."""
SEEDS = (
    f"/console/activities/{OPEN}",
    f"/console/activities/{OPEN}?show=came&page=9",
    f"/console/activities/{OPEN}/sheet",
    f"/console/activities/{OPEN}/live",
    f"/screen/{OPEN}",
    f"/screen/{OPEN}/live",
    "/console/people/in/WC",
    "/console/people/in/WC?page=9",
    "/console/people/in/WC?q=99",
    "/console/audit?before=200000",
    "/console/letters?show=past&page=9",
    "/console/bank?page=9",
    "/console",
)


class Line(NamedTuple):
    role: str
    address: str
    first: Took
    later: Took


def main() -> None:
    asked = arguments()
    with place.opened(asked) as url:
        database = Database(url)
        counts = city.records(database)
        most = ", ".join(f"{name} {count:,}" for name, count in list(counts.items())[:8])
        print(f"{sum(counts.values()):,} records: {most}", flush=True)
        lines = list(measured(url, database, asked))
        show(lines)
        chatting.measure(url, asked.only, asked.role)
        database.close()


def arguments() -> argparse.Namespace:
    parser = place.asks()
    parser.add_argument("--only", default="")
    parser.add_argument("--role", choices=[*ROLES], default="")
    parser.add_argument("--visits", type=int, default=7)
    parser.add_argument("--one-process", action="store_true")
    return parser.parse_args()


def routes(database: Database) -> list[Route]:
    """Whatever answers a GET."""
    keys = keyring.at("", "sqlite:///data/city.db")  # nobody sets a password
    every = Console(database, keys=keys)._router.routes
    return [each for each in every if isinstance(each, Route) and "GET" in (each.methods or ())]


def measured(url: str, database: Database, asked: argparse.Namespace) -> Iterator[Line]:
    known = routes(database)
    missing = {each.path for each in known if "/static/" not in each.path}
    for role, member_id in ROLES.items():
        if asked.role not in ("", role):
            continue
        with visitor.serving(url) as process:
            cookie = visitor.cookie(database, process.address, member_id)
            guest = Visitor(process, cookie)
            found = visitor.found_by(guest, known, SEEDS)
            found = {sort: each for sort, each in found.items() if asked.only in each}
            missing -= {sort.route for sort in found}
            if asked.one_process:
                for path in found.values():
                    yield Line(role, path, *visits(guest, path, asked.visits))
            guest.close()
        if not asked.one_process:
            yield from anew(url, role, cookie, found, asked.visits)
    for path in sorted(missing):
        print(f"no address found for {path}")


def anew(url: str, role: str, cookie: str, found: dict[Sort, str], count: int) -> Iterator[Line]:
    """Each page before a process of its own."""
    for path in track(found.values(), f"{role}, a process each"):
        with visitor.serving(url) as process:
            guest = Visitor(process, cookie)
            yield Line(role, path, *visits(guest, path, count))
            guest.close()


def visits(guest: Visitor, path: str, count: int) -> tuple[Took, Took]:
    """The first, and the one in the middle of the later ones."""
    first, _ = guest.take(path)
    later = sorted((guest.take(path)[0] for _ in range(count)), key=lambda it: it.ms)
    return first, later[count // 2]


def is_missed(took: Took) -> bool:
    if took.is_file:
        return took.ms > FILE_MS or took.status != 200
    return took.ms > MS or took.plain > BYTES or took.status != 200


def show(lines: list[Line]) -> None:
    """`cpu`: of these milliseconds, what the server's processor worked; the rest is waiting, on a
    shared machine mostly for others."""
    print("   first   (cpu)    later   (cpu)     KB    sent", end="   ")
    print(f"goal: {MS} ms, {BYTES // 1024} KB, files {FILE_MS // 1000} s; ! is missed, * is a file")
    for role, path, first, later in sorted(lines, key=lambda it: -it.first.ms):
        mark = "!" if is_missed(first) or is_missed(later) else "*" if first.is_file else " "
        times = f"{first.ms:8.0f}{first.cpu:8.0f}{later.ms:9.0f}{later.cpu:8.0f}"
        numbers = f"{times}{first.plain / 1024:7.0f}{first.sent / 1024:8.0f}"
        status = "" if first.status == 200 else f" {first.status}"
        print(f"{numbers} {mark} {role:10}{path}{status}")


if __name__ == "__main__":
    main()
