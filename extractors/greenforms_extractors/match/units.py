"""A document as a stream of units: each paragraph and each table cell with text, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.cuts import Cutter
from greenforms_extractors.model import Cell, Document, Legibility, Origin, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph, a piece of one, or one cell. `key` is its text folded for comparison, `block` its block's index.

    `goes_on` marks a piece that follows another piece of the same paragraph.
    """

    index: int
    text: str
    key: str
    block: int
    origin: Origin
    paragraph: Paragraph | None = None
    table: Table | None = None
    cell: Cell | None = None
    goes_on: bool = False

    @property
    def confidence(self) -> float:
        """How sure the reader is of the text."""
        if self.cell is not None:
            return self.cell.confidence
        return self.paragraph.confidence if self.paragraph else 1.0

    @property
    def legibility(self) -> Legibility | None:
        """How well its text was recognised; None for a text that was no picture."""
        if self.cell is not None:
            return self.cell.legibility
        return self.paragraph.legibility if self.paragraph else None

    @property
    def places(self) -> tuple[Origin, ...]:
        """Everywhere its text stands: a paragraph may go on on the next page."""
        return self.paragraph.places if self.paragraph else (self.origin,)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The unit's paragraphs."""
        if self.cell is not None:
            return self.cell.paragraphs
        return (self.paragraph,) if self.paragraph else ()


def units_of(document: Document, cutter: Cutter | None = None) -> tuple[Unit, ...]:
    """The units of a document in reading order, blank ones included; `cutter` parts paragraphs that hold two labels."""
    return tuple(
        Unit(index, text, fold_label(text), block, origin, paragraph, table, cell, goes_on)
        for index, (text, block, origin, paragraph, table, cell, goes_on) in enumerate(
            _pieces(document, cutter or Cutter(()))
        )
    )


_Piece = tuple[str, int, Origin, Paragraph | None, Table | None, Cell | None, bool]


def _pieces(document: Document, cutter: Cutter) -> Iterator[_Piece]:
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield from _cut(block, number, cutter)
        elif _is_frame(block):
            for cells in block.row_cells():
                for paragraph in (paragraph for cell in cells for paragraph in cell.paragraphs):
                    yield from _cut(paragraph, number, cutter)
        else:
            for cells in block.row_cells():
                for cell in cells:
                    yield cell.text, number, cell.origin, None, block, cell, False


def _cut(paragraph: Paragraph, block: int, cutter: Cutter) -> Iterator[_Piece]:
    for place, text in enumerate(cutter.pieces(paragraph.text)):
        piece = replace(paragraph, text=text, pictures=() if place else paragraph.pictures)
        yield text, block, paragraph.origin, piece, None, None, place > 0


def _is_frame(table: Table) -> bool:
    """A table of one column whose cells hold several paragraphs is a frame around running text."""
    return table.columns == 1 and any(len(cell.paragraphs) > 1 for cell in table.cells)
