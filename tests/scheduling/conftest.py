"""Ledgers of every kind, which must all behave alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from ledgers import Make

from greenforms.batch.database import Database
from greenforms.batch.ledger import File, SqlLedger
from greenforms.scheduling.ledger import Ledger, MemoryLedger
from greenforms.scheduling.task import Task


def in_memory(keys: Sequence[str]) -> Ledger:
    return MemoryLedger(Task(key, f"{key}.docx") for key in keys)


@pytest.fixture(params=["memory", "sqlite"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes ledgers of one kind."""
    made: list[SqlLedger] = []

    def in_file(keys: Sequence[str]) -> Ledger:
        ledger = SqlLedger(Database(str(tmp_path / "账本.sqlite")), "一")
        ledger.enter([File(f"{key}.docx", key, {"path": key}) for key in keys])
        made.append(ledger)
        return ledger

    yield in_memory if request.param == "memory" else in_file
    for ledger in made:
        ledger.close()
