"""Fills an Excel template along its program, which says which rows are repeated for the items of which list.

User text is always stored as text, so nothing that begins with `=`, `+`, `-` or `@` becomes a formula. Figures are
stored as numbers with the format that shows their own decimals, everything else (codes, phones, dates) as text.
A defined name `gf.<pointer>` marks the cells of each field, one name for a repeated field's whole column.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from greenforms.errors import FormPackageError, InputError
from greenforms.form.form import Form
from greenforms.form.layout import expanded_template, template_errors, template_program
from greenforms.form.template.program import Each, Given, Node, RowNode, TableNode, last_row
from greenforms.form.template.tags import INDEX, TAG
from greenforms.record import Record
from greenforms.render.context import ContextBuilder, GroupView, Printed
from greenforms.render.row_height import height_for
from greenforms.render.sealing import seal_package
from greenforms_extractors.model import SheetOrigin

#: Excel keeps 15 significant digits of a number; a longer one is stored as text, whole.
_SIGNIFICANT = 15
#: The most characters a cell holds; openpyxl would cut the rest off.
_LONGEST = 32_767
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def fill_sheet(form: Form, data: Any, record: Record | None) -> bytes:
    """The form's xlsx for data, with the record embedded; without one, the blank.

    Raises FormPackageError when the template has errors.
    """
    context = ContextBuilder(blank=record is None).build(form.root, data)
    if errors := template_errors(form, "xlsx"):
        raise FormPackageError(errors)
    workbook = load_workbook(io.BytesIO(expanded_template(form, "xlsx").content))
    for table in template_program(form, "xlsx").body:
        if isinstance(table, TableNode) and isinstance(table.origin, SheetOrigin):
            _SheetFiller(workbook, workbook[table.origin.sheet]).fill(table, context)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue() if record is None else seal_package(target.getvalue(), record)


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


@dataclass(slots=True)
class _Place:
    """Where a field was written: its column and first row, and the last row it reaches down to."""

    column: int
    row: int
    last: int


@dataclass(slots=True)
class _SheetFiller:
    workbook: Workbook
    sheet: Worksheet
    places: dict[str, _Place] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    row: int = 0

    def fill(self, table: TableNode, context: GroupView) -> None:
        """Write the rows of the sheet anew, repeated ones once for each item."""
        rows = [self._template_row(number, row) for number, row in enumerate(self.sheet.iter_rows(), 1)]
        self.merges = [
            (area.min_row, area.min_col, area.max_row, area.max_col) for area in self.sheet.merged_cells.ranges
        ]
        for area in list(self.sheet.merged_cells.ranges):
            self.sheet.unmerge_cells(str(area))
        self.sheet.delete_rows(1, self.sheet.max_row)
        for node, names in _unrolled(table.body, {"": context}):
            self._write(rows[node.source], names)
        below = max((last_row(node) + 1 for node in table.body), default=0)
        for row in rows[below:]:
            self._write(row, {"": context})
        self._merge_down()
        self._name_places()

    def _template_row(self, number: int, row: tuple[Any, ...]) -> _TemplateRow:
        cells = tuple(
            _TemplateCell(cell.column, cell.value, copy(cell._style))
            for cell in row
            if cell.value is not None or cell.has_style
        )
        return _TemplateRow(number, self.sheet.row_dimensions[number].height, cells)

    def _write(self, row: _TemplateRow, names: Mapping[str, Any]) -> None:
        self.row += 1
        for entry in row.cells:
            cell: Any = self.sheet.cell(self.row, entry.column)
            cell._style = copy(entry.style)
            if entry.value is not None:
                self._set(cell, str(entry.value), names)
        for top, left, bottom, right in self.merges:
            if top == row.number:
                self.sheet.merge_cells(
                    start_row=self.row, start_column=left, end_row=self.row + bottom - top, end_column=right
                )
        if row.height is not None:
            own = {left: (bottom, right) for top, left, bottom, right in self.merges if top == row.number}
            ends = ((column, *own.get(column, (row.number, column))) for column in (each.column for each in row.cells))
            cells = [(self.sheet.cell(self.row, first), last) for first, bottom, last in ends if bottom == row.number]
            self.sheet.row_dimensions[self.row].height = max(row.height, height_for(self.sheet, cells))

    def _set(self, cell: Any, text: str, names: Mapping[str, Any]) -> None:
        tags = list(TAG.finditer(text))
        values = [_look_up(tag["name"], names) for tag in tags]
        printed = [value for value in values if isinstance(value, Printed)]
        if any(self._stands_above(value, cell) for value in printed):
            return
        if len(tags) == 1 and tags[0][0] == text.strip():
            if printed:
                self._set_printed(cell, printed[0])
            else:
                cell.value = values[0]
            return
        _set_text(cell, TAG.sub(lambda tag: str(_look_up(tag["name"], names)), text))

    def _stands_above(self, printed: Printed, cell: Cell) -> bool:
        """Whether an outer item's text stands in a row above already; its cell reaches down to this one."""
        known = self.places.get(printed.pointer)
        if known is None:
            self.places[printed.pointer] = _Place(cell.column, cell.row, cell.row)
            return False
        known.last = cell.row
        return True

    def _set_printed(self, cell: Any, printed: Printed) -> None:
        if printed.leaf.codec.figure and isinstance(printed.value, int | Decimal) and _fits(printed.text):
            cell.value = printed.value
            decimals = len(printed.text.partition(".")[2])
            cell.number_format = f"0.{'0' * decimals}" if decimals else "0"
        else:
            _set_text(cell, printed.text)

    def _merge_down(self) -> None:
        """Merge the cells of outer items over the rows of their inner lists."""
        wide = {(area.min_row, area.min_col): area for area in self.sheet.merged_cells.ranges}
        for place in self.places.values():
            if place.last == place.row:
                continue
            right = place.column
            for row in range(place.row, place.last + 1):
                if (area := wide.get((row, place.column))) is not None:
                    right = max(right, area.max_col)
                    self.sheet.unmerge_cells(str(area))
            self.sheet.merge_cells(start_row=place.row, start_column=place.column, end_row=place.last, end_column=right)

    def _name_places(self) -> None:
        """Name the cells of each field; those of a list's column share a name where they stand one below the other."""
        title = quote_sheetname(self.sheet.title)
        columns: dict[str, list[tuple[str, _Place]]] = {}
        for pointer, place in self.places.items():
            columns.setdefault(_column_name(pointer), []).append((pointer, place))
        for name, places in columns.items():
            first, last = places[0][1], places[-1][1]
            together = all(place.column == first.column for _, place in places) and [
                place.row for _, place in places
            ] == list(range(first.row, last.row + 1))
            if together:
                self._name(name, title, first, last)
            else:
                for pointer, place in places:
                    self._name("gf" + pointer.replace("/", "."), title, place, place)

    def _name(self, name: str, title: str, first: _Place, last: _Place) -> None:
        area = ":".join(dict.fromkeys((_absolute(first.column, first.row), _absolute(last.column, last.row))))
        self.workbook.defined_names[name] = DefinedName(name, attr_text=f"{title}!{area}")


def _column_name(pointer: str) -> str:
    """The name of a field, or of the column it stands in: the number of the innermost item is left out."""
    steps = pointer.split("/")[1:]
    numbers = [place for place, step in enumerate(steps) if step.isdecimal()]
    if numbers:
        del steps[numbers[-1]]
    return ".".join(("gf", *steps))


def _unrolled(nodes: Sequence[Node], names: Mapping[str, Any]) -> Iterator[tuple[RowNode, Mapping[str, Any]]]:
    """The rows to write, each with the names it may use."""
    for node in nodes:
        match node:
            case RowNode():
                yield node, names
            case Each():
                for item in _look_up(node.name, names):
                    yield from _unrolled(node.body, {**names, node.variable: item, "loop": {"index": item[INDEX]}})
            case Given() if _look_up(node.name, names):
                yield from _unrolled(node.body, names)


_STEP = re.compile(r"\w+")


def _look_up(name: str, names: Mapping[str, Any]) -> Any:
    first, *steps = _STEP.findall(name)
    value = names[first] if first in names else names[""][first]
    for step in steps:
        value = value[int(step) if isinstance(value, list) else step]
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


def _absolute(column: int, row: int) -> str:
    return f"${get_column_letter(column)}${row}"
