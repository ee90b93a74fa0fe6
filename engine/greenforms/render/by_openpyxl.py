"""Fills an Excel template by openpyxl, which stands behind this one module: judge and stand-in of the compiler."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from greenforms.codec.printable import show_controls
from greenforms.form.form import Form
from greenforms.form.layout import expanded_template, template_program
from greenforms.form.template.program import Each, Given, Node, RowNode, TableNode, last_row, statement_rows
from greenforms.form.template.tags import INDEX, TAG, is_ordinal
from greenforms.render.context import ContextBuilder, GroupView, Printed
from greenforms.render.row_height import SIZE, WIDTH, Room
from greenforms.render.sheet_places import column_area, column_name, field_name
from greenforms.render.sheet_template import Merge
from greenforms.render.sheet_values import TEXT_FORMAT, as_number, stored_text
from greenforms_extractors.origin import SheetOrigin


def filled_by_openpyxl(form: Form, data: Any, *, blank: bool) -> bytes:
    """The form's xlsx for data."""
    context = ContextBuilder(blank).build(form.root, data)
    workbook = load_workbook(io.BytesIO(expanded_template(form, "xlsx").content))
    for table in template_program(form, "xlsx").body:
        if isinstance(table, TableNode) and isinstance(table.origin, SheetOrigin):
            _SheetFiller(workbook, workbook[table.origin.sheet]).fill(table, context)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class _TemplateCell:
    column: int
    value: Any
    kind: str
    style: Any


@dataclass(frozen=True, slots=True)
class _TemplateRow:
    number: int
    dimension: Any
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
    #: The first place of each field, and those of outer items by the cell of the template.
    places: dict[str, _Place] = field(default_factory=dict)
    reaching: dict[tuple[str, int, int], _Place] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    row: int = 0

    def fill(self, table: TableNode, context: GroupView) -> None:
        """Write the rows of the sheet anew, repeated ones once for each item."""
        rows = [self._template_row(number, row) for number, row in enumerate(self.sheet.iter_rows(), 1)]
        statements = statement_rows(table.body)
        self.merges = [
            Merge(area.min_row, area.min_col, area.max_row, area.max_col).without(statements)
            for area in self.sheet.merged_cells.ranges
        ]
        for area in list(self.sheet.merged_cells.ranges):
            self.sheet.unmerge_cells(str(area))
        self.sheet.delete_rows(1, self.sheet.max_row)
        self.sheet.row_dimensions.clear()
        for node, names in _unrolled(table.body, {"": context}):
            self._write(rows[node.source], names)
        below = max((last_row(node) + 1 for node in table.body), default=0)
        for row in rows[below:]:
            self._write(row, {"": context})
        self._merge_down()
        self._name_places()

    def _template_row(self, number: int, row: tuple[Any, ...]) -> _TemplateRow:
        cells = tuple(
            _TemplateCell(cell.column, cell.value, cell.data_type, copy(cell._style))
            for cell in row
            if cell.value is not None or cell.has_style
        )
        return _TemplateRow(number, self.sheet.row_dimensions.get(number), cells)

    def _write(self, row: _TemplateRow, names: Mapping[str, Any]) -> None:
        self.row += 1
        for entry in row.cells:
            cell: Any = self.sheet.cell(self.row, entry.column)
            cell._style = copy(entry.style)
            if entry.value is not None:
                self._set(cell, entry, row.number, names)
        for merge in self.merges:
            if merge.top == row.number:
                last = self.row + merge.bottom - merge.top
                self.sheet.merge_cells(None, self.row, merge.left, last, merge.right)
        if row.dimension is not None:
            self._set_dimension(row)

    def _set_dimension(self, row: _TemplateRow) -> None:
        """Make the row as the template's, and as high as its texts ask for where its height is fixed."""
        made = copy(row.dimension)
        made.index = self.row
        self.sheet.row_dimensions[self.row] = made
        if made.height is not None:
            own = {merge.left: (merge.bottom, merge.right) for merge in self.merges if merge.top == row.number}
            ends = ((column, *own.get(column, (row.number, column))) for column in (each.column for each in row.cells))
            asked = (self._height(first, last) for first, bottom, last in ends if bottom == row.number)
            made.height = max(made.height, *asked, 0)

    def _height(self, first: int, last: int) -> float:
        """How high a cell must be that reaches from one column to another, in points."""
        cell: Any = self.sheet.cell(self.row, first)
        if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
            return 0
        width = sum(self._width(column) for column in range(first, last + 1))
        return Room.of(width, cell.font.sz or SIZE).height(cell.value)

    def _width(self, column: int) -> float:
        known = self.sheet.column_dimensions.values()
        widths = (each.width for each in known if (each.min or 0) <= column <= (each.max or 0))
        return next(widths, self.sheet.sheet_format.defaultColWidth or WIDTH)

    def _set(self, cell: Any, entry: _TemplateCell, row: int, names: Mapping[str, Any]) -> None:
        text = str(entry.value)
        tags = list(TAG.finditer(text))
        if not tags and entry.kind != "f":
            cell.value, cell.data_type = entry.value, entry.kind
            return
        printed = [value for tag in tags if isinstance(value := _look_up(tag["name"], names), Printed)]
        outer = printed and all(_is_outer(tag["name"], names) for tag in tags)
        if outer and self._stands_above(printed, cell, row):
            return
        for value in printed:
            self.places.setdefault(value.pointer, _Place(cell.column, cell.row, cell.row))
        if len(tags) > 1 or not tags or tags[0][0] != text.strip():
            _set_text(cell, TAG.sub(lambda tag: str(_look_up(tag["name"], names)), text))
        elif printed:
            _set_printed(cell, printed[0])
        else:
            cell.value = _look_up(tags[0]["name"], names)

    def _stands_above(self, printed: Sequence[Printed], cell: Cell, row: int) -> bool:
        """Whether an outer item's text stands in a row above already; its cell reaches down to this one."""
        key = ("\n".join(value.pointer for value in printed), row, cell.column)
        known = self.reaching.setdefault(key, _Place(cell.column, cell.row, cell.row))
        known.last = cell.row
        return known.row < cell.row

    def _merge_down(self) -> None:
        """Merge the cells of outer items over the rows of their inner lists."""
        wide = {(area.min_row, area.min_col): area for area in self.sheet.merged_cells.ranges}
        for place in self.reaching.values():
            if place.last == place.row:
                continue
            right, last = place.column, place.last
            for row in range(place.row, place.last + 1):
                if (area := wide.get((row, place.column))) is not None:
                    right, last = max(right, area.max_col), max(last, area.max_row)
                    self.sheet.unmerge_cells(str(area))
            self.sheet.merge_cells(None, place.row, place.column, last, right)

    def _name_places(self) -> None:
        """Name the cells of each field; those of a list's column share a name where they stand one below the other."""
        title = quote_sheetname(self.sheet.title)
        columns: dict[str, list[tuple[str, _Place]]] = {}
        for pointer, place in self.places.items():
            columns.setdefault(column_name(pointer), []).append((pointer, place))
        for name, places in columns.items():
            first, last = places[0][1], places[-1][1]
            together = all(place.column == first.column for _, place in places) and [
                place.row for _, place in places
            ] == list(range(first.row, last.row + 1))
            if together:
                self._name(name, title, first, last)
            else:
                for pointer, place in places:
                    self._name(field_name(pointer), title, place, place)

    def _name(self, name: str, title: str, first: _Place, last: _Place) -> None:
        self.workbook.defined_names[name] = DefinedName(
            name, attr_text=f"{title}!{column_area(first.column, first.row, last.row)}"
        )


