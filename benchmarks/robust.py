"""Runs the command line on every file of the tests and on every hostile one, each in a process of its own.

Writes docs/robustness.md: what came of each file, in which time and memory. Ends with 1 when a file shows a traceback
or a library's English, is our own fault, or leaves the bounds. Run with `make robust`; words name the files to run on.
"""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]

from reader_messages import refusals  # noqa: E402 - found among the scripts

import hostile  # noqa: E402 - found beside the tests

TABLE = ROOT / "docs" / "robustness.md"
#: A file may be silent for a minute; starting and ending the program come on top.
MOST_SILENCE, MOST_MEMORY = 75.0, 2 << 30
#: Seconds of silence after which nobody waits any longer.
ENOUGH = 2 * MOST_SILENCE
SOUND = (0, 1, 3)
DATA = (".json", ".yaml", ".yml")
_SOURCES = (".py", ".pyc", ".md", *DATA)
#: Three words of small letters in a row that stand neither in quotes nor in a command to be typed.
_ENGLISH = re.compile(r"\b[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}\b")
_QUOTED = re.compile(r"“[^”]*”|apt-get install [a-z -]+")


@cache
def _codes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What each refusal says, the longest first, and its code."""
    rows = sorted(refusals(), key=lambda row: -len(row["what"]))
    return tuple((re.compile(".*".join(map(re.escape, row["what"].split("…")))), row["code"]) for row in rows)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file. `silence`: seconds without a word; `memory`: bytes of the largest process at its peak."""

    name: str
    code: int
    said: str
    seconds: float
    silence: float
    memory: int

    @property
    def message(self) -> str:
        """The code of the refusal; a dash where the file was read, a star for other messages."""
        if self.code in (0, 1):
            return "–"
        return next((code for pattern, code in _codes() if pattern.search(self.said)), "*")

    def faults(self) -> list[str]:
        """Why this must not be."""
        found = {
            f"exit code {self.code}": self.code not in SOUND,
            "a traceback": "Traceback" in self.said,
            "English": bool(_ENGLISH.search(_QUOTED.sub("", self.said))),
            "too long without progress": self.silence > MOST_SILENCE,
            "too much memory": self.memory > MOST_MEMORY,
        }
        return [fault for fault, is_so in found.items() if is_so]


def papers(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of the tests, and the hostile ones written into a folder."""
    for path in sorted((ROOT / "tests").rglob("*")):
        kept = "hostile" in path.parts or "__pycache__" in path.parts
        if path.is_file() and path.suffix not in _SOURCES and not kept:
            yield str(path.relative_to(ROOT / "tests")), path
    for name, content in hostile.files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        yield f"hostile/{name}", path


def tried(name: str, path: Path) -> Outcome:
    """Run the command on one file, its error stream a screen, so that it tells every page."""
    program = "from greenforms.cli import main; main()"
    words = ["validate", "cultivation-plan"] if path.suffix in DATA else ["extract"]
    screen, end = pty.openpty()
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", program, *words, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=end if path.suffix in DATA else subprocess.DEVNULL,
        stderr=end,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "engine", ROOT / "extractors")))},
    )
    os.close(end)
    said, silence, memory = followed(process, screen)
    code = process.wait()
    os.close(screen)
    return Outcome(name, code, said, time.monotonic() - started, silence, memory)


def followed(process: subprocess.Popen[bytes], screen: int) -> tuple[str, float, int]:
    """All that is said, the longest silence in seconds, and the peak memory of the largest process in bytes."""
    heard, silence, memory = time.monotonic(), 0.0, 0
    chunks: list[bytes] = []
    while True:
        memory = max(memory, 0, *map(peak, descendants(process.pid)))
        if not select.select([screen], [], [], 0.2)[0]:
            if time.monotonic() - heard > ENOUGH:
                process.kill()
            continue
        try:
            chunk = os.read(screen, 65536)
        except OSError:  # the other end is closed
            chunk = b""
        silence, heard = max(silence, time.monotonic() - heard), time.monotonic()
        if not chunk:
            return b"".join(chunks).decode(errors="replace"), silence, memory
        chunks.append(chunk)


def descendants(pid: int) -> Iterator[int]:
    """A process and all it has started."""
    yield pid
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from descendants(int(child))
    except OSError:  # it has ended
        return


def peak(pid: int) -> int:
    """The most memory a process ever held, in bytes (proc(5))."""
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def report(outcomes: list[Outcome]) -> str:
    """The page."""
    rows = [
        f"| {each.name} | {each.code} | {each.message} | {each.seconds:.0f} | {each.memory >> 20} |"
        for each in outcomes
    ]
    read = sum(each.code in (0, 1) for each in outcomes)
    return "\n".join(
        [
            "# Robustness",
            "",
            "<!-- Written by benchmarks/robust.py (make robust). -->",
            "",
            f"{len(outcomes)} files, {read} read, {len(outcomes) - read} refused. Message: the code of the refusal,",
            "see the [reference](reference/errors.md); – where the file was read, * for a file that is no form of ours",
            "or data that cannot be read. Each file was given to a program of its own, whose start is in the seconds;",
            "memory is that of its largest process at its peak.",
            "",
            "| file | exit code | message | seconds | memory, MB |",
            "|---|---:|---|---:|---:|",
            *rows,
            "",
        ]
    )


def main(wanted: list[str]) -> int:
    """Run on all files, or on those whose names hold a wanted word, without writing the page."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        chosen = [each for each in papers(Path(folder)) if not wanted or any(word in each[0] for word in wanted)]
        outcomes = list(pool.map(lambda each: tried(*each), chosen))
    for each in outcomes:
        if wanted or each.faults():
            print(
                f"{each.name}: {each.code} {each.message} {each.seconds:.1f} s {each.memory >> 20} MB {each.faults()}"
            )
            print(f"    {each.said.strip()[-400:]}")
    if not wanted:
        TABLE.write_text(report(outcomes), "utf-8")
    bad = sum(bool(each.faults()) for each in outcomes)
    print(f"{len(outcomes)} files, {bad} of them at fault")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
