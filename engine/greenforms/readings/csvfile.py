"""The lines of 明细 as CSV for other programs: UTF-8 with a mark, so that Excel opens it. It is not read back as data.

Excel takes long numbers for figures and loses their end; that is why corrections are written in the workbook only.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from greenforms import datafile
from greenforms.errors import InputError, UsageError
from greenforms.form.library import Library
from greenforms.readings.detail import entries, with_unit
from greenforms.readings.lines import Line, shown
from greenforms.readings.paper import PaperReading

COLUMNS = (
    "文件", "表单", "部分", "栏目", "读到的值", "颜色", "疑问", "原文", "位置", "可信度", "路径", "SHA-256",
)  # fmt: skip
Row = tuple[str, ...]
#: What Excel would take for a formula; numbers with a sign are none.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9.,]+%?")


def rows_of(library: Library, paper: PaperReading) -> list[Row]:
    """The lines of one paper."""
    return [_row(paper, line) for _, line in entries(library, [paper])]


def make_csv(rows: Sequence[Row]) -> bytes:
    """The file for lines of all papers."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def is_readings_csv(path: Path) -> bool:
    """Whether a file is such lines; never raises for a bad file."""
    try:
        read_csv(path)
    except (UsageError, OSError):
        return False
    return True


def read_csv(path: Path) -> list[Row]:
    """The lines of an earlier run. Raises UsageError when the file is not one of ours."""
    try:
        content = datafile.decode(path.read_bytes(), path.name)
        header, *rows = list(csv.reader(io.StringIO(content, newline=""))) or [[]]
    except (InputError, csv.Error):
        header, rows = [], []
    if tuple(header) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        raise UsageError(f"“{path}”不是本程序写的读取结果，或列被改动过，不能接着写。请换一个文件名。")
    return [tuple(row) for row in rows]


def name_and_hash(row: Row) -> tuple[str, str]:
    """The paper a line is about, and the hash of the file it was read from."""
    return row[0], row[-1]


def _row(paper: PaperReading, line: Line) -> Row:
    cell, reading = shown(line.leaf, line.value), line.reading
    texts = (
        paper.name,
        paper.extraction.form,
        line.part,
        with_unit(line),
        str(cell.value) if cell else "",
        line.grade,
        line.doubt,
        reading.raw if reading else "",
        line.place,
        f"{reading.confidence:.4f}" if reading else "",
        line.pointer,
        paper.extraction.sha256,
    )
    return tuple(map(no_formula, texts))


def no_formula(text: str) -> str:
    """Text that Excel does not calculate: a formula gets an apostrophe in front."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
