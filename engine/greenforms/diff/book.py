"""The differences as an Excel workbook."""

from __future__ import annotations

from greenforms.diff.lines import Line, lines_of
from greenforms.diff.result import Difference
from greenforms.readings.line_book import Column, LineSheet, line_book

_COLUMNS = (
    Column("序号", 6, "centre"),
    Column("情况", 6, "centre"),
    Column("栏目", 30),
    Column("原来", 40),
    Column("现在", 40),
    Column("原来的位置", 18, "quiet"),
    Column("现在的位置", 18, "quiet"),
    Column("说明", 28, "quiet"),
)


def book_of(found: Difference) -> bytes:
    """The workbook: a line for each difference. The same differences give the same bytes."""
    return line_book(LineSheet("变更清单", found.counted, _COLUMNS, map(_cells, lines_of(found)), frozen=3))


def _cells(line: Line) -> tuple[str, ...]:
    number = str(line.number)
    return number, line.kind, line.label, line.old, line.new, line.old_place, line.new_place, line.remark
