"""Who does the work: this very process, or others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from greenforms.errors import FormPackageError, GreenformsError, UsageError
from greenforms.fault import guarded
from greenforms.scheduling.task import Report, Task
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.refusals import PROCESS_LOST


class Executor(Protocol):
    """Takes tasks and reports on each of them once, in any order.

    What concerns no single file (UsageError, FormPackageError) it raises from `submit` or `reports`.
    """

    @property
    def room(self) -> int:
        """How many tasks it takes at a time."""
        ...

    def submit(self, task: Task) -> None:
        """Take a task."""
        ...

    def reports(self, seconds: float) -> Sequence[Report]:
        """What has come of tasks since the last call; waits so long for the first."""
        ...

    def stop(self) -> None:
        """Drop what is still in work."""
        ...


def report_of(task: Task, act: Callable[[], Any]) -> Report:
    """What doing a task comes to. Raises what concerns no single file."""
    try:
        with guarded(task.name):
            return Report(task, "given", act())
    except (UsageError, FormPackageError):
        raise
    except UnreadableFile as error:
        return Report(task, "broken" if error.code in PROCESS_LOST else "refused", error=error)
    except GreenformsError as error:
        return Report(task, "refused", error=error)


class InPlace:
    """Does each task when it gets it, in this process; what breaks a reader is the last word on its file."""

    room = 1

    def __init__(self, work: Callable[[Task], Any]) -> None:
        self._work = work
        self._reports: list[Report] = []

    def submit(self, task: Task) -> None:
        """Do it. Raises what concerns no single file."""
        report = report_of(task, lambda: self._work(task))
        self._reports.append(replace(report, kind="refused") if report.kind == "broken" else report)

    def reports(self, seconds: float) -> Sequence[Report]:
        """What came of the task taken last."""
        found, self._reports = self._reports, []
        return found

    def stop(self) -> None:
        """Nothing is in work."""
