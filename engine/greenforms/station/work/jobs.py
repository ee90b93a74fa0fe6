"""Jobs: batches that the station does one after the other, beside the answers it gives."""

from __future__ import annotations

import json
import os
import queue
import secrets
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import select

from greenforms.batch.job import Job
from greenforms.batch.local import LocalPool, Orders
from greenforms.batch.running import Plan, Summary, run_batch
from greenforms.errors import GreenformsError, InputError
from greenforms.fault import fault
from greenforms.scheduling.executor import Executor
from greenforms.scheduling.task import Report, Tally, Task
from greenforms.station.work.intake import Stored, laid_out
from greenforms.station.work.tables import JOBS, TABLES
from greenforms.station.workplace import Workplace

Kind = Literal["extract", "check"]
Status = Literal["waiting", "running", "done", "failed", "cancelled"]

#: The room of jobs: a folder each, with the papers as they were handed in and what came of them.
ROOM, PAPERS, RESULTS = "任务", "材料", "结果"


@dataclass(frozen=True, slots=True)
class State:
    """How a job stands: so many of `total` files (units, where papers are checked) are done or have failed.

    `created` is UTC, ISO 8601; `told` says why a job failed.
    """

    id: str
    kind: Kind
    status: Status
    created: str
    done: int = 0
    failed: int = 0
    total: int = 0
    told: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.status in ("done", "failed", "cancelled")


class _Stopped(Exception):
    """A job is to stop: somebody cancelled it, or the server ends."""


class _Minded:
    """An executor that lets go as soon as its job is to stop."""

    def __init__(self, inner: Executor, stopped: threading.Event) -> None:
        self._inner, self._stopped = inner, stopped
        self.room = inner.room

    def submit(self, task: Task) -> None:
        self._inner.submit(task)

    def reports(self, seconds: float) -> Sequence[Report]:
        if self._stopped.is_set():
            raise _Stopped
        return self._inner.reports(seconds)

    def stop(self) -> None:
        self._inner.stop()


class Jobs:
    """The jobs of a workplace. What was not over when a server ended goes on when the next one starts."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._tallies: dict[str, Tally] = {}
        self._stops: dict[str, threading.Event] = {}
        self._waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        workplace.records.transact(TABLES.create_all)
        for job in self._not_over():
            self._line_up(job)
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._thread.start()

    def start(
        self,
        kind: Kind,
        files: Sequence[Stored],
        *,
        form: str | None = None,
        edition: str | None = None,
        day: date | None = None,
        job: str = "",
    ) -> State:
        """Begin a job on files that were handed in; `form` and `edition` are ids, as for `greenforms batch`.

        Verdicts are for `day`, else for that of the workplace. `job` is the id it is to have, where that is told.
        Raises InputError where there are no files.
        """
        if not files:
            raise InputError("没有收到文件。请选好材料再试一次：Word、Excel、PDF、扫描件、照片，或装着它们的压缩包。")
        job = job or secrets.token_hex(8)
        shutil.rmtree(self.folder(job), ignore_errors=True)  # of a server that was killed before it wrote the job down
        laid_out(files, self.folder(job) / PAPERS)
        state = State(job, kind, "waiting", datetime.now(UTC).isoformat(timespec="seconds"))
        asked = {"form": form, "edition": edition, "day": (day or self._workplace.as_of).isoformat()}
        row: dict[str, Any] = {"id": job, "created": state.created, "who": self._workplace.who, "kind": kind}
        row |= {"asked": json.dumps(asked), "status": "waiting", "told": "", "done": 0, "failed": 0}
        self._workplace.records.transact(lambda connection: connection.execute(JOBS.insert(), row))
        self._line_up(job)
        return state

    def state(self, job: str) -> State | None:
        """How a job stands; None where there is none of this id."""
        row = self._row(job)
        if row is None:
            return None
        done, failed, total = row["done"], row["failed"], row["done"] + row["failed"]
        if row["status"] == "running" and (tally := self._tallies.get(job)) is not None:
            done, failed, total = tally.settled - tally.failed, tally.failed, tally.total
        return State(job, row["kind"], row["status"], row["created"], done, failed, total, row["told"])

    def cancel(self, job: str) -> None:
        """Let a job be, where it is not over; what it has done stays."""
        if job in self._stops:
            self._set(job, "cancelled")
            self._stops[job].set()

    def folder(self, job: str) -> Path:
        """The folder of a job."""
        return self._workplace.room(ROOM) / job

    def results(self, job: str) -> Path:
        """Where what came of a job lies, as `greenforms batch -o` writes it."""
        return self.folder(job) / RESULTS

    def close(self) -> None:
        """Stop, to go on when the next server starts."""
        self._waiting.put(None)
        for stop in self._stops.values():
            stop.set()
        self._thread.join()

    # -- the work --------------------------------------------------------------------------------------------------

    def _line_up(self, job: str) -> None:
        self._stops[job] = threading.Event()
        self._waiting.put(job)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            if not self._stops[job].is_set():
                self._do(job)
            del self._stops[job]

    def _do(self, job: str) -> None:
        self._set(job, "running")
        try:
            summary = self._run(job)
        except _Stopped:
            return
        except GreenformsError as error:
            self._set(job, "failed", told="\n".join(error.lines))
        except Exception as error:
            self._set(job, "failed", told="\n".join(fault("这项任务没有做完", error).lines))
        else:
            failed = len(summary.failed)
            self._set(job, "done", done=len(summary.outcomes) - failed, failed=failed)
        finally:
            self._tallies.pop(job, None)

    def _run(self, job: str) -> Summary:
        row = self._row(job)
        assert row is not None
        order, papers, stop = Job(row["kind"], **json.loads(row["asked"])), self.folder(job) / PAPERS, self._stops[job]

        def hire(orders: Orders) -> Executor:
            wanted = sum(1 for path in papers.rglob("*") if path.is_file())  # an archive is one, whatever it holds
            return _Minded(LocalPool(orders, min(wanted, os.cpu_count() or 1), behind=True), stop)

        def watch(tally: Tally) -> None:
            self._tallies[job] = tally

        plan = Plan(papers, self.results(job), resume=True)
        return run_batch(self._workplace.library, order, plan, hire, watch, _unsaid)

    # -- the record ------------------------------------------------------------------------------------------------

    def _row(self, job: str) -> dict[str, Any] | None:
        query = select(JOBS).where(JOBS.c.id == job)
        found = self._workplace.records.transact(lambda connection: connection.execute(query).mappings().first())
        return dict(found) if found else None

    def _not_over(self) -> Sequence[str]:
        query = select(JOBS.c.id).where(JOBS.c.status.in_(["waiting", "running"])).order_by(JOBS.c.created)
        return self._workplace.records.transact(lambda connection: connection.execute(query).scalars().all())

    def _set(self, job: str, status: Status, **known: Any) -> None:
        """Write down how a job stands; one that is cancelled stays so."""
        change = JOBS.update().where(JOBS.c.id == job, JOBS.c.status != "cancelled").values(status=status, **known)
        self._workplace.records.transact(lambda connection: connection.execute(change))


def _unsaid(text: str) -> None:
    """What a batch says to a screen: that the program is another than before, which changes nothing here."""
