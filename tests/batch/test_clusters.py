"""A batch on a dask cluster: a worker killed, the scheduler killed, a file that breaks its reader, other forms."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from batches import ended, many, results, sources, started
from clusters import Scheduler

from greenforms.batch.cluster import disagreement
from greenforms.batch.job import Job
from shipped import LIBRARY

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
    words = ["extract", inbox, "-o", output, "--resume", "--cluster"]

    one = scheduler()
    first, _ = one.worker(tmp_path), one.worker(tmp_path)
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
    two.worker(tmp_path)
    said = ended(started(*words, two.address, "--shared", inbox))
    assert said.code == 6, said.err
    assert "没有做成 1 个。\n  003.docx：文件“003.docx”使读取它的进程意外中止" in said.err
    assert set(results(output)) == {f"{number:03}.docx.json" for number in range(COUNT) if number != 3}

    said = ended(started(*words, "local", "--jobs", 1, "--retry"))
    assert (said.code, len(results(output))) == (0, COUNT), said.err


def test_other_forms_or_another_program() -> None:
    """This test ensures that a worker whose forms or program differ says so, with the computer's name."""
    job = Job("extract").by(LIBRARY)
    assert disagreement(job) == ""
    said = disagreement(replace(job, versions="0.0.1+x forms y"))
    assert socket.gethostname() in said
    assert "同一版本" in said


def test_nobody_there() -> None:
    """This test ensures that a scheduler that does not answer is told in one Chinese sentence."""
    program = "import greenforms.batch.cluster as c; c._PATIENCE = 0.5; c._connected('tcp://127.0.0.1:9', 1)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, env=sources())
    assert "UsageError: 集群“tcp://127.0.0.1:9”连不上" in done.stderr.decode("utf-8")
