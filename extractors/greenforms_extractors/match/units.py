"""A document as a stream of units: each paragraph and each table cell with text, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.cuts import Cutter
from greenforms_extractors.model import Cell, Document, Legibility, Origin, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph, a piece of one, or one cell. `key` is its text folded for comparison, `block` its block's index.

    `goes_on` marks a piece that follows another piece of the same paragraph; `frame` is the cell that a piece stands
    in when the cell holds labels with their values.
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
    frame: Cell | None = None

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


def is_number(unit: Unit) -> bool:
    """Whether a unit holds the number of a row and nothing more."""
    return unit.text.strip().rstrip(".、．").isdigit()


def units_of(document: Document, cutter: Cutter | None = None, inline: Sequence[str] = ()) -> tuple[Unit, ...]:
    """The units of a document in reading order, blank ones included.

    `cutter` parts paragraphs that hold two labels; `inline` are the labels that stand inside cells with their values.
    """
    pieces = _pieces(document, cutter or Cutter(()), [fold_label(text) for text in inline])
    return tuple(
        Unit(
            index,
            piece.text,
            fold_label(piece.text),
            piece.block,
            piece.origin,
            piece.paragraph,
            piece.table,
            piece.cell,
            piece.goes_on,
            piece.frame,
        )
        for index, piece in enumerate(pieces)
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    block: int
    origin: Origin
    paragraph: Paragraph | None = None
    table: Table | None = None
    cell: Cell | None = None
    goes_on: bool = False
    frame: Cell | None = None


def _pieces(document: Document, cutter: Cutter, inline: Sequence[str]) -> Iterator[_Piece]:
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield from _cut(block, number, cutter)
            continue
        frame = _is_frame(block)
        for cell in (cell for cells in block.row_cells() for cell in cells):
            if frame or (inline and _holds_labels(cell, cutter, inline)):
                for paragraph in cell.paragraphs:
                    yield from _cut(paragraph, number, cutter, None if frame else cell)
            else:
                yield _Piece(cell.text, number, cell.origin, None, block, cell)


def _holds_labels(cell: Cell, cutter: Cutter, inline: Sequence[str]) -> bool:
    """Whether a cell holds labels that stand inside cells with their values, and more than one text in all."""
    pieces = [fold_label(piece) for paragraph in cell.paragraphs for piece in cutter.pieces(paragraph.text)]
    begun = [piece for piece in pieces if any(piece.startswith(label) for label in inline)]
    return len(pieces) > 1 and (len(begun) > 1 or any(piece not in inline for piece in begun))


def _cut(paragraph: Paragraph, block: int, cutter: Cutter, frame: Cell | None = None) -> Iterator[_Piece]:
    for place, text in enumerate(cutter.pieces(paragraph.text)):
        piece = replace(paragraph, text=text, pictures=() if place else paragraph.pictures)
        yield _Piece(text, block, paragraph.origin, piece, goes_on=place > 0, frame=frame)


def _is_frame(table: Table) -> bool:
    """A table of one column whose cells hold several paragraphs is a frame around running text."""
    return table.columns == 1 and any(len(cell.paragraphs) > 1 for cell in table.cells)
