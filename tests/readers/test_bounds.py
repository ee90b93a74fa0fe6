"""Reading within bounds: a child that crashes, starves, sleeps or errs costs one file its reading and no more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import misbehaving
import pytest

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.supervised.bounds import within_bounds
from greenforms_extractors.supervised.limits import Limits
from greenforms_extractors.supervised.messages import Request, Work
from greenforms_extractors.supervised.pool import Pool
from greenforms_extractors.supervised.resident import resident
from greenforms_extractors.supervised.worker import RemoteTrace


class Strange:
    """Work that cannot be taken in by the other side."""

    def __call__(self, *_: object) -> None:
        raise NotImplementedError

    def __reduce__(self) -> tuple[object, ...]:
        return misbehaving.not_understood, ()


SMALL = Limits(silence=2.0, memory=300_000_000)
PATIENT = Limits(silence=60.0, memory=300_000_000)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A file that no glance lets pass."""
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


def refused(work: Work, paper: Path, limits: Limits = SMALL) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        within_bounds(work, paper, limits=limits)
    assert caught.value.path == paper
    assert "“扫描件.pdf”" in str(caught.value)
    return caught.value


def test_one_warm_child_reads_many_files(paper: Path) -> None:
    """This test ensures that the work is done in another process, and the next in the same one."""
    first = within_bounds(misbehaving.number, paper)
    assert first != os.getpid()
    assert within_bounds(misbehaving.number, paper) == first


def package(path: Path, **parts: int) -> Path:
    """A zip with parts of so many bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, size in parts.items():
            target.writestr(f"word/{name.replace('_', '.')}", b"x" * size)
    return path


@pytest.mark.parametrize(
    ("parts", "light"),
    [
        ({"document_xml": 1 << 20, "photo_jpeg": 8 << 20}, True),
        ({"document_xml": 5 << 20}, False),
        ({"photo_jpeg": 33 << 20}, False),
        ({f"part{number}_xml": 1 for number in range(301)}, False),
    ],
    ids=["modest", "much markup", "much of all", "many parts"],
)
def test_a_light_file_is_read_at_once(parts: dict[str, int], light: bool, tmp_path: Path) -> None:
    """This test ensures that a modest Office package needs no child, and that sizes and counts decide."""
    reader = within_bounds(misbehaving.number, package(tmp_path / "表.docx", **parts))
    assert (reader == os.getpid()) is light


def test_what_is_no_file_is_left_to_the_reader(tmp_path: Path) -> None:
    """This test ensures that a missing file, a folder and an empty file are refused by whoever looks at them."""
    (tmp_path / "空.pdf").touch()
    for path in (tmp_path, tmp_path / "没有.pdf", tmp_path / "空.pdf"):
        assert within_bounds(misbehaving.number, path) == os.getpid()


@pytest.mark.parametrize(
    ("work", "limits", "code", "words"),
    [
        (misbehaving.crash, PATIENT, "reader-crashed", "意外中止"),
        (misbehaving.eat, PATIENT, "too-much-memory", "超过 0.3 GB"),
        (misbehaving.gulp, PATIENT, "too-much-memory", "超过 0.3 GB"),
        (misbehaving.hold, SMALL, "too-slow", "2 秒没有进展"),
    ],
    ids=["crash", "eat", "gulp", "hold"],
)
def test_what_ends_a_child_is_a_message(work: Work, limits: Limits, code: str, words: str, paper: Path) -> None:
    """This test ensures that each end has its words, that the child is gone and that the next file is read."""
    before = within_bounds(misbehaving.number, paper)
    error = refused(work, paper, limits)
    assert error.code == code
    assert words in str(error)
    after = within_bounds(misbehaving.number, paper)
    assert after not in (before, os.getpid())
    assert resident(before) == 0


def test_progress_is_relayed_until_it_stops(paper: Path) -> None:
    """This test ensures that the pages are told here, and that silence is counted from the last of them."""
    told: list[tuple[int, int]] = []
    with pytest.raises(UnreadableFile) as caught:
        within_bounds(misbehaving.sleep, paper, lambda *page: told.append(page), SMALL)
    assert caught.value.code == "too-slow"
    assert told == [(1, 3), (2, 3)]
    assert within_bounds(misbehaving.slowly, paper, lambda *page: told.append(page), SMALL) == 4


def test_a_refusal_comes_back_as_itself(paper: Path) -> None:
    """This test ensures that what the reader says of a file is what the caller hears, and that the child stays."""
    before = within_bounds(misbehaving.number, paper)
    error = refused(misbehaving.refuse, paper)
    assert (error.code, error.what) == ("damaged", "已损坏，无法打开")
    assert within_bounds(misbehaving.number, paper) == before


def test_a_bug_comes_back_with_its_trace(paper: Path) -> None:
    """This test ensures that a bug of ours is raised here, and says where in the child it happened."""
    with pytest.raises(RecursionError) as caught:
        within_bounds(misbehaving.recurse, paper)
    assert isinstance(caught.value.__cause__, RemoteTrace)
    assert "misbehaving.py" in str(caught.value.__cause__)
    with pytest.raises(Exception, match="pickle"):
        within_bounds(misbehaving.unpicklable, paper)
    with pytest.raises(ValueError, match="not understood"):
        within_bounds(Strange(), paper)
    assert within_bounds(misbehaving.number, paper) != os.getpid()


def test_an_interrupted_reading_ends_its_child(paper: Path) -> None:
    """This test ensures that Ctrl-C in the middle of a file leaves no child at work on it."""
    before = within_bounds(misbehaving.number, paper)

    def interrupt(page: int, pages: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        within_bounds(misbehaving.sleep, paper, interrupt)
    assert resident(before) == 0


def test_a_killed_child_does_not_take_the_next_file_down(paper: Path) -> None:
    """This test ensures that a child that died between two files is replaced without a word."""
    pool = Pool(1)
    request = Request(misbehaving.number, paper, SMALL)
    first = pool.run(request, print)
    os.kill(first, signal.SIGKILL)
    while pool._workers[0].usable:
        time.sleep(0.01)
    assert pool.run(request, print) != first
    pool.stop()


PARENT = """
import sys
from pathlib import Path
import misbehaving
from greenforms_extractors.supervised.bounds import within_bounds
print(within_bounds(misbehaving.number, Path(sys.argv[1])), flush=True)
if sys.argv[2] == "wait":
    within_bounds(misbehaving.sleep, Path(sys.argv[1]))
"""


@pytest.mark.parametrize("end", ["exit", "SIGTERM", "SIGKILL"])
def test_the_child_ends_with_its_parent(end: str, paper: Path) -> None:
    """This test ensures that no child outlives the process that started it, at work or not."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PARENT, str(paper), "leave" if end == "exit" else "wait"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        if end != "exit":
            time.sleep(0.2)  # at work
            parent.send_signal(getattr(signal, end))
    deadline = time.monotonic() + 10
    while resident(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert resident(child) == 0
