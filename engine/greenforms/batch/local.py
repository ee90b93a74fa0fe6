"""Work done by supervised children of this process, one for each core."""

from __future__ import annotations

import queue
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from greenforms.batch.job import Job
from greenforms.batch.ledger import File
from greenforms.batch.listing import Piece
from greenforms.batch.work import Order, do
from greenforms.scheduling.executor import report_of
from greenforms.scheduling.task import Report, Task
from greenforms_extractors.progress import silent
from greenforms_extractors.supervised.limits import Limits
from greenforms_extractors.supervised.messages import Request
from greenforms_extractors.supervised.pool import Pool

#: Converting an old file may take two minutes without a word (`office/supervisor`).
LIMITS = Limits(silence=180.0)
#: As many tasks again wait at hand, so that no child waits for the ledger.
_WINDOW = 2


@dataclass(frozen=True, slots=True)
class Orders:
    """Makes an order of a task, for files that are read where they lie below `root`."""

    job: Job
    root: Path

    def of(self, task: Task) -> Order:
        """The order: all names that want the result, and the files of the first."""
        files: Sequence[File] = task.given
        pieces = tuple(map(Piece.of, files[0].given))
        return Order(self.job, str(self.root), tuple(file.name for file in files), pieces)


def request_of(order: Order, limits: Limits = LIMITS) -> Request:
    """What a child is asked; messages call the file by its own name."""
    return Request(partial(do, order), Path(order.names[0]), limits)


class LocalPool:
    """An executor with so many children at work. `behind`: they let other processes go first."""

    def __init__(self, orders: Orders, jobs: int, limits: Limits = LIMITS, *, behind: bool = False) -> None:
        self._orders, self._limits, self.room = orders, limits, jobs * _WINDOW
        self._pool = Pool(jobs, threads=1, behind=behind)
        self._stopped = False
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="batch")
        self._done: queue.SimpleQueue[Report | Exception] = queue.SimpleQueue()

    def submit(self, task: Task) -> None:
        """Have a child do it."""
        self._threads.submit(self._do, task)

    def reports(self, seconds: float) -> Sequence[Report]:
        """What is done. Raises what concerns no single file."""
        found: list[Report] = []
        try:
            while True:
                each = self._done.get(timeout=0 if found else seconds)
                if isinstance(each, Exception):
                    raise each
                found.append(each)
        except queue.Empty:
            return found

    def stop(self) -> None:
        """End all children, whatever they do."""
        self._stopped = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._pool.drop()
        self._threads.shutdown()
        self._pool.stop()

    def _do(self, task: Task) -> None:
        if self._stopped:
            return
        request = request_of(self._orders.of(task), self._limits)
        try:
            self._done.put(report_of(task, lambda: self._pool.run(request, silent)))
        except Exception as error:
            self._done.put(error)
