"""Ledgers in databases: what outlives a process, what several share, and what is made of files that change."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Connection

import postgres
from greenforms.batch.database import Database
from greenforms.batch.ledger import File, SqlLedger
from greenforms.errors import UsageError
from greenforms.scheduling.task import Settlement, Tally

Open = Callable[..., SqlLedger]


def files(*names: str, kept: bool = False) -> list[File]:
    """Files whose first letter is their key."""
    return [File(name, name[0], [["x", f"{name}\udcff", [], ""]], kept) for name in names]


def keys(ledger: SqlLedger, most: int = 9) -> list[str]:
    return [task.key for task in ledger.lease(most)]


def test_copies_are_one_task(another: Open) -> None:
    """This test ensures that files of one key are one task that knows all their names, and each has its outcome."""
    ledger = another()
    ledger.enter(files("a1", "b", "a2", "a3"))
    tasks = ledger.lease(9)
    assert [[file.name for file in task.given] for task in tasks[1:]] == [["b"]]
    assert [file.given[0][1] for file in tasks[0].given] == ["a1\udcff", "a2\udcff", "a3\udcff"], (
        "bytes that are no text"
    )
    ledger.settle([Settlement("a", "done", '{"form": "x"}'), Settlement("b", "failed", "{}")])
    assert [(each.name, each.state, each.note) for each in ledger.outcomes()][:3] == [
        ("a1", "done", '{"form": "x"}'),
        ("b", "failed", "{}"),
        ("a2", "done", '{"form": "x"}'),
    ]


def test_taken_up_again(another: Open) -> None:
    """This test ensures that what is done stays, what is new waits, what is gone is forgotten, what is lost reopens."""
    ledger = another()
    ledger.enter(files("a", "b", "c", "d"))
    ledger.lease(3)
    ledger.settle([Settlement("a", "done"), Settlement("b", "done"), Settlement("c", "failed")])
    again = another()
    again.enter([*files("a", "c", "e", kept=True), *files("b")])
    assert again.tally() == Tally(waiting=2, done=1, failed=1)
    assert keys(again) == ["b", "e"]
    again.enter(files("a", "c", kept=True), retry=True)
    assert keys(again) == ["c"]


def test_two_at_once(another: Open) -> None:
    """This test ensures that holders who lease at the same time never get the same task, and what is done stays so."""
    first, second = another(), another()
    first.enter(files(*(chr(number) for number in range(ord("a"), ord("z") + 1))))
    taken: list[list[str]] = [[], []]

    def take(ledger: SqlLedger, into: list[str]) -> None:
        while found := keys(ledger, 2):
            into += found
            ledger.settle([Settlement(key, "done", "first") for key in found])

    threads = [threading.Thread(target=take, args=each) for each in zip((first, second), taken, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken[0] + taken[1]) == [chr(number) for number in range(ord("a"), ord("z") + 1)]
    second.settle([Settlement("a", "failed", "later"), Settlement("b", "back", "later")])
    assert first.tally() == Tally(done=26)
    assert {each.note for each in first.outcomes()} == {"first"}


def test_a_holder_that_falls_silent(another: Open) -> None:
    """This test ensures that what it had in hand goes to others when its lease ends, and not before."""
    silent, other = another(lease=0.6), another()
    silent.enter(files("a"))
    silent._ended.set()
    assert keys(silent) == ["a"]
    assert keys(other) == []
    time.sleep(0.7)
    assert keys(other) == ["a"]


def test_a_holder_that_lives(another: Open) -> None:
    """This test ensures that a long task stays with who does it, for the lease is renewed."""
    holder, other = another(lease=0.4), another()
    holder.enter(files("a"))
    assert keys(holder) == ["a"]
    time.sleep(0.8)
    assert keys(other) == []


def test_a_holder_that_has_died_here(another: Open) -> None:
    """This test ensures that what a dead process of this machine had in hand is free at once; of another, not yet."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    here, elsewhere = another(), another()
    here.enter(files("a", "b", "c"))
    here._holder, elsewhere._holder = f"{socket.gethostname()}/{dead.pid}/x", f"elsewhere/{dead.pid}/x"
    assert (keys(here, 1), keys(elsewhere, 1)) == (["a"], ["b"])
    assert keys(another()) == ["a", "c"]


def test_a_server_that_starts_anew(server: postgres.Server) -> None:
    """This test ensures that a transaction waits for a server that is away for a while."""
    ledger = SqlLedger(Database(server.url), "restarted")
    ledger.enter(files("a", "b"))
    assert keys(ledger, 1) == ["a"]
    server.stop()
    back = threading.Timer(0.5, server.start)
    back.start()
    ledger.settle([Settlement("a", "done")])
    back.join()
    assert ledger.tally() == Tally(waiting=1, done=1)
    ledger.close()


def test_who_stands_still_holds_nobody_up(server: postgres.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a computer that falls asleep in a transaction loses it, and does it again when awake."""
    monkeypatch.setattr("greenforms.batch.database._STILL", 0.3)
    sleeper, other = (SqlLedger(Database(server.url), "asleep") for _ in range(2))
    other.enter(files("a", "b"))
    locked, tries = threading.Event(), []

    def fall_asleep(connection: Connection) -> None:
        connection.exec_driver_sql("LOCK TABLE greenforms_item IN EXCLUSIVE MODE")
        tries.append(1)
        locked.set()
        if len(tries) == 1:
            time.sleep(1)
        connection.exec_driver_sql("SELECT 1")

    asleep = threading.Thread(target=sleeper._database.transact, args=[fall_asleep])
    asleep.start()
    locked.wait()
    assert keys(other) == ["a", "b"]
    assert len(tries) == 1
    asleep.join()
    assert len(tries) == 2
    for ledger in (sleeper, other):
        ledger.close()


def test_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a server that is not there is told in Chinese, without the password."""
    monkeypatch.setattr("greenforms.batch.database._PATIENCE", 0.1)
    with pytest.raises(UsageError) as told:
        SqlLedger(Database("postgresql://me:secret@/x?host=/nowhere"), "x")
    assert "用不了" in str(told.value)
    assert "secret" not in str(told.value)
