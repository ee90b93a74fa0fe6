"""One piece of work on one file, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from greenforms.errors import GreenformsError
from greenforms_extractors.errors import UnreadableFile

#: What work on a file may end with; anything else is a bug, caught as a Fault (`greenforms.fault.guarded`).
Refusal = GreenformsError | UnreadableFile


@dataclass(frozen=True, slots=True)
class Task:
    """Work on the file called `name`. Tasks of one key are one; `given` is what the work needs to know of its file."""

    key: str
    name: str
    given: Any = None
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a task.

    given: `value` is what the work gave. refused: `error` is the last word on this file. broken: the process that did
    it was lost over it, which may be worth another attempt. lost: it was not done, and the file is not to blame.
    """

    task: Task
    kind: Literal["given", "refused", "broken", "lost"]
    value: Any = None
    error: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the ledger is to write down: a task done or failed, to be tried again, or given back untried.

    `note` is what whoever keeps the ledger wants to know of it later.
    """

    key: str
    state: Literal["done", "failed", "again", "back"]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks there are: waiting, in somebody's hands, done, failed."""

    waiting: int = 0
    leased: int = 0
    done: int = 0
    failed: int = 0

    @property
    def settled(self) -> int:
        """How many need nothing more."""
        return self.done + self.failed

    @property
    def total(self) -> int:
        """All of them."""
        return self.waiting + self.leased + self.settled
