"""A browser's requests without the browser: enters the console of a real process, follows every
link that is shown, and takes the time of each page."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from starlette.routing import Route

from handlers.console.actions import entering
from storage.database import Database
from tests.web.desk import Forms

OURS = {"sec-fetch-site": "same-origin"}
HREF = re.compile(r'href="(/[^"#]+)"')
REST_MS = 5
"""Of the processor's, in half a second: who works no more than that is at rest."""
FEW = 3
"""Addresses of one sort that are followed to find others."""


@dataclass(frozen=True)
class Process:
    pid: int
    address: str

    def cpu(self) -> float:
        """Milliseconds that it has worked, all its threads together."""
        found = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in found) / 1e6

    def come_to_rest(self) -> None:
        """Wait until it does nothing: what it does after its start, it does once."""
        before = -REST_MS
        while (now := self.cpu()) - before >= REST_MS:
            before = now
            time.sleep(0.5)


@contextmanager
def serving(url: str) -> Iterator["Process"]:
    """A process that has just started, and is stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "ZHIBU_DATABASE_URL": url, "ZHIBU_PORT": str(port)}
    command = [sys.executable, "-m", "benchmarks.serving"]
    process = subprocess.Popen(command, env=environment)
    try:
        wait_for(port)
        started = Process(process.pid, f"http://127.0.0.1:{port}")
        started.come_to_rest()
        yield started
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


def cookie(database: Database, address: str, member_id: str) -> str:
    """Of somebody who came in by a link."""
    from benchmarks.city import NOW

    with database.unit_of_work() as db:
        who = entering.who(db, member_id, NOW)
        if who is None:
            raise LookupError(member_id)
        token, _ = entering.link(db, who, NOW)
    with httpx.Client(base_url=address) as client:
        form = Forms(client.get("/console/enter").text).found["/console/enter/link"]
        answer = client.post("/console/enter/link", data={**form, "link": token}, headers=OURS)
        if answer.status_code != 303:
            raise PermissionError(answer.text)
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


@dataclass(frozen=True)
class Took:
    status: int
    begins: float
    """Milliseconds until it begins to come; a page has come by then."""
    ms: float
    cpu: float
    plain: int
    sent: int
    """Bytes, as they were compressed."""
    is_file: bool


class Visitor:
    """One person, with a connection that is open already."""

    def __init__(self, process: Process, cookie: str) -> None:
        headers = {"cookie": cookie, "accept-encoding": "gzip"}
        self._process = process
        self._client = httpx.Client(base_url=process.address, headers=headers, timeout=120)

    def take(self, path: str) -> tuple[Took, str]:
        began, worked = time.perf_counter(), self._process.cpu()
        with self._client.stream("GET", path) as answer:
            begins = (time.perf_counter() - began) * 1000
            if answer.headers.get("content-type", "").startswith("text/event-stream"):
                body = next(answer.iter_bytes())
            else:
                body = answer.read()
            ms = (time.perf_counter() - began) * 1000
            is_file = "content-disposition" in answer.headers
            sent = answer.num_bytes_downloaded
        worked = self._process.cpu() - worked
        text = "" if is_file else body.decode(errors="replace")
        return Took(answer.status_code, begins, ms, worked, len(body), sent, is_file), text

    def close(self) -> None:
        self._client.close()


@dataclass(frozen=True)
class Sort:
    """Addresses that one route answers with the same questions: told apart by nothing else."""

    route: str
    asks: tuple[str, ...]


def sort_of(routes: Iterable[Route], address: str) -> Sort | None:
    split = urlsplit(address)
    for route in routes:
        if route.path_regex.match(split.path):
            return Sort(route.path, tuple(sorted(parse_qs(split.query))))
    return None


def found_by(visitor: Visitor, routes: list[Route], seeds: Iterable[str]) -> dict[Sort, str]:
    """An address for each sort that can be reached by links from `seeds`; the first that is
    found counts."""
    known: dict[Sort, list[str]] = {}
    waiting = [*seeds]
    for address in waiting:
        sort = sort_of(routes, address)
        if sort is None or len(known.get(sort, ())) >= FEW or address in known.get(sort, ()):
            continue
        took, page = visitor.take(address)
        if took.status != 200:
            continue
        known.setdefault(sort, []).append(address)
        waiting += [unescape(each) for each in HREF.findall(page)]
    return {sort: addresses[0] for sort, addresses in known.items()}
