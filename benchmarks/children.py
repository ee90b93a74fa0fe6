"""What it costs to read a file in a supervised child: its start, and a warm reading beside one in the process itself.

Both take turns on the same file, so that a busy machine slows both alike. `make bench` puts the table into results.md.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.form.library import open_library
from greenforms.render.paper import render
from greenforms_extractors.guard import looked_at
from greenforms_extractors.progress import silent
from greenforms_extractors.reading import read_here
from greenforms_extractors.supervised.limits import Limits
from greenforms_extractors.supervised.messages import Request
from greenforms_extractors.supervised.worker import Worker

ROUNDS, START_ROUNDS, SCAN_ROUNDS = 9, 5, 3
PLAN = "nm-2024/cultivation-plan"
SCAN = Path(__file__).resolve().parents[1] / "tests" / "scans" / "sample" / "roster-clean.png"


def timed(work: Callable[[], Any]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def start() -> None:
    """From no child to its first answer, what kind of file this is."""
    worker = Worker()
    worker.run(Request(looked_at, SCAN, Limits()), silent)
    worker.stop()


def papers(folder: Path) -> list[tuple[Path, int]]:
    """A paper of each kind, and how often it is read."""
    form = open_library().form(PLAN)
    dataset = datafile.load(str(examples_dir() / "cultivation-plan-factory.json"))
    for kind in ("docx", "pdf"):
        (folder / f"plan.{kind}").write_bytes(render(form, dataset.data, kind, dataset.base))
    return [(folder / "plan.docx", ROUNDS), (folder / "plan.pdf", ROUNDS), (SCAN, SCAN_ROUNDS)]


def compared(worker: Worker, path: Path, rounds: int) -> str:
    """One row of the table: the medians of both and their ratio, after a first call of each."""
    inside = partial(worker.run, Request(read_here, path, Limits()), silent)
    here = partial(read_here, path)
    inside(), here()
    times = [(timed(inside), timed(here)) for _ in range(rounds)]
    child, own = (statistics.median(column) for column in zip(*times, strict=True))
    return f"| read {path.name} | {child:.1f} | {own:.1f} | {child / own:.2f} |"


def children() -> list[str]:
    """The section of the results page."""
    starts = statistics.median(timed(start) for _ in range(START_ROUNDS))
    worker = Worker()
    with tempfile.TemporaryDirectory() as folder:
        rows = [compared(worker, path, rounds) for path, rounds in papers(Path(folder))]
    worker.stop()
    return [
        "Reading in a supervised child, warm, beside reading in the process itself (a modest docx or xlsx never goes",
        f"to the child); starting a child takes {starts:.0f} ms, once:",
        "",
        "| file | in the child, ms | in the process, ms | ratio |",
        "|---|---:|---:|---:|",
        *rows,
    ]


if __name__ == "__main__":
    print("\n".join(children()))
