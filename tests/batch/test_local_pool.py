"""Children of a batch: a crash, a hang, a hog and a bug cost their own file alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import unruly

from greenforms.batch import local
from greenforms.batch.job import Job
from greenforms.batch.ledger import File
from greenforms.batch.local import LocalPool, Orders
from greenforms.batch.work import Order
from greenforms.errors import Fault
from greenforms.scheduling.ledger import MemoryLedger
from greenforms.scheduling.scheduler import MOST_ATTEMPTS, run
from greenforms.scheduling.task import Refusal, Task
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.progress import silent
from greenforms_extractors.supervised.limits import Limits
from greenforms_extractors.supervised.messages import Request
from greenforms_extractors.supervised.pool import Pool

NAMES = ["crash", "a", "hang", "b", "eat", "c", "bug", "d"]


class Kept:
    """What came of the files, and how often each was tried."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.errors: dict[str, Refusal] = {}
        self.tried: list[str] = []

    def begun(self, task: Task, number: int, total: int) -> None:
        self.tried.append(task.key)

    def given(self, task: Task, value: Any) -> str:
        self.values[task.key] = value
        return ""

    def refused(self, task: Task, error: Refusal) -> str:
        self.errors[task.key] = error
        return ""


def test_each_costs_its_own_file_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This test ensures that what loses a process is tried three times and then named with what it did; a bug, once."""

    def request_of(order: Order, limits: Limits) -> Request:
        return Request(unruly.act, Path(order.names[0]), limits)

    monkeypatch.setattr(local, "request_of", request_of)
    tasks = [Task(name, f"{name}.docx", (File(f"{name}.docx", name, []),)) for name in NAMES]
    kept = Kept()
    pool = LocalPool(Orders(Job("extract"), tmp_path), 2, Limits(silence=3.0, memory=400_000_000))
    run(MemoryLedger(tasks), pool, kept)
    assert kept.values == {name: name.upper() for name in "abcd"}
    codes = {name: error.code for name, error in kept.errors.items() if isinstance(error, UnreadableFile)}
    assert codes == {"crash": "reader-crashed", "hang": "too-slow", "eat": "too-much-memory"}
    assert isinstance(kept.errors["bug"], Fault)
    assert "unruly.py" in kept.errors["bug"].trace
    assert {name: kept.tried.count(name) for name in NAMES} == {
        **dict.fromkeys(NAMES, 1),
        **dict.fromkeys(("crash", "hang", "eat"), MOST_ATTEMPTS),
    }


def test_children_behind_let_others_go_first(tmp_path: Path) -> None:
    pool = Pool(1, behind=True)
    steps = pool.run(Request(unruly.niceness, tmp_path, Limits()), silent)
    pool.stop()
    assert steps == min(19, unruly.niceness(tmp_path, silent) + 10) or steps == -1
