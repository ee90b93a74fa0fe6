"""The one loop: what is handed out, settled, tried again and given back, however it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ledgers import Make

from greenforms.errors import Fault, InputError, UsageError
from greenforms.scheduling.executor import InPlace
from greenforms.scheduling.scheduler import MOST_ATTEMPTS, run
from greenforms.scheduling.task import Refusal, Report, Task
from greenforms_extractors.refusals import reader_crashed


@dataclass
class Kept:
    """Keeps what it is given, but for what it is told to refuse."""

    unkept: frozenset[str] = frozenset()
    begun_: list[tuple[int, int, str]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, Refusal] = field(default_factory=dict)

    def begun(self, task: Task, number: int, total: int) -> None:
        self.begun_.append((number, total, task.key))

    def given(self, task: Task, value: Any) -> str:
        if task.key in self.unkept:
            raise InputError("放不下。")
        self.values[task.key] = value
        return "kept"

    def refused(self, task: Task, error: Refusal) -> str:
        self.errors[task.key] = error
        return str(error)


class Elsewhere:
    """An executor of two places whose outcomes are told by a function of the task."""

    room = 2

    def __init__(self, told: Callable[[Task], Report]) -> None:
        self._told = told
        self._taken: list[Task] = []
        self.most = 0
        self.stopped = False

    def submit(self, task: Task) -> None:
        self._taken.append(task)
        self.most = max(self.most, len(self._taken))

    def reports(self, seconds: float) -> Sequence[Report]:
        return [self._told(self._taken.pop())]

    def stop(self) -> None:
        self.stopped = True


def work(task: Task) -> str:
    if task.key == "bad":
        raise InputError("读不了。")
    if task.key == "bug":
        raise KeyError("rows")
    if task.key == "typo":
        raise UsageError("没有这个版本。")
    if task.key == "stop":
        raise KeyboardInterrupt
    return task.key.upper()


def test_good_and_bad(make: Make) -> None:
    """This test ensures that a bad file, a bug on one and one that cannot be kept end none of the others."""
    ledger, kept = make(["a", "bad", "bug", "full", "z"]), Kept(frozenset({"full"}))
    run(ledger, InPlace(work), kept)
    assert kept.values == {"a": "A", "z": "Z"}
    assert {key: type(error) for key, error in kept.errors.items()} == {
        "bad": InputError,
        "bug": Fault,
        "full": InputError,
    }
    assert [number for number, _, _ in kept.begun_] == [1, 2, 3, 4, 5]
    assert {total for _, total, _ in kept.begun_} == {5}
    assert (ledger.tally().done, ledger.tally().failed) == (2, 3)


@pytest.mark.parametrize("end", ["typo", "stop"])
def test_what_ends_all(end: str, make: Make) -> None:
    """This test ensures that Ctrl-C and a wrong call end the run, and what was in hand is given back."""
    ledger, kept = make(["a", end, "z"]), Kept()
    with pytest.raises((UsageError, KeyboardInterrupt)):
        run(ledger, InPlace(work), kept)
    assert (ledger.tally().done, ledger.tally().waiting) == (1, 2)
    assert [task.key for task in ledger.lease(3)] == [end, "z"]


def test_a_file_that_breaks_its_process(make: Make) -> None:
    """This test ensures that it is tried three times, the others going on, and then put aside with what it did."""
    tried: list[str] = []

    def told(task: Task) -> Report:
        tried.append(task.key)
        if task.key == "b":
            return Report(task, "broken", error=reader_crashed(Path("b.docx")))
        return Report(task, "given", task.key)

    ledger, kept, executor = make(["a", "b", "c", "d"]), Kept(), Elsewhere(told)
    run(ledger, executor, kept)
    assert sorted(kept.values) == ["a", "c", "d"]
    assert tried.count("b") == MOST_ATTEMPTS
    assert "意外中止" in str(kept.errors["b"])
    assert executor.most == 2
    assert executor.stopped


def test_a_task_that_was_lost(make: Make) -> None:
    """This test ensures that what was not done is done later, however often it is lost, and no attempt is counted."""
    lost = dict.fromkeys("ab", 5)

    def told(task: Task) -> Report:
        lost[task.key] -= 1
        return Report(task, "lost") if lost[task.key] else Report(task, "given", task.attempt)

    kept = Kept()
    run(make(["a", "b"]), Elsewhere(told), kept)
    assert kept.values == {"a": 1, "b": 1}
