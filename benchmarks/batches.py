"""What a batch costs: throughput beside one core and beside the plain command, memory, linearity, and the ledger.

`make batches` measures 10,000 small returns and 300 scans and writes docs/batches.md; `--returns` and `--scans` take
other numbers. Every run is a program of its own; CPU time is that of all its processes, memory the most at a time.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from PIL import Image
from PIL.PngImagePlugin import PngInfo

import postgres
from greenforms import datafile
from greenforms.batch.database import Database
from greenforms.batch.ledger import File, SqlLedger
from greenforms.bundled import examples_dir
from greenforms.form.library import open_library
from greenforms.render.paper import render
from greenforms.scheduling.task import Settlement
from greenforms_extractors.supervised.resident import resident

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "batches.md"
SAMPLE = ROOT / "tests" / "scans" / "sample"
ROSTER = "nm-2024/cultivation-roster"
CORES = os.cpu_count() or 1
#: Items of the measurement of the ledger, and how many are settled at a time.
ITEMS, AT_A_TIME = 2_000, 4


@dataclass(frozen=True, slots=True)
class Run:
    """What one program took: seconds by the clock, of CPU, and megabytes of all its processes."""

    files: int
    seconds: float
    cpu: float
    memory: float

    def row(self, name: str) -> str:
        """It as a row of the table."""
        rate, cost = self.files / self.seconds, 1000 * self.cpu / self.files
        return f"| {name} | {self.files} | {self.seconds:.0f} | {rate:.1f} | {cost:.0f} | {self.memory:.0f} |"


HEAD = ["| run | files | seconds | files a second | CPU ms a file | memory, MB |", "|---|---:|---:|---:|---:|---:|"]


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in below for each in tree(int(child)))]


def ran(files: int, *words: object) -> Run:
    """Run a command to its end."""
    started = time.perf_counter()
    program = "from greenforms.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", program, *map(str, words)], stderr=subprocess.DEVNULL)
    most, over = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not over.wait(0.5):
            most = max(most, sum(map(resident, tree(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, _, used = os.wait4(process.pid, 0)
    over.set()
    watcher.join()
    return Run(files, time.perf_counter() - started, used.ru_utime + used.ru_stime, most / 1e6)


def returns(folder: Path, count: int) -> Path:
    """So many rosters of one unit each."""
    form, dataset = open_library().form(ROSTER), datafile.load(str(examples_dir() / "cultivation-roster.json"))
    row = dataset.data["rows"][0]
    folder.mkdir()
    for number in range(count):
        data = {"rows": [{**row, "name": f"内蒙古第{number}新材料有限公司"}]}
        (folder / f"{number:05}.docx").write_bytes(render(form, data, "docx", dataset.base))
    return folder


def scans(folder: Path, count: int) -> Path:
    """So many scans: the samples of the tests in turn, each with bytes of its own."""
    samples = [SAMPLE / name for name in ("roster-clean.png", "roster-upside-down.png", "roster-photo.jpg")]
    folder.mkdir()
    for number in range(count):
        with Image.open(samples[number % len(samples)]) as page:
            told = PngInfo()
            told.add_text("number", str(number))
            page.save(folder / f"{number:03}.png", pnginfo=told, dpi=page.info.get("dpi", (300, 300)))
    return folder


def parts(folder: Path, name: str, share: int) -> Path:
    """A folder with the first of the files (or folders) of another, linked."""
    found = sorted(folder.iterdir())
    target = folder.with_name(name)
    target.mkdir()
    for file in found[: len(found) // share]:
        if file.is_dir():
            shutil.copytree(file, target / file.name, copy_function=os.link)
        else:
            os.link(file, target / file.name)
    return target


def throughput(work: Path, count: int) -> Iterator[str]:
    """The rows on small returns."""
    every = returns(work / "returns", count)
    quarter = parts(every, "quarter", 4)
    (work / "plain").mkdir()
    yield ran(count // 4, "extract", quarter, "-o", work / "plain").row("`extract -o DIR`, a quarter")
    for name, folder, files in (("a quarter", quarter, count // 4), ("all", every, count)):
        yield ran(files, "batch", "extract", folder, "-o", work / f"out-{name}").row(f"`batch`, {CORES} cores, {name}")
    one = ran(count // 4, "batch", "extract", quarter, "-o", work / "one", "--jobs", 1)
    yield one.row("`batch --jobs 1`, a quarter")
    again = ran(count, "batch", "extract", every, "-o", work / "out-all", "--resume")
    yield again.row("`batch --resume`, nothing to do but the tables")


def scanned(work: Path, count: int) -> Iterator[str]:
    """The rows on scans."""
    folder = scans(work / "scans", count)
    few = parts(folder, "few", 4)
    yield ran(count, "batch", "extract", folder, "-o", work / "out-scans").row(f"scans, {CORES} cores")
    yield ran(count // 4, "batch", "extract", few, "-o", work / "one-scan", "--jobs", 1).row("scans, `--jobs 1`")


def ledger(place: str) -> float:
    """Milliseconds that leasing and settling take a file."""
    found = SqlLedger(Database(place), "measured")
    found.enter([File(f"{number}.docx", str(number), []) for number in range(ITEMS)])
    started = time.perf_counter()
    while tasks := found.lease(AT_A_TIME):
        found.settle([Settlement(task.key, "done", "{}") for task in tasks])
    spent = time.perf_counter() - started
    found.close()
    return 1000 * spent / ITEMS


@contextmanager
def places(work: Path) -> Iterator[dict[str, str]]:
    """Where the ledgers that are measured lie."""
    with postgres.server() as server:
        yield {"SQLite": str(work / "measured.sqlite"), "PostgreSQL (here, without `fsync`)": server.url}


def page(counts: argparse.Namespace) -> list[str]:
    """The page."""
    with tempfile.TemporaryDirectory() as name, places(Path(name)) as ledgers:
        work = Path(name)
        small, pictures = list(throughput(work, counts.returns)), list(scanned(work, counts.scans))
        costs = [f"| {kind} | {ledger(place):.2f} |" for kind, place in ledgers.items()]
    load = (
        "" if counts.returns >= 10_000 else " This was a short run: `make batches` takes 10,000 returns and 300 scans."
    )
    return [
        "# Batches",
        "",
        "<!-- Written by benchmarks/batches.py (make batches). -->",
        "",
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {CORES} cores.{load}",
        "Other programs may have been running on the machine: CPU time tells more than the clock. CPU time is that",
        "of all processes of a run with their starts, memory the most that all of them held at a time.",
        "",
        *HEAD,
        *small,
        *pictures,
        "",
        "What the ledger costs a file, leased and settled four at a time, on its own:",
        "",
        "| ledger | ms a file |",
        "|---|---:|",
        *costs,
    ]


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--returns", type=int, default=10_000)
    parser.add_argument("--scans", type=int, default=300)
    PAGE.write_text("\n".join(page(parser.parse_args())) + "\n", "utf-8")
    print(PAGE.read_text("utf-8"))


if __name__ == "__main__":
    main()
