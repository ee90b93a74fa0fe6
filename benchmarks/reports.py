"""What it costs to print a long report and to read it back, by tags and by layout alone: it should grow linearly.

The reports are made up: a chapter has some prose and a table of ten indicators; thirty chapters fill sixty pages.
`make bench` puts the table into results.md.
"""

from __future__ import annotations

import io
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from wide import seconds  # puts what makes forms up on the path

from greenforms.bundled import resource_root
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.read.paper import read_document
from greenforms.render.paper import render
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read, read_here
from strategies.forms import write_package
from strategies.reports import ROWS, report

#: Chapters of the reports; the first is what the others are held against, the second is printed as a PDF as well.
CHAPTERS = (10, 30, 90)
SENTENCES = 44
ROUNDS = 5


def reports() -> list[str]:
    """The table of the report."""
    drawn = [report(chapters, SENTENCES) for chapters in CHAPTERS]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_package(folder / "forms", drawn)
        library = Library(resource_root(), folder / "forms")
        papers = [(library.form(each.id), each.data(random.Random(0))) for each in drawn]  # noqa: S311 - not drawn at all
        times = [_times(library, form, data, folder) for form, data in papers]
        pdf = _pdf(library, *papers[1], folder)
    paces = [sum(each) / chapters for each, chapters in zip(times, CHAPTERS, strict=True)]
    return [
        f"Long reports of many tables with {ROWS} indicators each, CPU time in ms, medians of {ROUNDS} rounds:",
        "",
        "| tables | indicators | print docx | read docx | match by tags | match by layout | pace beside the first |",
        "|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {size} | {size * ROWS} | {' | '.join(f'{each:.0f}' for each in found)} | {pace / paces[0]:.2f} |"
            for size, found, pace in zip(CHAPTERS, times, paces, strict=True)
        ),
        "",
        pdf,
    ]


def _times(library: Library, form: Form, data: Any, folder: Path) -> list[float]:
    """Printing, reading, matching by tags and by layout alone, in ms."""
    path = folder / f"{form.entry.name}.docx"
    path.write_bytes(render(form, data, "docx"))
    tagged = read(path)
    ways: list[Callable[[], Any]] = [
        partial(render, form, data, "docx"),
        partial(read, path),
        partial(_all_read, library, form, data, Document(tagged.kind, tagged.blocks, tagged.controls)),
        partial(_all_read, library, form, data, Document(tagged.kind, tagged.blocks)),
    ]
    for work in ways:
        work()
    return [1000 * statistics.median(seconds(work) for _ in range(ROUNDS)) for work in ways]


def _all_read(library: Library, form: Form, data: Any, paper: Document) -> None:
    assert read_document(library, paper, form.entry.name, form.id).data == data


def _pdf(library: Library, form: Form, data: Any, folder: Path) -> str:
    """A sentence on the same report as a PDF. LibreOffice works beside us, so its part is told by the clock."""
    from pypdf import PdfReader

    started = time.perf_counter()
    printed = render(form, data, "pdf")
    took = time.perf_counter() - started
    path = folder / "report.pdf"
    path.write_bytes(printed)
    back = seconds(lambda: _all_read(library, form, data, _bare(path)))
    pages = len(PdfReader(io.BytesIO(printed)).pages)
    return (
        f"The report of {CHAPTERS[1]} tables as a PDF of {pages} pages is printed in {took:.1f} s by the clock and "
        f"read back by its layout alone in {back:.1f} s of CPU."
    )


def _bare(path: Path) -> Document:
    """A file as read, in this process, without its record."""
    found = read_here(path)
    assert isinstance(found, Document)
    return Document(found.kind, found.blocks)


if __name__ == "__main__":
    sys.stdout.write("\n".join(reports()) + "\n")
