"""A dask cluster of the tests' own: a scheduler and workers, each a program that can be killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from batches import sources


class Scheduler:
    """A scheduler and its workers. `address` is where it is reached."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        words = ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", self._file]
        self.process = _started(*words, "--no-dashboard", "--no-show")
        self.workers: list[subprocess.Popen[bytes]] = []
        until = time.monotonic() + 300
        while not self._file.exists() or not self._file.read_text():
            assert time.monotonic() < until
            time.sleep(0.05)
        self.address = str(json.loads(self._file.read_text())["address"])

    def worker(self, first: Path) -> subprocess.Popen[bytes]:
        """Start a worker of one thread, which is not started anew when it dies; `first` is searched for modules."""
        words = ["dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        self.workers.append(_started(*words, first=first))
        return self.workers[-1]

    def end(self) -> None:
        """End all, with their children."""
        for process in (*self.workers, self.process):
            process.send_signal(signal.SIGKILL)
            process.wait()


def _started(program: str, *words: object, first: Path | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{program}", *map(str, words)],
        env=sources(first),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
