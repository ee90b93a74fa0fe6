"""Measures our renderer and readers beside the libraries they stand on, doing the same work in the same process.

Each pair takes turns for several rounds, so that a busy machine slows both alike; the medians and their ratio go into
results.md. There is no target: the numbers say what evidence, records and exactness cost. Run with `make bench`.
"""

from __future__ import annotations

import io
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from children import children
from printing import docxtpl, printing
from reports import reports
from wide import wide

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.form.form import Form
from greenforms.form.layout import expanded_template
from greenforms.form.library import open_library
from greenforms.read.paper import read_paper
from greenforms.record import canonical_json
from greenforms.render.paper import render

LIBRARY = open_library()
ROUNDS = 9
START_ROUNDS = 5
#: Rows of a large list, and four times as many: work that is linear takes four times as long.
SIZES = (1250, 5000)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ways to do the same work."""

    title: str
    ours: Callable[[], Any]
    theirs: Callable[[], Any]


def plain_openpyxl(form: Form, data: Any) -> Callable[[], bytes]:
    """openpyxl writing the same rows below the same template's heading."""
    import openpyxl

    def fill() -> bytes:
        workbook = openpyxl.load_workbook(form.templates["xlsx"])
        sheet = workbook.worksheets[0]
        for row in data["rows"]:
            sheet.append([str(value) for value in row.values()])
        target = io.BytesIO()
        workbook.save(target)
        return target.getvalue()

    return fill


def docx_texts(path: Path) -> list[str]:
    """Every paragraph and cell text by python-docx."""
    import docx

    document = docx.Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    return texts + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def xlsx_texts(path: Path) -> list[str]:
    """Every cell by openpyxl."""
    import openpyxl

    workbook = openpyxl.load_workbook(path, data_only=True)
    return [str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row]


def pdf_texts(path: Path) -> list[Any]:
    """Every page's text and tables by pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


READERS: dict[str, Callable[[Path], Any]] = {"docx": docx_texts, "xlsx": xlsx_texts, "pdf": pdf_texts}
NAMES = {"docx": "python-docx", "xlsx": "openpyxl", "pdf": "pdfplumber"}


def example(form_id: str) -> datafile.DataSet:
    """The shipped data set of a form."""
    return datafile.load(str(examples_dir() / str(LIBRARY.form(form_id).entry.example)))


def pairs(folder: Path) -> list[Pair]:
    """Rendering and reading of every form that has an example, in every format."""
    found: list[Pair] = []
    for form_id in LIBRARY.form_ids:
        form = LIBRARY.form(form_id)
        if form.entry.example is None:
            continue
        dataset = example(form_id)
        for kind in form.entry.outputs:
            path = folder / f"{form.entry.name}.{kind}"
            path.write_bytes(render(form, dataset.data, kind, dataset.base))
            if kind != "pdf":
                found.append(_rendering(form, dataset, kind))
            found.append(_reading(form_id, path))
    return found


def _rendering(form: Form, dataset: datafile.DataSet, kind: str) -> Pair:
    sheet = kind == "xlsx"
    theirs = (
        plain_openpyxl(form, dataset.data)
        if sheet
        else docxtpl(expanded_template(form, "docx").content, form, dataset.data)
    )
    title = f"render {form.id} {kind} / {'openpyxl' if sheet else 'docxtpl'}"
    return Pair(title, lambda: render(form, dataset.data, kind, dataset.base), theirs)


def _reading(form_id: str, path: Path) -> Pair:
    kind = path.suffix[1:]
    return Pair(
        f"extract {form_id} {kind} / {NAMES[kind]}", lambda: read_paper(LIBRARY, path), lambda: READERS[kind](path)
    )


def timed(work: Callable[[], Any]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def measure(pair: Pair) -> str:
    """One row of the table: the medians of both and their ratio, after a first call of each."""
    pair.ours(), pair.theirs()
    rounds = [(timed(pair.ours), timed(pair.theirs)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    return f"| {pair.title} | {ours:.1f} | {theirs:.1f} | {ours / theirs:.1f} |"


LARGE = """
import resource, sys, time
from pathlib import Path
from greenforms import datafile
from greenforms.form.layout import expanded_template
from greenforms.form.library import open_library
started = time.perf_counter()
{work}
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
RENDER = """
from greenforms.render.paper import render
Path({target!r}).write_bytes(render(open_library().form({form!r}), datafile.load({data!r}).data, {kind!r}))
"""
EXTRACT = """
from greenforms.read.paper import read_paper
assert len(read_paper(open_library(), Path({target!r})).data["rows"]) == {rows}
"""


