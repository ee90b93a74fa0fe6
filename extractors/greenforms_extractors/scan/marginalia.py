"""Tells notes in the margin from the text of a page: what somebody wrote or stamped beside it is no part of it."""

from __future__ import annotations

from collections.abc import Sequence

from greenforms_extractors.scan.grid import RuledTable
from greenforms_extractors.scan.line_crops import Piece

#: Tables and lines of at least this share of the page's width tell where its text stands, if together they take up the
#: second share.
_LONG, _COLUMN = 0.33, 0.6
#: A note has no more than this share of its width inside, and is at least so many heights of itself wide: a comma that
#: hangs over the edge is none.
_INSIDE, _LEAST = 0.2, 0.7


def asides(pieces: Sequence[Piece], tables: Sequence[RuledTable], width: int) -> list[Piece]:
    """The pieces that stand wholly beside the column of text of a page so wide (pixels)."""
    lines = [piece.rect for piece in pieces if piece.rect[2] - piece.rect[0] > _LONG * width]
    spans = [(box[0], box[2]) for box in (*lines, *(table.box for table in tables))]
    if not spans:
        return []
    left, right = min(span[0] for span in spans), max(span[1] for span in spans)
    if right - left < _COLUMN * width:
        return []
    return [piece for piece in pieces if piece.table is None and _is_aside(piece, left, right)]


def _is_aside(piece: Piece, left: float, right: float) -> bool:
    start, _, end, _ = piece.rect
    inside = max(0.0, min(end, right) - max(start, left))
    return end - start > _LEAST * piece.height and inside < _INSIDE * (end - start)
