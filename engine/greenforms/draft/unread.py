"""Cells that are there to be filled in and that nothing was found to name."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms.draft.outline import AskedList, Outline
from greenforms.place import describe
from greenforms_extractors.model import Document, Table, TableOrigin


def vacant_cells(document: Document, outline: Outline) -> Iterator[str]:
    """A sentence for each empty cell of a Word table that is neither paired nor in the rows of a list."""
    paired = {(asked.place.block, asked.place.cell.origin) for asked in outline.asked if asked.place.cell is not None}
    lists = [item for item in outline.items if isinstance(item, AskedList)]
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Table) or not isinstance(block.origin, TableOrigin):
            continue
        listed = {row for item in lists if item.block == number for row in range(item.first, item.end)}
        for cell in block.cells:
            if not cell.text.strip() and cell.row not in listed and (number, cell.origin) not in paired:
                yield f"{describe(cell.origin)}：空格的左边和上方没有认出标签，没有放标记"
