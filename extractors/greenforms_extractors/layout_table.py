"""Tables that only lay out a page: what stands in their cells is running text and tables of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from greenforms_extractors.model import Block, Cell, Document, Paragraph, Table, TableOrigin


def without_layout_tables(document: Document) -> Document:
    """The document with what stands in its layout tables in their place; the others stay as they are."""
    if not any(paragraph.nested for table in document.tables for cell in table.cells for paragraph in cell.paragraphs):
        return document
    return replace(document, blocks=tuple(_unrolled(document.blocks)))


def _unrolled(blocks: Sequence[Block]) -> Iterator[Block]:
    """Readers put the tables inside a table's cells right behind it."""
    waiting = {_number(block): block for block in blocks if isinstance(block, Table)}
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif _number(block) in waiting:
            yield from _opened(block, waiting)


def _opened(table: Table, waiting: dict[int, Table]) -> Iterator[Block]:
    """A table, or what it holds; those told are no longer waiting."""
    waiting.pop(_number(table), None)
    if not _only_lays_out(table):
        yield table
        return
    for paragraph in (paragraph for cells in table.row_cells() for cell in cells for paragraph in cell.paragraphs):
        if not paragraph.nested:
            yield paragraph
        elif (inner := waiting.get(paragraph.nested)) is not None:
            yield from _opened(inner, waiting)


def _only_lays_out(table: Table) -> bool:
    """Whether it holds tables and no row sets texts side by side: at most one cell is filled, or all hold tables."""
    rows = [[cell for cell in cells if cell.text.strip()] for cells in table.row_cells()]
    return any(map(_holds_table, table.cells)) and all(len(row) <= 1 or all(map(_holds_table, row)) for row in rows)


def _holds_table(cell: Cell) -> bool:
    return any(paragraph.nested for paragraph in cell.paragraphs)


def _number(table: Table) -> int:
    return table.origin.table if isinstance(table.origin, TableOrigin) else 0
