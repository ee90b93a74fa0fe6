"""Measures our renderer and readers beside the libraries they stand on, doing the same work in the same process.

Each pair takes turns for several rounds, so that a busy machine slows both alike; the medians and their ratio go into
results.md. There is no target: the numbers say what evidence, records and exactness cost. Run with `make bench`.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from children import children
from printing import printing, roster
from reports import reports
from wide import wide

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.check.validation import validate
from greenforms.form.form import Form
from greenforms.form.library import open_library
from greenforms.read.paper import read_document, read_paper
from greenforms.record import canonical_json
from greenforms.render.paper import render
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read_here

LIBRARY = open_library()
ROUNDS = 9
START_ROUNDS = 5
#: Forms of every shape: a plan, a table, running text with pictures, a list.
FORMS = (
    "nm-2024/cultivation-plan",
    "he-2024/recommendation-summary",
    "he-2024/typical-experience",
    "nm-2024/cultivation-roster",
)
ROWS = 1000
#: Rows of a large list, and four times as many: work that is linear takes four times as long.
SIZES = (1250, 5000)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ways to do the same work."""

    title: str
    ours: Callable[[], Any]
    theirs: Callable[[], Any]


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


def pairs(folder: Path) -> Iterator[Pair]:
    """Reading papers of every format, and lists of many rows."""
    for form_id in FORMS:
        form, dataset = LIBRARY.form(form_id), example(form_id)
        for kind in form.entry.outputs:
            path = folder / f"{form.entry.name}.{kind}"
            path.write_bytes(render(form, dataset.data, kind, dataset.base))
            yield _reading(form_id, path)
    form, data = roster(LIBRARY, ROWS)
    for kind in ("docx", "xlsx"):
        path = folder / f"{ROWS}.{kind}"
        path.write_bytes(render(form, data, kind))
        yield _reading(f"{form.id}, {ROWS} rows,", path)


def _reading(form_id: str, path: Path) -> Pair:
    kind = path.suffix[1:]

    def ours() -> Any:
        if kind != "pdf":
            return read_paper(LIBRARY, path)
        document = read_here(path)  # in this process, whose time is taken
        assert isinstance(document, Document)
        return read_document(LIBRARY, document, path.name)

    return Pair(f"extract {form_id} {kind} / {NAMES[kind]}", ours, lambda: READERS[kind](path))


def checks() -> Iterator[Pair]:
    """All findings on a data set, beside the errors that jsonschema finds in it."""
    papers = [(form_id, LIBRARY.form(form_id), example(form_id).data) for form_id in FORMS]
    for title, form, data in (*papers, (f"roster, {ROWS} rows", *roster(LIBRARY, ROWS))):
        theirs = _json_schema(form)
        yield Pair(
            f"validate {title} / jsonschema",
            partial(validate, form, data, as_of=date.today()),
            lambda theirs=theirs, data=data: list(theirs.iter_errors(data)),  # type: ignore[misc]
        )


def _json_schema(form: Form) -> Any:
    """jsonschema with the numbers that our data hold."""
    from jsonschema import Draft202012Validator, validators

    kinds = {
        "number": lambda _, value: isinstance(value, int | float | Decimal) and not isinstance(value, bool),
        "integer": lambda _, value: isinstance(value, int) and not isinstance(value, bool),
    }
    extend: Any = validators.extend
    return extend(Draft202012Validator, type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(kinds))(
        form.schema
    )


def timed(work: Callable[[], Any]) -> float:
    """Milliseconds of CPU time of one call."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def measure(pair: Pair) -> str:
    """One row of the table: the medians of both and their ratio, after a first call of each."""
    pair.ours(), pair.theirs()
    rounds = [(timed(pair.ours), timed(pair.theirs)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    return f"| {pair.title} | {ours:.1f} | {theirs:.1f} | {ours / theirs:.1f} |"


LARGE = """
import sys, time
from pathlib import Path
from greenforms import datafile
from greenforms.form.library import open_library
started = time.perf_counter()
{work}
# Not ru_maxrss, which knows of the process before it became this program.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(time.perf_counter() - started, int(peak.split()[1]) / 1024)
"""
RENDER = """
from greenforms.render.paper import render
Path({target!r}).write_bytes(render(open_library().form({form!r}), datafile.load({data!r}).data, {kind!r}))
"""
EXTRACT = """
from greenforms.read.paper import read_document, read_paper
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
    """Whole processes of the command line beside what click alone takes to load: medians of CPU time."""
    paper, data = str(folder / "cultivation-roster.docx"), str(examples_dir() / "cultivation-roster.json")
    plan = str(examples_dir() / str(LIBRARY.form("cultivation-plan").entry.example))
    program = "from greenforms.__main__ import main; main()"
    commands = {
        "python -c 'import click'": ["import click"],
        "greenforms --help": [program, "--help"],
        "greenforms forms": [program, "forms"],
        "greenforms validate (plan)": [program, "validate", "cultivation-plan", plan],
        "greenforms validate (roster)": [program, "validate", FORMS[-1], data],
        "greenforms extract (roster docx)": [program, "extract", paper, "--json"],
        "greenforms render (roster docx)": [program, "render", FORMS[-1], data, "-o", paper, "--force"],
    }
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times: dict[str, list[float]] = {title: [] for title in commands}
    for turn in range(START_ROUNDS + 1):
        for title, words in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", *words], capture_output=True, check=True, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if turn:  # the first call compiles the modules
                spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                times[title].append(spent * 1000)
    medians = {title: statistics.median(found) for title, found in times.items()}
    click, *_ = medians.values()
    return [f"| {title} | {spent:.0f} | {spent / click:.1f} |" for title, spent in medians.items()]


def machine() -> str:
    """What the numbers were measured on."""
    return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores."


def main() -> None:
    """Measure everything and write results.md."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = [measure(pair) for pair in (*pairs(folder), *checks())]
        report = [
            "# Benchmarks",
            "",
            f"{machine()} CPU time, medians of {ROUNDS} interleaved rounds in one process;",
            "`make bench` measures again.",
            "Our side also finds the form, matches it and gives evidence per field.",
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
            f"Whole processes, CPU time, medians of {START_ROUNDS} interleaved rounds:",
            "",
            "| command | ms | beside click |",
            "|---|---:|---:|",
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
