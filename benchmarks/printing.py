"""What it costs to print beside docxtpl and openpyxl, and how near that is to what the file format asks at least.

Each way to print takes turns with the others for several rounds, in CPU time on one core. The limit is to deflate the
parts that differ from paper to paper, as zlib does by itself; all else a program could copy.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wide import form as wide_form  # puts what makes forms up on the path

from greenforms import datafile
from greenforms.bundled import examples_dir, resource_root
from greenforms.form.form import Form
from greenforms.form.layout import expanded_template
from greenforms.form.library import Library
from greenforms.render.annotate import annotated_template
from greenforms.render.context import ContextBuilder
from greenforms.render.paper import render
from greenforms.render.word import is_long
from strategies.forms import write_package

ROUNDS = 9
#: Fields of a made-up form, and rows of lists.
FIELDS, ROWS = 4000, (6, 1000)
#: Rows of sheets, and how often the longest are printed.
SHEET_ROWS, SLOW_ROUNDS = (10, 1000, 10_000), 3
ROSTER = "nm-2024/cultivation-roster"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to print; `slow` where docxtpl takes seconds, so that it is asked but once."""

    title: str
    form: Form
    data: Any
    base: Path | None = None
    slow: bool = False


def printing(library: Library) -> list[str]:
    """The table of the report."""
    with tempfile.TemporaryDirectory() as name:
        lines = [_measured(paper) for paper in _papers(library, Path(name))]
    sheets = [_sheet(library, rows) for rows in SHEET_ROWS]
    return [
        f"Printing docx, CPU time in ms, medians of {ROUNDS} interleaved rounds after a first paper: ours with",
        "controls, record and fitted values; docxtpl on the unrolled template, and on that with the same controls; the",
        "limit is deflating the parts that differ from paper to paper.",
        "",
        "| paper | ours | docxtpl | with controls | limit | docxtpl / ours | with controls / ours | ours / limit |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *lines,
        "",
        f"Printing xlsx ({ROSTER}), the same way: ours with names, record and row heights; openpyxl opening the",
        "template and writing its list cell by cell, styles included.",
        "",
        "| rows | ours | openpyxl | limit | openpyxl / ours | ours / limit |",
        "|---:|---:|---:|---:|---:|---:|",
        *sheets,
    ]


def roster(library: Library, size: int) -> tuple[Form, Any]:
    """A roster of so many rows, no two of one name."""
    form = library.form(ROSTER)
    given = datafile.load(str(examples_dir() / str(form.entry.example))).data["rows"]
    rows = [{**given[at % len(given)], "name": f"{given[at % len(given)]['name']}{at}"} for at in range(size)]
    return form, {"rows": rows}


def _sheet(library: Library, size: int) -> str:
    form, data = roster(library, size)
    printed = render(form, data, "xlsx")
    ways: Mapping[str, Callable[[], Any]] = {
        "ours": lambda: render(form, data, "xlsx"),
        "openpyxl": lambda: _by_openpyxl(form, data["rows"]),
        "limit": _limit(printed, "xl/worksheets/sheet1.xml", "xl/workbook.xml"),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(ROUNDS if size < SHEET_ROWS[-1] else SLOW_ROUNDS):
        for way, work in ways.items():
            times[way].append(_cpu(work))
    ours, openpyxl, limit = (statistics.median(found) for found in times.values())
    return f"| {size:,} | {ours:.2f} | {openpyxl:.1f} | {limit:.2f} | {openpyxl / ours:.1f} | {ours / limit:.1f} |"


def _by_openpyxl(form: Form, rows: list[dict[str, Any]]) -> bytes:
    """The list of the sheet written by openpyxl, without names and record."""
    from openpyxl import load_workbook

    workbook = load_workbook(form.templates["xlsx"])
    sheet: Any = workbook.worksheets[0]
    first = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("{%tr for"))
    pattern = sheet[first + 1]
    keys = [str(cell.value).strip("{} ").rpartition(".")[2] for cell in pattern]
    styles, height = [copy(cell._style) for cell in pattern], sheet.row_dimensions[first + 1].height
    sheet.delete_rows(first, 3)
    for at, row in enumerate(rows):
        sheet.row_dimensions[first + at].height = height
        for column, (key, style) in enumerate(zip(keys, styles, strict=True), 1):
            cell = sheet.cell(first + at, column)
            cell.value, cell._style = row.get(key, at + 1), copy(style)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _papers(library: Library, folder: Path) -> list[Paper]:
    papers = []
    for id_ in ("nm-2024/cultivation-plan", "he-2024/recommendation-summary", "he-2024/typical-experience"):
        form = library.form(id_)
        dataset = datafile.load(str(examples_dir() / str(form.entry.example)))
        papers.append(Paper(id_, form, dataset.data, dataset.base))
    for size in ROWS:
        form, data = roster(library, size)
        papers.append(Paper(f"{ROSTER}, {size} rows", form, data, slow=size > ROWS[0]))
    drawn = wide_form("wide", "绿色制造情况统计表", range(FIELDS))
    write_package(folder, [drawn])
    data = {f"field{number}": f"甲{number}" for number in range(FIELDS)}
    form = Library(resource_root(), folder).form(drawn.id)
    return [*papers, Paper(f"made up, {FIELDS} fields", form, data, slow=True)]


def _measured(paper: Paper) -> str:
    form, data, base = paper.form, paper.data, paper.base
    printed = render(form, data, "docx", base)
    ways: Mapping[str, Callable[[], Any]] = {
        "ours": lambda: render(form, data, "docx", base),
        "plain": docxtpl(expanded_template(form, "docx").content, form, data),
        "same": docxtpl(annotated_template(form, long=is_long(form.root, data, blank=False)), form, data),
        "limit": _limit(printed, "word/document.xml"),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(ROUNDS):
        for way, work in ways.items():
            if turn == 0 or not (paper.slow and way in ("plain", "same")):
                times[way].append(_cpu(work))
    ours, plain, same, limit = (statistics.median(found) for found in times.values())
    ratios = f"{plain / ours:.1f} | {same / ours:.1f} | {ours / limit:.1f}"
    return f"| {paper.title} | {ours:.2f} | {plain:.1f} | {same:.1f} | {limit:.2f} | {ratios} |"


def _cpu(work: Callable[[], Any]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def docxtpl(template: bytes, form: Form, data: Any) -> Callable[[], bytes]:
    """docxtpl on a template, escaped as it must be; pictures are left to their captions."""
    from docxtpl import DocxTemplate
    from jinja2 import Environment

    view = ContextBuilder().build(form.root, data)
    values = {name: view[name] for name in view}

    def fill() -> bytes:
        filled = DocxTemplate(io.BytesIO(template))
        filled.render(values, jinja_env=Environment(autoescape=True), autoescape=True)
        target = io.BytesIO()
        filled.save(target)
        return target.getvalue()

    return fill


def _limit(printed: bytes, *texts: str) -> Callable[[], Any]:
    """Deflating what differs from paper to paper: the texts, the record and the pictures."""
    with zipfile.ZipFile(io.BytesIO(printed)) as package:
        records = [name for name in package.namelist() if name.startswith("customXml/item") and "Props" not in name]
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
        parts = [package.read(name) for name in (*texts, *records, *pictures)]
    return lambda: [zlib.compress(part) for part in parts]
