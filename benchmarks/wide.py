"""What it costs to read tables of many fields, and to tell layouts of many fields apart: both should grow linearly.

The forms are made up: a table of labels with values, a field in each row. `make bench` puts the tables into results.md.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from greenforms.bundled import resource_root
from greenforms.form.library import Library
from greenforms.read.paper import read_document
from greenforms.read.take.identify import identify
from greenforms.render.paper import render
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

from strategies.blanks import Box, Table
from strategies.forms import EDITION, RandomForm, write_package

#: Fields of the tables that are read; the first is what the others are held against.
SIZES = (50, 600, 1200)
#: Layouts that are told apart, and the fields of each.
LAYOUTS, FIELDS = 20, 600
ROUNDS = 5
#: The values are the same each time.
_CHANCE = random.Random(0)  # noqa: S311 - drawn values are no secret
_THINGS = "能源新水原料产品设备废水废气固废职工资金项目土地厂房包装运输电力蒸汽研发工艺客户"
_SIDES = "总量名称类别占比来源编号等级说明目标投资用途面积地点时间数量产值依据措施费用单耗"


def label(number: int) -> str:
    """A label of six characters and a number that no other field has."""
    thing, side = number % 20, number // 20 % 20
    return f"{_THINGS[2 * thing : 2 * thing + 2]}{_SIDES[2 * side : 2 * side + 2]}第{number}项"


def form(name: str, title: str, numbers: range) -> RandomForm:
    """A form of one table with a field for each number."""
    text = {"type": "string", "x-codec": "text"}
    rows = tuple((Box(label(number)), Box(f"{{{{ field{number} }}}}")) for number in numbers)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "properties": {f"field{number}": {"title": label(number), **text} for number in numbers},
    }
    values = {f"field{number}": f"甲{number}" for number in numbers}
    return RandomForm(name, 0, title, schema, (title, Table(rows)), lambda _: values, (), (), ())


def untagged(library: Library, drawn: RandomForm, folder: Path) -> Document:
    """A filled paper of a form as read, without its record and its tags."""
    path = folder / f"{drawn.name}.docx"
    path.write_bytes(render(library.form(drawn.id), drawn.data(_CHANCE), "docx"))
    found = read(path)
    return Document(found.kind, found.blocks)


def wide() -> list[str]:
    """Both tables of the report."""
    tables = [form(f"table-{size}", f"绿色制造情况统计表之{size}", range(size)) for size in SIZES]
    layouts = [form(f"layout-{number}", f"绿色制造情况报告表之{number}", range(number * 300, number * 300 + FIELDS))
               for number in range(LAYOUTS)]  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_package(folder / "forms", [*tables, *layouts])
        library = Library(resource_root(), folder / "forms")
        return [*_paces(library, tables, folder), "", *_apart(library, layouts, folder)]


def _paces(library: Library, tables: list[RandomForm], folder: Path) -> list[str]:
    papers = [(drawn, untagged(library, drawn, folder)) for drawn in tables]
    times: list[list[float]] = [[] for _ in papers]
    for turn in range(ROUNDS + 1):
        for place, (drawn, paper) in enumerate(papers):
            took = seconds(partial(_all_read, library, drawn, paper))
            times[place] += [took] if turn else []
    paces = [statistics.median(found) * 1_000_000 / size for found, size in zip(times, SIZES, strict=True)]
    return [
        "Tables of many fields read by their layout, CPU time of the matching and all that follows, medians of "
        f"{ROUNDS} rounds:",
        "",
        "| fields | ms | ms per 1000 fields | pace beside the first |",
        "|---:|---:|---:|---:|",
        *(
            f"| {size} | {statistics.median(found) * 1000:.0f} | {pace:.0f} | {pace / paces[0]:.2f} |"
            for size, found, pace in zip(SIZES, times, paces, strict=True)
        ),
    ]


def _all_read(library: Library, drawn: RandomForm, paper: Document) -> None:
    found = read_document(library, paper, drawn.name, drawn.id).data
    assert json.dumps(found, sort_keys=True) == json.dumps(drawn.data(_CHANCE), sort_keys=True)


def _apart(library: Library, layouts: list[RandomForm], folder: Path) -> list[str]:
    papers = [(drawn, untagged(library, drawn, folder)) for drawn in (layouts[0], layouts[LAYOUTS // 2], layouts[-1])]
    identify(library, papers[0][1], "", None)  # loads every layout
    times = [seconds(partial(_told, library, drawn, paper)) for drawn, paper in papers]
    return [
        f"One of {LAYOUTS} layouts of {FIELDS} fields, each of which has half its labels in common with the next, told "
        f"from the others and from the {len(library.form_ids) - LAYOUTS} other forms, once all are loaded: "
        f"{statistics.median(times):.2f} s of CPU.",
    ]


def _told(library: Library, drawn: RandomForm, paper: Document) -> None:
    assert identify(library, paper, drawn.name, None).form.id == f"{EDITION}/{drawn.name}"


def seconds(work: Callable[[], Any]) -> float:
    """The CPU time of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    sys.stdout.write("\n".join(wide()) + "\n")
