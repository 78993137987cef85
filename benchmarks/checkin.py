"""13,000 members check in at once, over HTTP, as WeChat messages: ours beside werobot and FastAPI.

python -m benchmarks.checkin [--people 13000] [--connections 1000] [--rounds 3] [--only NAME]
                             [--postgresql]: ours and werobot, both on one PostgreSQL server
"""

import argparse
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psycopg

from benchmarks.town import build
from bot import clock
from tests.postgres import cluster

BIN = Path(sys.executable).parent
Start = Callable[[Path, int, int], tuple[list[str], dict[str, str]]]
"""Prepares a peer in a folder, for so many people, on a port: its command and environment."""


@contextmanager
def serving(
    command: list[str], env: Mapping[str, str], port: int
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def memory(process: subprocess.Popen[bytes]) -> int:
    """Peak resident megabytes of the process and its children, the largest."""
    children = subprocess.run(
        ["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    peaks = []
    for pid in [str(process.pid), *children]:
        status = Path(f"/proc/{pid}/status")
        if status.exists():
            peaks += [int(x.split()[1]) for x in status.read_text().splitlines() if "VmHWM" in x]
    return max(peaks, default=0) // 1024


def zhibu(folder: Path, people: int, port: int, url: str = "") -> tuple[list[str], dict[str, str]]:
    url = url or f"sqlite:///{folder}/zhibu.db"
    build(url, people, 238, clock.now())
    env = {
        "ZHIBU_DATABASE_URL": url,
        "ZHIBU_PORT": str(port),
        "ZHIBU_DEMO": "false",
        "ZHIBU_WECHAT_APP_ID": "wx1",
        "ZHIBU_WECHAT_APP_SECRET": "unused",
        "ZHIBU_WECHAT_TOKEN": "benchmark",
        "ZHIBU_WECHAT_MODE": "plain",
        "ZHIBU_LOG_LEVEL": "WARNING",
    }
    return [str(BIN / "zhibu"), "run"], env


def peer_database(folder: Path, people: int) -> dict[str, str]:
    path = folder / "peer.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.executescript(
            "CREATE TABLE member (id TEXT PRIMARY KEY, platform TEXT, user TEXT, name TEXT);"
            "CREATE UNIQUE INDEX who ON member (platform, user);"
            "CREATE INDEX who_alone ON member (user);"
            "CREATE TABLE activity (id INTEGER PRIMARY KEY, title TEXT, open INTEGER);"
            "CREATE TABLE attendance (id INTEGER PRIMARY KEY, activity_id INTEGER, member_id TEXT,"
            " at TEXT, UNIQUE (activity_id, member_id));"
            "INSERT INTO activity VALUES (1, '全市党员大会', 1);"
        )
        rows = [(f"M{n}", "wechat", f"o{n}", f"张{n}") for n in range(people)]
        db.executemany("INSERT INTO member VALUES (?, ?, ?, ?)", rows)
    return {"PEER_DATABASE": str(path)}


def peer_on_postgresql(url: str, people: int) -> dict[str, str]:
    with psycopg.connect(url) as db:
        db.execute(
            'CREATE TABLE member (id TEXT PRIMARY KEY, platform TEXT, "user" TEXT, name TEXT);'
            'CREATE UNIQUE INDEX who ON member (platform, "user");'
            "CREATE TABLE activity (id INTEGER PRIMARY KEY, title TEXT, open INTEGER);"
            "CREATE TABLE attendance (id SERIAL PRIMARY KEY, activity_id INTEGER, member_id TEXT,"
            " at TEXT, UNIQUE (activity_id, member_id));"
            "INSERT INTO activity VALUES (1, '全市党员大会', 1);"
        )
        with db.cursor() as cursor, cursor.copy("COPY member FROM STDIN") as rows:
            for n in range(people):
                rows.write_row((f"M{n}", "wechat", f"o{n}", f"张{n}"))
    return {"PEER_DATABASE": url}


def on_postgresql(server: str, name: str) -> str:
    """The address of a new database."""
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.format(name=name)


def peers_on(server: str) -> dict[str, Start]:
    """The same two, each on a database of its own."""

    def ours(folder: Path, people: int, port: int) -> tuple[list[str], dict[str, str]]:
        return zhibu(folder, people, port, on_postgresql(server, f"zhibu_{port}"))

    def theirs(_: Path, people: int, port: int) -> tuple[list[str], dict[str, str]]:
        env = peer_on_postgresql(on_postgresql(server, f"werobot_{port}"), people)
        return gunicorn("werobot_postgresql_app", port), env

    return {"zhibu": ours, "werobot": theirs}


def werobot(folder: Path, people: int, port: int) -> tuple[list[str], dict[str, str]]:
    return gunicorn("werobot_app", port), peer_database(folder, people)


def gunicorn(app: str, port: int) -> list[str]:
    return [
        str(BIN / "gunicorn"),
        f"benchmarks.peers.{app}:app",
        "-w",
        "2",
        "-b",
        f"127.0.0.1:{port}",
        "--backlog",
        "4096",
        "--log-level",
        "error",
        "-t",
        "300",
    ]


def fastapi(folder: Path, people: int, port: int) -> tuple[list[str], dict[str, str]]:
    command = [
        str(BIN / "uvicorn"),
        "benchmarks.peers.fastapi_app:app",
        "--port",
        str(port),
        "--backlog",
        "4096",
        "--log-level",
        "error",
    ]
    return command, peer_database(folder, people)


PEERS: dict[str, Start] = {"zhibu": zhibu, "werobot": werobot, "fastapi": fastapi}


def one(start: Start, people: int, connections: int) -> dict[str, object]:
    folder = Path(tempfile.mkdtemp(prefix="zhibu-bench-", dir=Path.cwd()))
    port = free_port()
    try:
        command, env = start(folder, people, port)
        with serving(command, env, port) as process:
            load = [sys.executable, "-m", "benchmarks.load", "127.0.0.1", port, connections, people]
            done = subprocess.run(
                [str(x) for x in load], capture_output=True, text=True, check=True
            )
            result: dict[str, object] = json.loads(done.stdout)
            return result | {"peak_mb": memory(process)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=13_000)
    parser.add_argument("--connections", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=PEERS)
    parser.add_argument("--postgresql", action="store_true")
    wanted = parser.parse_args()
    if wanted.postgresql:
        with cluster("-c listen_addresses='' -c max_connections=100") as server:
            compare(peers_on(server), wanted)
    else:
        compare(PEERS, wanted)


def compare(peers: dict[str, Start], wanted: argparse.Namespace) -> None:
    names = [wanted.only] if wanted.only else list(peers)
    rates: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(wanted.rounds):
        for name in names:  # interleaved, so that a slow minute is everybody's
            result = one(peers[name], wanted.people, wanted.connections)
            rates[name].append(float(str(result["per_second"])))
            print(f"{name:8} {json.dumps(result, ensure_ascii=False)}", flush=True)
    for name in names[1:]:
        ratios = [a / b for a, b in zip(rates["zhibu"], rates[name], strict=True)]
        print(
            f"zhibu / {name}: median {median(ratios):.2f}×  ({min(ratios):.2f}–{max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()
