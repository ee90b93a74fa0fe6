"""Puts tags into the cells of the authority's sheet."""

from __future__ import annotations

import io
from typing import Any

from greenforms.draft.form import DraftForm, Loop
from greenforms.draft.tags import END, Insertion, insertions, openings
from greenforms_extractors.model import Document, SheetOrigin, Table


class SheetTags:
    """One workbook while tags are put in."""

    def __init__(self, content: bytes, document: Document) -> None:
        from openpyxl import load_workbook

        self._book: Any = load_workbook(io.BytesIO(content))
        self._document = document
        self.missed: list[str] = []

    def tagged(self, form: DraftForm) -> bytes:
        """The workbook with the tags of a form."""
        for group in insertions(form):
            for insertion in group:
                self._put(insertion)
        for loop in sorted(form.loops, key=lambda loop: -loop.listed.first):
            self._repeat(loop)
        target = io.BytesIO()
        self._book.save(target)
        return target.getvalue()

    def _put(self, insertion: Insertion) -> None:
        cell = insertion.place.cell
        assert cell is not None
        assert isinstance(cell.origin, SheetOrigin)
        target = self._book[cell.origin.sheet][cell.origin.cell]
        said = str(target.value) if isinstance(target.value, str) else ""
        start, end = insertion.place.start, insertion.place.end
        target.value = said[:start] + insertion.tag + said[end:]

    def _repeat(self, loop: Loop) -> None:
        """Keep one item of a list's rows, with the statements of its loop in rows of their own."""
        block = self._document.blocks[loop.listed.block]
        assert isinstance(block, Table)
        assert isinstance(block.origin, SheetOrigin)
        sheet = self._book[block.origin.sheet]
        first, end, height = loop.listed.first + 1, loop.listed.end + 1, loop.listed.height
        statements = openings(loop)
        merges = [_area(each) for each in sheet.merged_cells.ranges]
        for area in merges:
            sheet.unmerge_cells(**area)
        heights = {row: said.height for row, said in sheet.row_dimensions.items() if said.height}
        sheet.delete_rows(first + height, end - first - height)
        sheet.insert_rows(first + height, len(statements))
        sheet.insert_rows(first, len(statements))
        for turn, statement in enumerate(statements):
            sheet.cell(first + turn, 1, statement)
            sheet.cell(first + height + len(statements) + turn, 1, END)
        added = 2 * len(statements) + height - (end - first)
        self._moved(sheet, merges, heights, (first, end, len(statements), added))

    def _moved(self, sheet: Any, merges: Any, heights: dict[int, float], moves: tuple[int, int, int, int]) -> None:
        """Merged cells and heights of rows, which openpyxl leaves where they were."""
        first, end, ahead, added = moves
        for area in merges:
            top = area["start_row"]
            if first <= top < end and top > first:
                continue
            by = added if top >= end else ahead if top == first else 0
            bottom = top if top == first else area["end_row"]
            sheet.merge_cells(**{**area, "start_row": top + by, "end_row": bottom + by})
        for row in list(heights):
            sheet.row_dimensions[row].height = None
        for row, height in heights.items():
            if row < first or row >= end:
                sheet.row_dimensions[row + (added if row >= end else 0)].height = height
        sheet.row_dimensions[first + ahead].height = heights.get(first)


def _area(merged: Any) -> dict[str, int]:
    return {
        "start_row": merged.min_row,
        "end_row": merged.max_row,
        "start_column": merged.min_col,
        "end_column": merged.max_col,
    }