def _unrolled(nodes: Sequence[Node], names: Mapping[str, Any]) -> Iterator[tuple[RowNode, Mapping[str, Any]]]:
    """The rows to write, each with the names it may use."""
    for node in nodes:
        match node:
            case RowNode():
                yield node, names
            case Each():
                for item in _look_up(node.name, names):
                    yield from _unrolled(node.body, {**names, node.variable: item, "loop": _loop(node, item)})
            case Given() if _look_up(node.name, names):
                yield from _unrolled(node.body, names)


def _loop(node: Each, item: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"index": item[INDEX], "variable": node.variable}


_STEP = re.compile(r"\w+")


def _look_up(name: str, names: Mapping[str, Any]) -> Any:
    first, *steps = _STEP.findall(name)
    value = names[first] if first in names else names[""][first]
    for step in steps:
        value = value[int(step) if isinstance(value, list) else step]
    return value


def _is_outer(name: str, names: Mapping[str, Any]) -> bool:
    """Whether a name means something of an outer item, or of the whole form, while a list is written."""
    innermost = names.get("loop", {}).get("variable")
    return innermost is not None and not is_ordinal(name) and _STEP.findall(name)[0] != innermost


def _set_printed(cell: Any, printed: Printed) -> None:
    if (number := as_number(printed.leaf, printed.value, printed.text)) is not None:
        cell.value, cell.number_format = printed.value, number[1]
    else:
        _set_text(cell, printed.text)


def _set_text(cell: Cell, text: str) -> None:
    cell.value = show_controls(stored_text(text), keep="\n\t")
    cell.data_type, cell.number_format = "s", TEXT_FORMAT
