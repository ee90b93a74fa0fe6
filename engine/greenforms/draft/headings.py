"""Headings of tables, and what stands under each of their columns."""

from __future__ import annotations

from dataclasses import dataclass

from greenforms.draft.grid import Grid
from greenforms.draft.wording import EXAMPLE, is_number_of_row, is_prompt, is_vacant
from greenforms_extractors.model import Cell


@dataclass(frozen=True, slots=True)
class Heading:
    """The lowest cells of a heading, from left to right, and those above each; rows under it begin at `end`."""

    leaves: tuple[Cell, ...]
    above: tuple[tuple[str, ...], ...]
    title: str
    end: int

    def over(self, cell: Cell) -> int | None:
        """The number of the column a cell stands in; None for one that stands in several or none."""
        for number, leaf in enumerate(self.leaves):
            inside = leaf.column <= cell.column and cell.column + cell.columns <= leaf.column + leaf.columns
            if inside and cell.columns * 2 > leaf.columns:
                return number
        return None


def heading_at(grid: Grid, start: int) -> Heading | None:
    """The heading that begins in a row: rows of texts alone, the lowest of at least two cells."""
    end = start
    while end < grid.height and _all_texts(grid, end):
        end += 1
    end = _without_sections(grid, start, end)
    if end == start or end == grid.height:
        return None
    first = end - 1
    while first > start and _belongs(grid, first - 1, first):
        first -= 1
    lowest = [grid.at(end - 1, column) for column in range(grid.table.columns)]
    leaves = tuple(dict.fromkeys(cell for cell in lowest if cell is not None and cell.text.strip()))
    if len(leaves) < 2 or any(cell.row < first for cell in leaves):
        return None
    above = tuple(_above(grid, cell, first) for cell in leaves)
    title = next((text for row in range(first - 1, start - 1, -1) if (text := headline(grid, row))), "")
    return Heading(leaves, above, title, end)


def _without_sections(grid: Grid, start: int, end: int) -> int:
    """The end of a run of texts without the titles of sections below the heading."""
    last = end
    while last > start and headline(grid, last - 1):
        last -= 1
    return last if last > start else end


def headline(grid: Grid, row: int) -> str:
    """The text of a row that is one cell across the table; "" for other rows."""
    cells = [cell for cell in grid.across(row) if cell.text.strip()]
    return cells[0].text.strip() if len(cells) == 1 and len(grid.across(row)) == 1 else ""


def _above(grid: Grid, cell: Cell, first: int) -> tuple[str, ...]:
    over = dict.fromkeys(grid.at(row, cell.column) for row in range(first, cell.row))
    return tuple(each.text.strip() for each in over if each is not None and each is not cell)


def _belongs(grid: Grid, upper: int, lower: int) -> bool:
    """Whether a row of texts is the upper level of the heading in the row below it."""
    cells = grid.across(upper)
    if len(cells) == 1 and cells[0].columns >= grid.table.columns:
        return False
    reaches = any(cell.row + cell.rows > lower for cell in cells)
    return reaches or any(
        cell.columns > 1
        and sum(cell.column <= each.column < cell.column + cell.columns for each in grid.rows[lower]) > 1
        for cell in cells
    )


def _all_texts(grid: Grid, row: int) -> bool:
    """Whether all that covers a row are texts, as far as the table is printed."""
    cells = grid.across(row)
    texts = [cell for cell in cells if is_heading_text(cell.text)]
    if texts and EXAMPLE.fullmatch(texts[0].text.strip()):
        return False
    within = [cell for cell in cells if cell.column < grid.width]
    return bool(within) and len(texts) == len(within)


def is_heading_text(text: str) -> bool:
    """Whether a text names what stands under or beside it."""
    bare = text.strip()
    return (
        bool(bare)
        and (not is_vacant(bare) or "/" in bare)
        and not is_number_of_row(bare)
        and not bare.endswith((":", "："))
        and not (is_prompt(bare) and "□" in bare)
    )
