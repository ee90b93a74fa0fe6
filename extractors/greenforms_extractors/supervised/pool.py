"""The children of this process: as many as it has cores, started when first needed, replaced after a death."""

from __future__ import annotations

import atexit
import os
import threading
from typing import Any

from greenforms_extractors.progress import Progress
from greenforms_extractors.supervised.messages import Request
from greenforms_extractors.supervised.worker import Worker


class Pool:
    """Lends a child to whoever has work, one piece of work at a time.

    `threads` is how many threads a child may start, of the reader's and of its libraries. `behind`: children let other
    processes go first, such as one that answers people.
    """

    def __init__(self, size: int, threads: int | None = None, *, behind: bool = False) -> None:
        self._threads, self._behind = threads, behind
        self._busy: set[Worker] = set()
        self._turns = threading.BoundedSemaphore(size)
        self._owner = os.getpid()
        self._workers: list[Worker] = []

    def run(self, request: Request, progress: Progress) -> Any:
        """Have the work done by a warm child. Raises as `Worker.run`."""
        with self._turns:
            worker = self._taken()
            self._busy.add(worker)
            try:
                return worker.run(request, progress)
            finally:
                self._busy.discard(worker)
                if worker.usable:
                    self._workers.append(worker)
                else:
                    worker.stop()

    def drop(self) -> None:
        """End the children that work: whoever waits for them is told that they crashed."""
        for worker in list(self._busy):
            worker.kill()

    def stop(self) -> None:
        """End the children that wait."""
        if self._owner != os.getpid():  # a forked process must leave its parent's alone
            return
        while self._workers:
            self._workers.pop().stop()

    def _taken(self) -> Worker:
        """A child that lives, the one last used first."""
        while self._workers:
            worker = self._workers.pop()
            if worker.usable:
                return worker
            worker.stop()
        return Worker(self._threads, behind=self._behind)


_pool = Pool(os.cpu_count() or 1)


def pool() -> Pool:
    """The children of this process; a forked process has its own."""
    global _pool
    if _pool._owner != os.getpid():
        _pool = Pool(os.cpu_count() or 1)
    return _pool


atexit.register(lambda: _pool.stop())
