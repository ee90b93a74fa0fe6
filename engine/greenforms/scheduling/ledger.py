"""What is to be done, who has it in hand, and what became of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from greenforms.scheduling.task import Settlement, Tally, Task


class Ledger(Protocol):
    """Keeps tasks. A task is leased to one holder at a time, and a task that is done stays done."""

    def lease(self, most: int) -> Sequence[Task]:
        """Take up to so many waiting tasks in hand, in order."""
        ...

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """Write down what became of tasks in hand, all at once. One to be tried again waits behind the others."""
        ...

    def tally(self) -> Tally:
        """How things stand."""
        ...


class MemoryLedger:
    """The ledger of one call, gone with it."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._waiting = deque({task.key: task for task in tasks}.values())
        self._leased: dict[str, Task] = {}
        self._done: set[str] = set()
        self._failed: set[str] = set()

    def lease(self, most: int) -> Sequence[Task]:
        """Take the next tasks in hand."""
        taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        self._leased.update((task.key, task) for task in taken)
        return taken

    def settle(self, settlements: Sequence[Settlement]) -> None:
        """Note what became of them."""
        for each in settlements:
            task = self._leased.pop(each.key)
            match each.state:
                case "done":
                    self._done.add(each.key)
                case "failed":
                    self._failed.add(each.key)
                case "again":
                    self._waiting.append(replace(task, attempt=task.attempt + 1))
                case "back":
                    self._waiting.appendleft(task)

    def tally(self) -> Tally:
        """How things stand."""
        return Tally(len(self._waiting), len(self._leased), len(self._done), len(self._failed))
