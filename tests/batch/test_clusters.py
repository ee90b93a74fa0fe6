"""A batch on a dask cluster: a worker killed, the scheduler killed, a file that breaks its reader, other forms."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from batches import ROOT, ended, many, results, started
from clusters import Scheduler

from shipped import few_editions

#: Starts a scheduler.
Start = Callable[[], Scheduler]

COUNT = 24
#: Makes a child that meets a file of this size die of it, as a library of C may.
POISON = """
import ctypes, greenforms.read.paper as paper
right = paper.read_paper
def read_paper(library, path, *rest):
    if path.stat().st_size == {size}:
        ctypes.string_at(0)
    return right(library, path, *rest)
paper.read_paper = read_paper
"""


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[Start]:
    """Starts schedulers."""
    running: list[Scheduler] = []

    def start() -> Scheduler:
        (folder := tmp_path / f"集群{len(running)}").mkdir()
        running.append(Scheduler(folder))
        return running[-1]

    yield start
    for each in running:
        each.end()


def wait_for(process: subprocess.Popen[bytes], output: Path, count: int) -> None:
    until = time.monotonic() + 300
    while len(list((output / "逐份").glob("*.json"))) < count:
        assert process.poll() is None, ended(process).err
        assert time.monotonic() < until
        time.sleep(0.02)


def test_all_that_may_happen(scheduler: Start, tmp_path: Path) -> None:
    """This test ensures that a bad file costs itself alone, a dead worker nothing, a dead scheduler only time."""
    inbox, output = many(tmp_path / "收件", COUNT), tmp_path / "结果"
    poison = inbox / "003.docx"
    poison.write_bytes(poison.read_bytes() + b"\0" * 1000)
    (tmp_path / "sitecustomize.py").write_text(POISON.format(size=poison.stat().st_size))
    path = os.pathsep.join(map(str, (tmp_path, ROOT / "engine", ROOT / "extractors")))
    words = ["extract", inbox, "-o", output, "--resume", "--cluster"]

    one = scheduler()
    first, _ = one.worker(PYTHONPATH=path), one.worker(PYTHONPATH=path)
    batch = started(*words, one.address)
    wait_for(batch, output, 3)
    first.kill()
    wait_for(batch, output, 8)
    one.process.kill()
    said = ended(batch)
    assert said.code == 130, said.err
    assert "调度程序断开了。做完的都已保存" in said.err
    assert "Traceback" not in said.err
    assert len(results(output)) < COUNT

    two = scheduler()
    two.worker(PYTHONPATH=path)
    said = ended(started(*words, two.address, "--shared", inbox))
    assert said.code == 6, said.err
    assert "没有做成 1 个。\n  003.docx：文件“003.docx”使读取它的进程意外中止" in said.err
    assert set(results(output)) == {f"{number:03}.docx.json" for number in range(COUNT) if number != 3}

    said = ended(started(*words, "local", "--jobs", 1, "--retry"))
    assert (said.code, len(results(output))) == (0, COUNT), said.err


def test_what_is_refused(scheduler: Start, tmp_path: Path) -> None:
    """This test ensures that a cluster that is not there, and a worker with other forms, are told before anything."""
    inbox, output = many(tmp_path / "收件", 1), tmp_path / "结果"
    nobody = ended(started("extract", inbox, "-o", output, "--cluster", "tcp://127.0.0.1:9"))
    assert (nobody.code, "连不上" in nobody.err, len(nobody.err.splitlines())) == (2, True, 1), nobody.err
    other = few_editions(tmp_path / "别的")
    one = scheduler()
    one.worker(GREENFORMS_SHIPPED=str(other))
    said = ended(started("extract", inbox, "-o", output, "--resume", "--cluster", one.address))
    assert (said.code, "与发起批处理的不一样" in said.err or "不一样" in said.err) == (2, True), said.err
