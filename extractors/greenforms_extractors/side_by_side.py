"""Lists that are printed in two halves side by side: 序号 名称 级别 | 序号 名称 级别. They become two tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from greenforms_extractors.folding import fold_label
from greenforms_extractors.model import Block, Cell, Document, Table

_NUMBER = frozenset({"序号", "编号"})
#: A heading stands among the first rows, and each half has so many columns at least.
_TOP, _NARROWEST = 6, 3


def without_halves(document: Document) -> Document:
    """The document with the halves of its lists one below the other."""
    blocks = tuple(piece for block in document.blocks for piece in _halves(block))
    return document if blocks == document.blocks else replace(document, blocks=blocks)


def _halves(block: Block) -> Iterator[Block]:
    edge = _middle(block) if isinstance(block, Table) else None
    if not isinstance(block, Table) or edge is None:
        yield block
        return
    left = tuple(cell for cell in block.cells if cell.column < edge)
    right = tuple(replace(cell, column=cell.column - edge) for cell in block.cells if cell.column >= edge)
    yield replace(block, cells=left, columns=edge, edges=block.edges[: edge + 1])
    yield replace(block, cells=right, columns=block.columns - edge, origin=right[0].origin, edges=block.edges[edge:])


def _middle(table: Table) -> int | None:
    """The column in which the second half begins; None where the heading says nothing twice."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row < _TOP and cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    for cells in rows.values():
        ordered = sorted(cells, key=lambda cell: cell.column)
        texts = [fold_label(cell.text) for cell in ordered]
        half = len(texts) // 2
        if half >= _NARROWEST and texts[:half] == texts[half:] and texts[0] in _NUMBER:
            return ordered[half].column
    return None
