"""The one loop over files: leases tasks, has them done, and settles each when what came of it is kept."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Protocol

from greenforms.errors import FormPackageError, GreenformsError, UsageError
from greenforms.fault import guarded
from greenforms.scheduling.executor import Executor
from greenforms.scheduling.ledger import Ledger
from greenforms.scheduling.task import Refusal, Report, Settlement, Task
from greenforms_extractors.errors import UnreadableFile

#: How often a file may cost a process before it is put aside for a person.
MOST_ATTEMPTS = 3
#: Seconds to wait for a report, and for tasks that others have in hand.
_PATIENCE = 0.5


class Receiver(Protocol):
    """Takes what came of the tasks."""

    def begun(self, task: Task, number: int, total: int) -> None:
        """A task is handed out, as the `number`th of `total`."""
        ...

    def given(self, task: Task, value: Any) -> str:
        """Keep what the work gave, safely, and answer the ledger's note. Raises a Refusal where it cannot be kept."""
        ...

    def refused(self, task: Task, error: Refusal) -> str:
        """A file has failed for good; answer the ledger's note."""
        ...


def run(ledger: Ledger, executor: Executor, receiver: Receiver) -> None:
    """Do all that waits, and stay until others have settled what they have in hand.

    However it ends, what is not settled is given back. Raises UsageError and FormPackageError, which concern no file.
    """
    _Run(ledger, executor, receiver).to_the_end()


class _Run:
    """One run of the loop."""

    def __init__(self, ledger: Ledger, executor: Executor, receiver: Receiver) -> None:
        self._ledger, self._executor, self._receiver = ledger, executor, receiver
        self._flight: dict[str, Task] = {}
        tally = ledger.tally()
        self._number, self._total = tally.settled, tally.total

    def to_the_end(self) -> None:
        """Hand out and settle until nothing is left."""
        try:
            while self._hand_out() or self._others_at_work():
                self._settle(self._executor.reports(_PATIENCE))
        finally:
            self._executor.stop()
            if self._flight:
                self._ledger.settle([Settlement(key, "back") for key in self._flight])

    def _hand_out(self) -> bool:
        """Lease as much as the executor has room for and hand it out; whether anything is in work."""
        room = self._executor.room - len(self._flight)
        leased = self._ledger.lease(room) if room > 0 else ()
        self._flight.update((task.key, task) for task in leased)
        for task in leased:
            self._number += 1
            self._receiver.begun(task, self._number, self._total)
            self._executor.submit(task)
        return bool(self._flight)

    def _others_at_work(self) -> bool:
        """Whether others have tasks in hand, which may come back to us; waits a little where they have."""
        tally = self._ledger.tally()
        if tally.total == tally.settled:
            return False
        time.sleep(_PATIENCE)
        return True

    def _settle(self, reports: Sequence[Report]) -> None:
        """Have everything kept, then write it down. What was kept is written down even if the next cannot be."""
        settlements: list[Settlement] = []
        try:
            settlements.extend(map(self._settlement, reports))
        finally:
            for each in settlements:
                del self._flight[each.key]
            self._ledger.settle(settlements)

    def _settlement(self, report: Report) -> Settlement:
        task = report.task
        if report.kind == "lost":
            return Settlement(task.key, "back")
        if report.kind == "broken" and task.attempt < MOST_ATTEMPTS:
            return Settlement(task.key, "again")
        if report.error is not None:
            return Settlement(task.key, "failed", self._receiver.refused(task, report.error))
        try:
            with guarded(task.name):
                return Settlement(task.key, "done", self._receiver.given(task, report.value))
        except (UsageError, FormPackageError):
            raise
        except (GreenformsError, UnreadableFile) as error:
            return Settlement(task.key, "failed", self._receiver.refused(task, error))
