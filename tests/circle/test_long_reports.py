"""Reports of many tables: what it takes to print them and to read them back grows with their length alone."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from greenforms.bundled import resource_root
from greenforms.form.library import Library
from greenforms.read.paper import read_document
from greenforms.render.paper import render
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read_here
from strategies.forms import RandomForm, write_package
from strategies.reports import report

#: Reports are the same each time.
_CHANCE = random.Random(0)  # noqa: S311 - nothing is drawn
#: Chapters of a short report, and how many times as many a long one has; how many times as much work that may be.
SHORT, TIMES, MOST = 4, 3, 3.5


def steps(work: Callable[[], Any]) -> int:
    """How many functions are called in doing something: the same on a busy machine as on an idle one."""
    count = 0

    def called(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, list[RandomForm], Path]:
    """A library with a form for each of the two reports."""
    folder = tmp_path_factory.mktemp("reports")
    drawn = [report(SHORT, 1), report(SHORT * TIMES, 1)]
    write_package(folder / "forms", drawn)
    return Library(resource_root(), folder / "forms"), drawn, folder


def test_cost_is_linear(reports: tuple[Library, list[RandomForm], Path]) -> None:
    """This test ensures that a report of three times the tables takes three times the work to print, read and match."""
    library, drawn, folder = reports
    taken = []
    for each in drawn:
        form, data, path = library.form(each.id), each.data(_CHANCE), folder / f"{each.name}.docx"
        path.write_bytes(render(form, data, "docx"))
        found = read_here(path)
        assert isinstance(found, Document)
        bare = Document(found.kind, found.blocks)
        assert read_document(library, bare, each.name, each.id).data == data
        taken.append(
            [
                steps(lambda form=form, data=data: render(form, data, "docx")),
                steps(lambda path=path: read_here(path)),
                steps(lambda bare=bare, each=each: read_document(library, bare, each.name, each.id)),
            ]
        )
    assert [long / short < MOST for short, long in zip(*taken, strict=True)] == [True] * 3, taken
