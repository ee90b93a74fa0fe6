"""Fills an Excel template: the same tags as in Word, rows repeated between `{%tr for … %}` and `{%tr endfor %}`.

User text is always stored as text, so nothing that begins with `=`, `+`, `-` or `@` becomes a formula. Figures are
stored as numbers with the format that shows their own decimals, everything else (codes, phones, dates) as text.
A defined name `gf.<pointer>` marks the cells of each field, one name for a repeated field's whole column.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from greenforms.errors import InputError
from greenforms.form.package import Form
from greenforms.form.slots import TAG
from greenforms.form.tree import pattern_of
from greenforms.render.context import GroupView, Printed

#: Excel keeps 15 significant digits of a number; a longer one is stored as text, whole.
_SIGNIFICANT = 15
#: The most characters a cell holds; openpyxl would cut the rest off.
_LONGEST = 32_767
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIGURES = frozenset({"number", "percentage", "integer", "year"})


def fill_sheet(form: Form, context: GroupView) -> bytes:
    """The form's xlsx for a context."""
    workbook = load_workbook(form.templates["xlsx"])
    for sheet in workbook.worksheets:
        _SheetFiller(workbook, sheet).fill(context)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class _TemplateCell:
    column: int
    value: Any
    style: Any


@dataclass(frozen=True, slots=True)
class _TemplateRow:
    number: int
    height: float | None
    cells: tuple[_TemplateCell, ...]
    statement: str


@dataclass(slots=True)
class _SheetFiller:
    workbook: Workbook
    sheet: Worksheet
    places: dict[str, list[str]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def fill(self, context: GroupView) -> None:
        rows = [self._template_row(number) for number in range(1, self.sheet.max_row + 1)]
        self.merges = [
            (area.min_row, area.min_col, area.max_row, area.max_col) for area in self.sheet.merged_cells.ranges
        ]
        for area in list(self.sheet.merged_cells.ranges):
            self.sheet.unmerge_cells(str(area))
        self.sheet.delete_rows(1, self.sheet.max_row)
        for number, (row, names) in enumerate(_unrolled(rows, {"": context}), 1):
            self._write(number, row, names)
        self._name_places()

    def _template_row(self, number: int) -> _TemplateRow:
        row: tuple[Any, ...] = self.sheet[number]
        cells = tuple(
            _TemplateCell(cell.column, cell.value, copy(cell._style))
            for cell in row
            if cell.value is not None or cell.has_style
        )
        text = "".join(str(cell.value) for cell in cells if cell.value is not None)
        tag = TAG.search(text)
        statement = tag["statement"] if tag and tag["statement"] else ""
        return _TemplateRow(number, self.sheet.row_dimensions[number].height, cells, statement)

    def _write(self, number: int, row: _TemplateRow, names: Mapping[str, Any]) -> None:
        if row.height is not None:
            self.sheet.row_dimensions[number].height = row.height
        for entry in row.cells:
            cell: Any = self.sheet.cell(number, entry.column)
            cell._style = copy(entry.style)
            if entry.value is not None:
                self._set(cell, str(entry.value), names)
        for top, left, bottom, right in self.merges:
            if top == row.number:
                self.sheet.merge_cells(
                    start_row=number, start_column=left, end_row=number + bottom - top, end_column=right
                )

    def _set(self, cell: Cell, text: str, names: Mapping[str, Any]) -> None:
        tags = list(TAG.finditer(text))
        if len(tags) == 1 and tags[0][0] == text.strip():
            value = _look_up(tags[0]["name"], names)
            if isinstance(value, Printed):
                self._set_printed(cell, value)
            else:
                cell.value = value
            return
        filled = TAG.sub(lambda tag: str(_look_up(tag["name"], names)), text)
        for tag in tags:
            value = _look_up(tag["name"], names)
            if isinstance(value, Printed):
                self._remember(value.pointer, cell)
        _set_text(cell, filled)

    def _set_printed(self, cell: Cell, printed: Printed) -> None:
        self._remember(printed.pointer, cell)
        if printed.leaf.codec.name in _FIGURES and isinstance(printed.value, int | Decimal) and _fits(printed.text):
            cell.value = printed.value
            decimals = len(printed.text.partition(".")[2])
            cell.number_format = f"0.{'0' * decimals}" if decimals else "0"
        else:
            _set_text(cell, printed.text)

    def _remember(self, pointer: str, cell: Cell) -> None:
        self.places.setdefault(pattern_of(pointer), []).append(cell.coordinate)

    def _name_places(self) -> None:
        title = quote_sheetname(self.sheet.title)
        for pattern, cells in self.places.items():
            name = "gf" + pattern.replace("/*", "").replace("/", ".")
            area = ":".join(dict.fromkeys((_absolute(cells[0]), _absolute(cells[-1]))))
            self.workbook.defined_names[name] = DefinedName(name, attr_text=f"{title}!{area}")


def _unrolled(rows: list[_TemplateRow], names: Mapping[str, Any]) -> Iterator[tuple[_TemplateRow, Mapping[str, Any]]]:
    """The rows to write, each with the names it may use; loops are unrolled, statement rows vanish."""
    position = 0
    while position < len(rows):
        row = rows[position]
        if not row.statement.startswith("for "):
            yield row, names
            position += 1
            continue
        end = _end_of_loop(rows, position)
        _, variable, _, source = row.statement.split()
        for index, item in enumerate(_look_up(source, names)):
            inner = {**names, variable: item, "loop": {"index": index + 1}}
            yield from _unrolled(rows[position + 1 : end], inner)
        position = end + 1


def _end_of_loop(rows: list[_TemplateRow], start: int) -> int:
    depth = 0
    for position in range(start, len(rows)):
        depth += rows[position].statement.startswith("for ")
        depth -= rows[position].statement == "endfor"
        if depth == 0:
            return position
    raise ValueError("a loop without endfor passed the package check")


def _look_up(name: str, names: Mapping[str, Any]) -> Any:
    first, *steps = name.split(".")
    value = names[first] if first in names else names[""][first]
    for step in steps:
        value = value[step]
    return value


def _set_text(cell: Cell, text: str) -> None:
    """Store text. What looks like an escape of ECMA-376 (part 1, 22.9.2.19), `_x000D_`, is escaped to stay text."""
    stored = _ESCAPE.sub("_x005F_", text)
    if len(stored) > _LONGEST:
        raise InputError(
            f"以“{text[:20]}”开头的文字有 {len(text):,} 个字，Excel 的一个单元格最多放 {_LONGEST:,} 个字。"
            "请精简文字，或改为输出 docx。"
        )
    cell.value = stored
    cell.data_type = "s"
    cell.number_format = "@"


def _fits(text: str) -> bool:
    return len(text.lstrip("-").replace(".", "").lstrip("0")) <= _SIGNIFICANT


def _absolute(coordinate: str) -> str:
    letters = coordinate.rstrip("0123456789")
    return f"${letters}${coordinate[len(letters) :]}"
