"""Several computers at one batch: a shared ledger in PostgreSQL, and folders that each sees by a path of its own."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

from batches import ended, many, results, started

import postgres

COUNT = 30
#: One child works, and another task is at hand.
IN_FLIGHT = 2


def test_one_joins_and_one_dies(server: postgres.Server, tmp_path: Path) -> None:
    """This test ensures that a second computer joins with --resume and inherits a dead one's files, no more."""
    inbox, output = many(tmp_path / "收件", COUNT), tmp_path / "结果"
    (tmp_path / "Z").symlink_to(tmp_path)
    first = started("extract", inbox, "-o", output, "--jobs", 1, "--ledger", server.url)
    wait_for(first, output, 5)
    first.send_signal(signal.SIGSTOP)  # it lives, and has files in hand
    there = tmp_path / "Z"
    second = started("extract", there / "收件", "-o", there / "结果", "--jobs", 1, "--ledger", server.url, "--resume")
    wait_for(second, output, COUNT - IN_FLIGHT)
    first.kill()
    before = {path: path.stat().st_mtime_ns for path in results_there(output)}
    said = ended(second)
    assert said.code == 0, said.err
    assert f"共 {COUNT} 个，做成 {COUNT} 个，没有做成 0 个。" in said.err
    assert len(results(output)) == COUNT
    assert sum(path.stat().st_mtime_ns != when for path, when in before.items()) <= IN_FLIGHT
    assert "postgresql" not in "".join(path.read_text("utf-8") for path in output.glob("*.json"))
    first.communicate()


def wait_for(process: subprocess.Popen[bytes], output: Path, count: int) -> None:
    until = time.monotonic() + 300
    while len(results_there(output)) < count:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)


def results_there(output: Path) -> list[Path]:
    each = output / "逐份"
    return list(each.glob("*.json")) if each.is_dir() else []
