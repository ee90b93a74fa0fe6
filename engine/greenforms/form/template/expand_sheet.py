"""Unrolls a sheet template: loops over catalogues row by row, texts that the edition gives."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from greenforms.form.template.blocks import Block, blocks, inside, rows_unrolled, stated_in
from greenforms.form.template.expand_word import Expanded, Sources
from greenforms.form.template.names import Names, Printed
from greenforms.form.template.scope import UnknownName
from greenforms.form.template.tags import For, If, Include, Statement
from greenforms.form.tree import Group

_NAME = re.compile(r"\{\{\s*([^{}|]+?)\s*\}\}")


def expand_sheet(path: Path, root: Group, sources: Sources) -> Expanded:
    """The xlsx of a template with everything unrolled."""
    workbook = load_workbook(path)
    errors: list[str] = []
    for sheet in workbook.worksheets:
        _SheetExpander(sheet, sources, errors).run(Names(root, sources.texts))
    target = io.BytesIO()
    workbook.save(target)
    return Expanded(target.getvalue(), errors)


@dataclass(frozen=True, slots=True)
class _Cell:
    column: int
    value: Any
    style: Any


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    height: float | None
    cells: tuple[_Cell, ...]


@dataclass(slots=True)
class _SheetExpander:
    sheet: Worksheet
    sources: Sources
    errors: list[str]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    row: int = 0
    merged: dict[tuple[int, int], str] = field(default_factory=dict)

    def run(self, names: Names) -> None:
        rows = [self._row(number, cells) for number, cells in enumerate(self.sheet.iter_rows(), 1)]
        self.merges = [
            (area.min_row, area.min_col, area.max_row, area.max_col) for area in self.sheet.merged_cells.ranges
        ]
        for area in list(self.sheet.merged_cells.ranges):
            self.sheet.unmerge_cells(str(area))
        self.sheet.delete_rows(1, self.sheet.max_row)
        for row, meant in self._unrolled(blocks(rows, _statement), names):
            self._write(row, meant)
        self._merge_down()

    def _row(self, number: int, cells: tuple[Any, ...]) -> _Row:
        kept = (cell for cell in cells if cell.value is not None or cell.has_style)
        return _Row(
            number,
            self.sheet.row_dimensions[number].height,
            tuple(_Cell(cell.column, cell.value, copy(cell._style)) for cell in kept),
        )

    def _unrolled(self, nodes: Sequence[_Row | Block[_Row]], names: Names) -> Iterator[tuple[_Row, Names]]:
        for node in nodes:
            if isinstance(node, _Row):
                if isinstance(_statement(node), Include):
                    self.errors.append("电子表格模板里不能放别的版式（layout）")
                else:
                    yield node, names
                continue
            yield from self._block(node, names)

    def _block(self, block: Block[_Row], names: Names) -> Iterator[tuple[_Row, Names]]:
        turns = rows_unrolled(block.statement, names, self.sources.merged_of)
        if turns is not None:
            for turn in turns:
                yield from self._unrolled(block.body, turn)
            return
        yield block.opening, names
        yield from self._unrolled(block.body, inside(block.statement, names))
        if block.closing is not None:
            yield block.closing, names

    def _write(self, row: _Row, names: Names) -> None:
        self.row += 1
        if row.height is not None:
            self.sheet.row_dimensions[self.row].height = row.height
        statement = _statement(row)
        for entry in row.cells:
            cell: Any = self.sheet.cell(self.row, entry.column)
            cell._style = copy(entry.style)
            if entry.value is not None:
                cell.value = self._said(str(entry.value), statement, names, (self.row, entry.column))
        for top, left, bottom, right in self.merges:
            if top == row.number:
                self.sheet.merge_cells(
                    start_row=self.row, start_column=left, end_row=self.row + bottom - top, end_column=right
                )

    def _said(self, text: str, statement: Statement | None, names: Names, place: tuple[int, int]) -> str:
        if isinstance(statement, For):
            return f"{{%tr for {statement.variable} in {names.full(statement.name)} %}}"
        if isinstance(statement, If):
            return f"{{%tr if {names.full(statement.name)} %}}"
        return _NAME.sub(lambda found: self._print(found[1], names, place), text)

    def _print(self, name: str, names: Names, place: tuple[int, int]) -> str:
        try:
            printed = names.attribute(name)
        except UnknownName as error:
            self.errors.append(f"{{{{ {name} }}}}：{error}")
            printed = Printed("")
        if printed is None:
            return f"{{{{ {names.full(name)} }}}}"
        if printed.merged is not None:
            self.merged[place] = printed.merged
        return printed.text

    def _merge_down(self) -> None:
        """Merge cells of one attribute over the rows that print the same."""
        for (row, column), text in sorted(self.merged.items()):
            if self.merged.get((row - 1, column)) == text:
                continue
            last = row
            while self.merged.get((last + 1, column)) == text:
                last += 1
            if last > row:
                self.sheet.merge_cells(start_row=row, start_column=column, end_row=last, end_column=column)


def _statement(row: _Row) -> Statement | None:
    return stated_in("".join(str(cell.value) for cell in row.cells if cell.value is not None))
