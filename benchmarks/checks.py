"""What checking many packs costs: throughput, memory, linearity, and what an interruption loses.

`make checks` measures 500 packs of about six papers each and writes docs/checks.md; a number behind it asks for fewer.
"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from itertools import count, islice
from pathlib import Path

from batches import CORES, HEAD, Run, parts, ran

from greenforms.bundled import examples_dir
from greenforms.form.library import Library, open_library
from greenforms.render.paper import render

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "generator")]

from greenforms_packs.packs import Pack, clean_pack  # noqa: E402 - found in the generator

PAGE = ROOT / "docs" / "checks.md"
PACKS = 500
#: The kind of pack that is made: a city's recommendation, with its letter and the papers of its units.
KIND = "推荐"
#: The share of its time after which a run is killed.
KILLED_AFTER = 0.5


def packs(library: Library, folder: Path, wanted: int) -> int:
    """So many packs, a folder each; how many papers they hold together."""
    papers = 0
    made = (pack for kind, pack in map(clean_pack, count()) if kind == KIND)
    for number, pack in enumerate(islice(made, wanted)):
        papers += _printed(library, pack, folder / f"{number:04}")
    return papers


def _printed(library: Library, pack: Pack, folder: Path) -> int:
    folder.mkdir(parents=True)
    for file, (form, data) in pack.papers.items():
        kind = Path(file).suffix.removeprefix(".")
        (folder / file).write_bytes(render(library.form(form), data, kind, examples_dir()))
    return len(pack.papers)


def killed(seconds: float, *words: object) -> None:
    """Start a command with all it starts, and kill all of them after a while."""
    program = "from greenforms.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)], stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def rows(work: Path, wanted: int) -> tuple[int, list[str]]:
    """How many papers there were, and the rows of the table."""
    every = work / "packs"
    papers = packs(open_library(), every, wanted)
    quarter = parts(every, "quarter", 4)
    check = ("batch", "check")
    first = ran(wanted // 4, *check, quarter, "-o", work / "a")
    whole = ran(wanted, *check, every, "-o", work / "b")
    killed(KILLED_AFTER * whole.seconds, *check, every, "-o", work / "c")
    rest = ran(wanted, *check, every, "-o", work / "c", "--resume")
    again: Run = ran(wanted, *check, every, "-o", work / "c", "--resume")
    return papers, [
        first.row("a quarter"),
        whole.row("all"),
        rest.row("all, killed half way, the rest"),
        again.row("once more, nothing to do but the tables"),
    ]


def main(wanted: int = PACKS) -> None:
    with tempfile.TemporaryDirectory() as name:
        papers, table = rows(Path(name), wanted)
    short = "" if wanted >= PACKS else f" This was a short run: `make checks` takes {PACKS}."
    lines = [
        "# Checking packs",
        "",
        "<!-- Written by benchmarks/checks.py (make checks). -->",
        "",
        f"{wanted} packs with {papers} papers, checked as a batch on {CORES} cores.{short}",
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}.",
        "Other programs may have been running on the machine: CPU time tells more than the clock. CPU time is that",
        "of all processes of a run with their starts, memory the most that all of them held at a time; each file is",
        "a pack.",
        "",
        *HEAD,
        *table,
        "",
    ]
    PAGE.write_text("\n".join(lines), "utf-8")
    print(PAGE.read_text("utf-8"))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
