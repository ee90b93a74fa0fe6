"""A PostgreSQL server of the tests' own: in a folder of its own, behind a socket in it, as a user without rights."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Nobody in particular: the server refuses to run as root.
_USER = "nobody"


class Server:
    """One server. `url` is that of its database."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.url = f"postgresql://tests@/postgres?host={home}"
        self._run("initdb", "-D", home / "data", "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-k {self._home} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "-D", self._home / "data", "-l", self._home / "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        """End it at once, as a machine that loses power."""
        self._run("pg_ctl", "-D", self._home / "data", "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *words: object) -> None:
        as_user = {"user": _USER} if os.getuid() == 0 else {}
        done = subprocess.run(
            [_programs() / program, *map(str, words)],
            cwd=self._home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
            **as_user,  # type: ignore[call-overload]
        )
        assert done.returncode == 0, done.stderr.decode()


def _programs() -> Path:
    """Where Debian keeps the programs of the newest server."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


@contextmanager
def server() -> Iterator[Server]:
    """A server while it is needed."""
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        if os.getuid() == 0:
            shutil.chown(home, _USER)
        running = Server(home)
        yield running
        running.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)
