"""The fixed words around a slot in its cell, which tell a field's own text from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenforms.form.template.program import Box, Piece, Program, Slot, Text, rows_in
from greenforms_extractors.match.sentence import between


@dataclass(frozen=True, slots=True)
class Wording:
    """What a cell prints besides a field: its fixed words in order, None for each slot; the field is at `place`."""

    words: tuple[str | None, ...]
    place: int

    def own_text(self, text: str) -> str | None:
        """The field's part of a cell's text; None when the cell no longer says the fixed words."""
        found = between(self.words, text)
        return found[self.place] if found is not None else None


def cell_wordings(program: Program) -> Mapping[str, Wording]:
    """The wording around each field that shares its cell with other text, by the field's pattern."""
    wordings: dict[str, Wording] = {}
    for row, _ in rows_in(program.body):
        for box in row.boxes:
            pieces = _pieces(box)
            if len(pieces) < 2:
                continue
            words = tuple(piece.text if isinstance(piece, Text) else None for piece in pieces)
            printed = [piece for piece in pieces if not isinstance(piece, Text)]
            for place, piece in enumerate(printed):
                if isinstance(piece, Slot):
                    wordings[piece.leaf.pattern] = Wording(words, place)
    return wordings


def _pieces(box: Box) -> list[Piece]:
    """The pieces of a cell; the break between two lines is white space, which a text may have anywhere."""
    return [piece for line in box.lines for piece in line.pieces if not isinstance(piece, Text) or piece.text.strip()]
