"""Measures what may have gone wrong with a recognised text, for whoever judges how far to trust it.

The recogniser is sure of what it sees even where half of the line is missing: a crease taken for a rule cuts a name
in two, a stroke of the pen becomes a 1, a dash at the end of a line is passed over. The picture tells these.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from greenforms_extractors.folding import DASHES
from greenforms_extractors.model import Legibility
from greenforms_extractors.scan.components import blobs
from greenforms_extractors.scan.line_crops import Ink
from greenforms_extractors.scan.ocr import Char, Recognised, Rect

#: Signs that are read as the same whatever the recogniser makes of them, besides those of two widths.
_TWINS = tuple(map(frozenset, ("〇○", "·•.・", f"{DASHES}-")))
#: A character reaches this far to either side of its middle, as a share of the line's height.
_REACH = 0.72
#: Ink this near a line, as a share of its height, belongs to it; a cell's rules are this many pixels thick at most.
_AROUND, _RULE = 0.12, 5


@dataclass(frozen=True, slots=True)
class Seen:
    """One recognised line: its place in pixels, what it says, and the white put before and behind it."""

    rect: Rect
    line: Recognised
    margin: int

    @property
    def height(self) -> int:
        """Its height in pixels."""
        return self.rect[3] - self.rect[1]


def legibility(seen: Sequence[Seen], ink: Ink, usual: float, cell: Sequence[float] | None) -> Legibility | None:
    """How well a text of some lines was read; None without any.

    `ink` is the page's, `usual` the usual height of its lines and `cell` the text's cell (left, top, right, bottom),
    all in pixels.
    """
    if not seen:
        return None
    sure = [probability(char) for each in seen for char in each.line.chars if char.text != " "]
    return Legibility(
        least=min(sure, default=0.0),
        slips=sum(1 - each for each in sure),
        room=min(_room(each, cell) for each in seen) if cell else float("inf"),
        stray=_stray(seen, ink, cell) / usual**2 if cell else 0.0,
        unexplained=max(_unexplained(each, ink) for each in seen),
        lowest=min(each.height for each in seen) / usual,
        gap=_gap(seen) / usual if cell else 0.0,
    )


def probability(char: Char) -> float:
    """How probable a character is, with its twin's share where the runner-up is read as the same."""
    return min(1.0, char.probability + char.other_probability) if _same(char.text, char.other) else char.probability


def _same(one: str, other: str) -> bool:
    if not other or _is_raised(one) != _is_raised(other):
        return False
    return unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other) or any(
        one in twins and other in twins for twins in _TWINS
    )


def _is_raised(char: str) -> bool:
    """Whether a sign stands above or below the line: 10² is not 102."""
    return unicodedata.decomposition(char).startswith(("<super>", "<sub>"))


def _room(seen: Seen, cell: Sequence[float]) -> float:
    return min(seen.rect[0] - cell[0], cell[2] - seen.rect[2]) / seen.height


def _stray(seen: Sequence[Seen], ink: Ink, cell: Sequence[float]) -> int:
    """The size of the largest blot of a cell that lies in none of its lines; grains of dust do not add up."""
    left, top, right, bottom = (round(edge) for edge in cell)
    left, top, right, bottom = left + _RULE, top + _RULE, right - _RULE, bottom - _RULE
    inside = ink[max(0, top) : max(0, bottom), max(0, left) : max(0, right)].copy()
    for each in seen:
        near = max(2, round(_AROUND * each.height))
        start, end = (max(0, place) for place in (each.rect[0] - near - left, each.rect[2] + near - left))
        inside[max(0, each.rect[1] - near - top) : max(0, each.rect[3] + near - top), start:end] = False
    return max((part.size for part in blobs(inside)), default=0)


def _unexplained(seen: Seen, ink: Ink) -> float:
    """The breadth of a line's ink that is far from the middle of any character, in heights of the line."""
    left, top, right, bottom = seen.rect
    inked = np.flatnonzero(ink[top:bottom, left:right].any(axis=0))
    width = right - left + 2 * seen.margin
    middles = np.array([char.middle * width - seen.margin for char in seen.line.chars if char.text != " "])
    if not len(inked) or not len(middles):
        return float(len(inked)) / seen.height
    far = np.abs(inked[:, None] - middles[None, :]).min(axis=1) > _REACH * seen.height
    return float(far.sum()) / seen.height


def _gap(seen: Sequence[Seen]) -> float:
    """The widest gap between one line and the next below it, in pixels."""
    ordered = sorted((each.rect for each in seen), key=lambda rect: rect[1])
    widest, bottom = 0, ordered[0][3]
    for _, top, _, end in ordered:
        widest, bottom = max(widest, top - bottom), max(bottom, end)
    return float(widest)