def large(folder: Path) -> list[str]:
    """Rosters of many rows, each step in a process of its own: seconds and peak memory."""
    form = "nm-2024/cultivation-roster"
    row = example(form).data["rows"][0]
    lines = []
    for size in SIZES:
        data = folder / f"{size}.json"
        rows = [{**row, "name": f"{row['name']}{number}"} for number in range(size)]
        data.write_text(canonical_json({"rows": rows}), "utf-8")
        for kind in ("docx", "xlsx"):
            target = str(folder / f"{size}.{kind}")
            names = {"target": target, "form": form, "data": str(data), "kind": kind, "rows": size}
            for title, work in (("render", RENDER), ("extract", EXTRACT)):
                lines.append(f"| {title} {kind} | {size} | {_measured(work.format(**names))} |")
    return lines


def _measured(work: str) -> str:
    said = subprocess.run([sys.executable, "-c", LARGE.format(work=work)], capture_output=True, text=True, check=False)
    if said.returncode:
        return f"refused | {said.stderr.strip().splitlines()[-1][:120]}"
    seconds, memory = map(float, said.stdout.split())
    return f"{seconds:.1f} | {memory:.0f}"


def starts(folder: Path) -> list[str]:
    """Whole processes of the command line, the interpreter alone for comparison: medians in milliseconds."""
    paper = folder / "cultivation-roster.docx"
    plan = str(examples_dir() / str(LIBRARY.form("cultivation-plan").entry.example))
    program = "from greenforms.cli import main; main()"
    commands = {
        "python -c pass": ["pass"],
        "greenforms --help": [program, "--help"],
        "greenforms forms": [program, "forms"],
        "greenforms validate (plan)": [program, "validate", "cultivation-plan", plan],
        "greenforms extract (roster docx)": [program, "extract", str(paper), "--json"],
    }
    times: dict[str, list[float]] = {title: [] for title in commands}
    for _ in range(START_ROUNDS):
        for title, words in commands.items():
            work = partial(subprocess.run, [sys.executable, "-c", *words], capture_output=True, check=True)
            times[title].append(timed(work))
    return [f"| {title} | {statistics.median(found):.0f} |" for title, found in times.items()]


def machine() -> str:
    """What the numbers were measured on."""
    return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores."


def main() -> None:
    """Measure everything and write results.md."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = [measure(pair) for pair in pairs(folder)]
        report = [
            "# Benchmarks",
            "",
            f"{machine()} Medians of {ROUNDS} interleaved rounds in one process; `make bench` measures again.",
            "Our side also writes tags and the record, or finds the form, matches it and gives evidence per field.",
            "Other programs may have been running on the machine: compare the columns, not the milliseconds.",
            "",
            "| work / beside | ours, ms | theirs, ms | ratio |",
            "|---|---:|---:|---:|",
            *table,
            "",
            "Rosters of many rows, each step in a process of its own:",
            "",
            "| step | rows | seconds | peak memory, MB |",
            "|---|---:|---:|---:|",
            *large(folder),
            "",
            f"Whole processes, medians of {START_ROUNDS} rounds:",
            "",
            "| command | ms |",
            "|---|---:|",
            *starts(folder),
            "",
            *printing(LIBRARY),
            "",
            *children(),
            "",
            *wide(),
            "",
            *reports(),
        ]
    target = Path(__file__).with_name("results.md")
    target.write_text("\n".join(report) + "\n", "utf-8")
    print(target.read_text("utf-8"))


if __name__ == "__main__":
    main()
