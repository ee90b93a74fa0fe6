"""The sheets of arrays: a title, a line of guidance, headings, and rows made ready to fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from greenforms.form.tree import at
from greenforms.workbook.cells import CellWriter, empty_format, has_lines, set_page
from greenforms.workbook.headings import heading_of
from greenforms.workbook.look import ROW_HEIGHT, height_of, width_of
from greenforms.workbook.parts import NUMBER, Column, Field, Sheet, Sublist
from greenforms.workbook.signature import HOW_TO
from greenforms.workbook.values import Stored, stored

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: Rows of a sheet, counted from 0: title, guidance, headings, then the data.
_HEADING_ROW, FIRST_ROW = 2, 3
_WIDEST = 48
_NUMBER_WIDTH = 10


@dataclass(frozen=True, slots=True)
class ArrayWriter:
    """Writes the sheets of the arrays of a data set."""

    cells: CellWriter
    data: Any

    def write(self, worksheet: Worksheet, sheet: Sheet) -> None:
        """Fill the sheet of one array."""
        rows = list(_numbered_rows(sheet, at(self.data, sheet.pattern)))
        last = FIRST_ROW + max(sheet.rows, len(rows) + 50) - 1
        for number, column in enumerate(sheet.all_columns):
            self._write_column(worksheet, sheet, number, column.field, last)
        worksheet.set_default_row(ROW_HEIGHT)
        self._write_top(worksheet, sheet)
        for row in range(FIRST_ROW, last + 1):
            number, cells = rows[row - FIRST_ROW] if row - FIRST_ROW < len(rows) else (0, {})
            self._write_row(worksheet, sheet, row, cells)
            if sheet.is_numbered:
                self._write_number(worksheet, sheet, row, number)
        self.cells.grey(worksheet, sheet.need, (_HEADING_ROW, 0, last, _last_column(sheet)))
        self.cells.name(sheet.anchor, sheet.name, (_HEADING_ROW, 0, _HEADING_ROW, len(sheet.all_columns) - 1))
        worksheet.freeze_panes(FIRST_ROW, 1)
        set_page(worksheet, heading=(0, _HEADING_ROW), landscape=True)

    def _write_top(self, worksheet: Worksheet, sheet: Sheet) -> None:
        width = sum(map(_width, sheet.all_columns)) + (_NUMBER_WIDTH if sheet.is_numbered else 0)
        guidance = guidance_of(sheet)
        worksheet.set_row(0, height_of(sheet.title, width * 0.65, 30))
        worksheet.set_row(1, height_of(guidance, width, 24))
        worksheet.set_row(
            _HEADING_ROW, max(height_of(heading_of(each.field), _width(each), 38) for each in sheet.all_columns)
        )
        last = _last_column(sheet)
        if sheet.is_numbered:
            worksheet.set_column(last, last, _NUMBER_WIDTH, self.cells.look.column("General"))
            worksheet.write_string(_HEADING_ROW, last, NUMBER, self.cells.look.style("heading"))
        for row, text, style in ((0, sheet.title, "title"), (1, guidance, "lead")):
            if last:
                worksheet.merge_range(row, 0, row, last, text, self.cells.look.style(style))
            else:
                worksheet.write_string(row, 0, text, self.cells.look.style(style))

    def _write_column(self, worksheet: Worksheet, sheet: Sheet, number: int, entry: Field, last: int) -> None:
        worksheet.set_column(
            number, number, _width(sheet.all_columns[number]), self.cells.look.column(empty_format(entry))
        )
        worksheet.write_string(_HEADING_ROW, number, heading_of(entry), self.cells.look.style("heading"))
        self.cells.guard(worksheet, sheet.name, entry, (FIRST_ROW, number, last, number))

    def _write_row(self, worksheet: Worksheet, sheet: Sheet, row: int, cells: Mapping[Column, Stored]) -> None:
        heights = [height_of(str(cell.value), _width(column)) for column, cell in cells.items()]
        if heights and max(heights) > ROW_HEIGHT:
            worksheet.set_row(row, max(heights))
        for number, column in enumerate(sheet.all_columns):
            self.cells.value(worksheet, row, number, column.field, cells.get(column))

    def _write_number(self, worksheet: Worksheet, sheet: Sheet, row: int, number: int) -> None:
        look = self.cells.look.value("General", several_lines=False)
        if number:
            worksheet.write_number(row, _last_column(sheet), number, look)
        else:
            worksheet.write_blank(row, _last_column(sheet), None, look)


def _last_column(sheet: Sheet) -> int:
    return len(sheet.all_columns) - (0 if sheet.is_numbered else 1)


def _numbered_rows(sheet: Sheet, data: Any) -> Iterator[tuple[int, dict[Column, Stored]]]:
    """The rows of a sheet, each with the number of the entry it is of."""
    for number, item in enumerate(data if isinstance(data, list) else (), 1):
        yield from ((number, cells) for cells in _rows(sheet, [item]))


def _rows(array: Sheet | Sublist, data: Any) -> list[dict[Column, Stored]]:
    """The rows of an array: an entry takes as many as the longest array inside it."""
    rows: list[dict[Column, Stored]] = []
    for item in data if isinstance(data, list) else ():
        own = _cells(array.columns, item)
        inner = [_rows(each, at(item, _pointer(each.path))) for each in array.sublists]
        continued = [{k: v for part in parts for k, v in part.items()} for parts in zip_longest(*inner, fillvalue={})]
        rows += [{**own, **(continued[0] if continued else {})}, *continued[1:]]
    return rows


def _cells(columns: tuple[Column, ...], item: Any) -> dict[Column, Stored]:
    found = ((column, stored(column.field.leaf, at(item, _pointer(column.path)))) for column in columns)
    return {column: cell for column, cell in found if cell is not None}


def _pointer(path: tuple[str, ...]) -> str:
    return "".join(f"/{step}" for step in path)


def guidance_of(sheet: Sheet) -> str:
    """What stands under the title of an array's sheet: its note, then how to fill it in."""
    continued = "".join(_continued("一条", sheet.sublists))
    if sheet.is_numbered:
        continued += f"要排序的，先给同一条的各行填上同一个“{NUMBER}”。"
    empty = "没有的，整张表留空。" if sheet.may_be_empty or not sheet.required else ""
    how = f"{HOW_TO}{continued}{empty}"
    return "\n".join(filter(None, (sheet.note.strip("（）()"), how)))


def _continued(outer: str, sublists: tuple[Sublist, ...]) -> Iterator[str]:
    """How the further entries of arrays inside an array are filled in."""
    if inner := "、".join(each.title for each in sublists):
        yield f"{outer}有多项“{inner}”时，接着在下一行只填“{inner}”各栏。"
    for each in sublists:
        yield from _continued(f"一项“{each.title}”", each.sublists)


def _width(column: Column) -> float:
    entry = column.field
    if has_lines(entry):
        return _WIDEST
    return max(entry.leaf.codec.width, min(22, width_of(heading_of(entry)) + 3))
