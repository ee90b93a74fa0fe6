"""A hundred files, and everything killed at random: nothing is lost, and no more is repeated than was in flight."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

from batches import children, ended, many, results, started

COUNT = 100
#: Two children work, and as many tasks again are at hand.
IN_FLIGHT = 4


def written(output: Path) -> dict[str, int]:
    """When each result was written."""
    each = output / "逐份"
    return {path.name: path.stat().st_mtime_ns for path in each.rglob("*.json")} if each.is_dir() else {}


def wait_for_more(process: subprocess.Popen[bytes], output: Path, done: int) -> None:
    """Wait until so many results are there, or the program has ended."""
    until = time.monotonic() + 300
    while len(written(output)) < done and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.01)


def kill_a_child(process: subprocess.Popen[bytes]) -> None:
    """Kill the first process that a batch has started."""
    for child in children(process.pid)[:1]:
        os.kill(child, signal.SIGKILL)


def test_killed_at_random(tmp_path: Path) -> None:
    """This test ensures that parents, children and Ctrl-C may end at any moment, two parents at a time, too."""
    draw = random.Random(1)  # noqa: S311 - to be repeated
    inbox, output = many(tmp_path / "收件", COUNT), tmp_path / "结果"
    words = ["extract", inbox, "-o", output, "--jobs", 2, "--resume"]
    repeated = 0
    for how in ("interrupt", "child+parent", "parent"):
        before = written(output)
        process = started(*words)
        wait_for_more(process, output, len(before) + draw.randint(1, 20))
        if how == "child+parent":
            kill_a_child(process)
            wait_for_more(process, output, len(written(output)) + draw.randint(1, 10))
        process.send_signal(signal.SIGINT if how == "interrupt" else signal.SIGKILL)
        said = ended(process)
        assert said.code == (130 if how == "interrupt" else -signal.SIGKILL), said.err
        after = written(output)
        repeated += sum(after[name] != when for name, when in before.items())
    assert 0 < len(written(output)) < COUNT
    before = written(output)
    both = [started(*words), started(*words)]
    said = [ended(each) for each in both]
    assert [each.code for each in said] == [0, 0], said
    repeated += sum(written(output)[name] != when for name, when in before.items())
    assert repeated <= 4 * IN_FLIGHT
    assert len(results(output)) == COUNT
    half = [*output.rglob(".greenforms-*"), output / "逐份" / ".greenforms-half"]
    for draft in half:
        draft.touch()
        os.utime(draft, (0, 0))
    units = {shape["data"]["rows"][0]["name"] for shape in results(output).values()}
    assert units == {f"内蒙古第{number}新材料有限公司" for number in range(COUNT)}
    assert f"以前做过的 {COUNT} 个不再做" in ended(started(*words)).err
    assert not [draft for draft in half if draft.exists()], "what a killed writer left is swept up"
