"""A document as a stream of units: each paragraph and each table cell with text, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from greenforms_extractors.folding import fold_label
from greenforms_extractors.model import Cell, Document, Origin, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph or one cell. `key` is its text folded for comparison, `block` the index of its block."""

    index: int
    text: str
    key: str
    block: int
    origin: Origin
    paragraph: Paragraph | None = None
    table: Table | None = None
    cell: Cell | None = None

    @property
    def confidence(self) -> float:
        """How sure the reader is of the text."""
        if self.cell is not None:
            return self.cell.confidence
        return self.paragraph.confidence if self.paragraph else 1.0

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The unit's paragraphs."""
        if self.cell is not None:
            return self.cell.paragraphs
        return (self.paragraph,) if self.paragraph else ()


def units_of(document: Document) -> tuple[Unit, ...]:
    """The units of a document in reading order, blank ones included."""
    return tuple(
        Unit(index, text, fold_label(text), block, origin, paragraph, table, cell)
        for index, (text, block, origin, paragraph, table, cell) in enumerate(_pieces(document))
    )


_Piece = tuple[str, int, Origin, Paragraph | None, Table | None, Cell | None]


def _pieces(document: Document) -> Iterator[_Piece]:
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield block.text, number, block.origin, block, None, None
        else:
            for cells in block.row_cells():
                for cell in cells:
                    yield cell.text, number, cell.origin, None, block, cell
