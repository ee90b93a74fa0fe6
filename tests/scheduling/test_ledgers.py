"""What every ledger promises: each task once, in order, and nothing is forgotten."""

from __future__ import annotations

from ledgers import Make

from greenforms.scheduling.task import Settlement, Tally


def test_each_task_once_in_order(make: Make) -> None:
    """This test ensures that tasks are leased in order, each to one holder, and like keys are one task."""
    ledger = make(["b", "a", "c", "a"][:3])
    assert [task.key for task in ledger.lease(2)] == ["b", "a"]
    assert [task.key for task in ledger.lease(2)] == ["c"]
    assert ledger.lease(2) == []
    assert ledger.tally() == Tally(leased=3)


def test_what_became_of_them(make: Make) -> None:
    """This test ensures that done and failed tasks are over, that one given back is next, and one to retry the last."""
    ledger = make(["a", "b", "c", "d", "e"])
    ledger.lease(4)
    ledger.settle([Settlement("a", "done"), Settlement("b", "failed"), Settlement("c", "again")])
    ledger.settle([Settlement("d", "back")])
    assert ledger.tally() == Tally(waiting=3, done=1, failed=1)
    assert (ledger.tally().settled, ledger.tally().total) == (2, 5)
    assert [(task.key, task.attempt) for task in ledger.lease(9)] == [("d", 1), ("e", 1), ("c", 2)]
