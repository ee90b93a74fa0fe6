"""Ledgers of every kind, which must all behave alike."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from ledgers import Make

import postgres
from greenforms.batch.database import Database
from greenforms.batch.ledger import LEASE, File, SqlLedger
from greenforms.scheduling.ledger import Ledger, MemoryLedger
from greenforms.scheduling.task import Task

#: Opens the ledger of one batch once more, as another process does.
Open = Callable[..., SqlLedger]


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server."""
    with postgres.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens ledgers of one batch in one kind of database."""
    place = str(tmp_path / "账本.sqlite")
    if request.param == "postgres":
        place = request.getfixturevalue("server").url
    batch, opened = secrets.token_hex(8), []

    def once_more(lease: float = LEASE) -> SqlLedger:
        opened.append(SqlLedger(Database(place), batch, lease))
        return opened[-1]

    yield once_more
    for ledger in opened:
        ledger.close()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes ledgers of one kind."""
    made: list[SqlLedger] = []
    place = str(tmp_path / "账本.sqlite")
    if request.param == "postgres":
        place = request.getfixturevalue("server").url

    def in_memory(keys: Sequence[str]) -> Ledger:
        return MemoryLedger(Task(key, f"{key}.docx") for key in keys)

    def in_database(keys: Sequence[str]) -> Ledger:
        ledger = SqlLedger(Database(place), secrets.token_hex(8))
        ledger.enter([File(f"{key}.docx", key, {"path": key}) for key in keys])
        made.append(ledger)
        return ledger

    yield in_memory if request.param == "memory" else in_database
    for ledger in made:
        ledger.close()
