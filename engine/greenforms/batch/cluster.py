"""Work done by the workers of a dask cluster: the same function as here, each worker with children of its own.

Only who may run programs on the workers may reach the scheduler: dask has no other wall.
"""

from __future__ import annotations

import logging
import os
import queue
import time
import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from greenforms.batch.archive import opened
from greenforms.batch.job import Job
from greenforms.batch.listing import Piece
from greenforms.batch.local import Orders, request_of
from greenforms.batch.work import Order, library_of
from greenforms.errors import InterruptedRun, UsageError
from greenforms.scheduling.executor import report_of
from greenforms.scheduling.task import Report, Task
from greenforms_extractors.progress import silent
from greenforms_extractors.refusals import reader_crashed
from greenforms_extractors.supervised.pool import Pool

#: What stands for a cluster of this computer alone.
LOCAL = "local"
#: Seconds for a scheduler or a first worker to answer, and for a lost scheduler to come back.
_PATIENCE = 15.0
#: As many tasks again wait at the workers; seconds between two counts of them.
_WINDOW, _RECOUNT = 2, 2.0
_INSTALL = '请运行 pip install "greenforms[cluster]"，再试一次。'


@dataclass(frozen=True, slots=True)
class Parcels(Orders):
    """Orders whose files travel with them, for workers that do not see the folder."""

    def of(self, task: Task) -> Order:
        """The order with the contents of its files. Raises InputError for one that cannot be read."""
        order = Orders.of(self, task)
        return replace(order, pieces=tuple(map(self._filled, order.pieces)))

    def _filled(self, piece: Piece) -> Piece:
        if piece.refusal:
            return piece
        with opened(self.root / piece.path, piece.way) as stream:
            return replace(piece, content=stream.read())


class Cluster:
    """An executor with the workers of one scheduler; `jobs` is how many workers a cluster of this computer has."""

    def __init__(self, address: str, orders: Orders, jobs: int) -> None:
        self._address, self._orders = address, orders
        self._done: queue.SimpleQueue[Report | Exception] = queue.SimpleQueue()
        self._flight: dict[str, Any] = {}
        self._cluster, self._client = _connected(address, jobs)
        self._closed: type[Exception] = import_module("distributed.client").ClosedClientError
        self._counted, self._workers, self._heard = 0.0, 1, time.monotonic()
        self._agree(orders.job)

    @property
    def room(self) -> int:
        """Two tasks a worker, as many as there are now; none while the scheduler is away."""
        if self._client.status != "running":
            return 0
        if time.monotonic() - self._counted > _RECOUNT:
            self._counted = time.monotonic()
            with suppress(OSError, self._closed):
                self._workers = sum(self._client.nthreads().values())
        return max(1, self._workers) * _WINDOW

    def submit(self, task: Task) -> None:
        """Have a worker do it."""
        made = report_of(task, lambda: self._orders.of(task))
        if made.kind != "given":
            self._done.put(made)
            return
        try:
            future = self._client.submit(perform, made.value, task, pure=False)
        except self._closed:  # the client has just given the scheduler up
            self._done.put(Report(task, "lost"))
            return
        self._flight[task.key] = future
        future.add_done_callback(lambda done: self._take(task, done))

    def reports(self, seconds: float) -> Sequence[Report]:
        """What is done. Raises what concerns no single file, InterruptedRun when the scheduler stays away."""
        self._expect_scheduler()
        found: list[Report] = []
        try:
            while True:
                each = self._done.get(timeout=0 if found else seconds)
                if isinstance(each, Exception):
                    raise each
                self._flight.pop(each.task.key, None)
                found.append(each)
        except queue.Empty:
            return found

    def stop(self) -> None:
        """Call back what is in work and leave."""
        if self._client.status == "running" and self._flight:
            self._client.cancel(list(self._flight.values()), force=True)
        with suppress(TimeoutError):  # they end with this process
            self._client.close(timeout=_PATIENCE)
            if self._cluster is not None:
                self._cluster.close(timeout=_PATIENCE)

    def _take(self, task: Task, future: Any) -> None:
        """Keep what came of a task; called by a thread of the client."""
        from distributed.scheduler import KilledWorker

        if future.status == "finished":
            self._done.put(future.result())
            return
        error = future.exception() if future.status == "error" else None
        if isinstance(error, UsageError):
            self._done.put(error)
        elif isinstance(error, KilledWorker):
            self._done.put(Report(task, "broken", error=reader_crashed(Path(task.name))))
        else:  # the scheduler lost it, or the worker with what it had
            self._done.put(Report(task, "lost"))

    def _expect_scheduler(self) -> None:
        if self._client.status == "running":
            self._heard = time.monotonic()
        elif self._client.status == "closed" or time.monotonic() - self._heard > _PATIENCE:
            raise InterruptedRun(
                f"集群“{self._address}”的调度程序断开了。做完的都已保存；恢复以后，加 --resume 接着做。"
            )

    def _agree(self, job: Job) -> None:
        """See that every worker has the same forms and program."""
        for worker, said in self._client.run(disagreement, job, on_error="return").items():
            if isinstance(said, Exception):
                raise UsageError(
                    f"计算机“{worker}”上的程序不能用：{type(said).__name__}。请在各台计算机上装同一版本的本程序。"
                )
            if said:
                raise UsageError(said)


def disagreement(job: Job) -> str:
    """What is wrong with the forms and the program of this worker; empty where they are those of the job."""
    try:
        library_of(job)
    except UsageError as error:
        return str(error)
    return ""


def perform(order: Order, task: Task) -> Report:
    """Do a task, on a worker. Raises UsageError where forms or program are other ones here."""
    return report_of(task, lambda: _children().run(request_of(order), silent))


@cache
def _children() -> Pool:
    """The children of a worker: as many as it has threads, which dask sees to."""
    return Pool(os.cpu_count() or 1, threads=1)


def _connected(address: str, jobs: int) -> tuple[Any, Any]:
    """The cluster, where it is our own, and the client. Raises UsageError where there is none."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise UsageError(f"这台电脑没有安装集群程序。{_INSTALL}") from error
    _hush()
    import_module("dask").config.set({"distributed.comm.timeouts.connect": f"{_PATIENCE}s"})
    cluster = None
    if address == LOCAL:
        cluster = distributed.LocalCluster(
            n_workers=jobs, threads_per_worker=1, protocol="tcp", dashboard_address=None, silence_logs=logging.CRITICAL
        )
    try:
        client = distributed.Client(cluster or address, timeout=_PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"集群“{address}”连不上，或还没有一台工作的计算机。请检查地址，确认调度程序和工作程序都已启动。"
        ) from error
    return cluster, client


def _hush() -> None:
    """What dask says in English and in its own terms, we say in ours."""
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    warnings.filterwarnings("ignore", module="distributed")
