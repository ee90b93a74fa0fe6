"""Tells the folds of a paper from the rules of its tables."""

from __future__ import annotations

from collections.abc import Sequence

from greenforms_extractors.scan.grid import tables
from greenforms_extractors.scan.rulings import Rule

#: A fold ends this near the edges of the paper, and rules of a table do not stand this near, as shares of its side.
_AT_EDGE, _MARGIN = 0.02, 0.03
#: What of a line's height its box has too much above and below.
_INSET = 0.2
#: How far from each other, as a share of the paper's side, two upright rules may be and still be one.
_TOUCH = 1 / 120


def creases(
    level: Sequence[Rule], upright: Sequence[Rule], boxes: Sequence[Sequence[float]], shape: tuple[int, ...]
) -> tuple[list[Rule], list[Rule]]:
    """Of the level and the upright rules of a page (height, width in pixels) those that are folds: from edge to edge,
    through text or off any table. One between the lines of a table may well be its rule. `boxes` are those of the
    lines of text.
    """
    turned = [(top, left, bottom, right) for left, top, right, bottom in boxes]
    return _folds(level, upright, boxes, shape), _folds(upright, level, turned, (shape[1], shape[0]))


def _folds(
    level: Sequence[Rule], upright: Sequence[Rule], boxes: Sequence[Sequence[float]], shape: tuple[int, ...]
) -> list[Rule]:
    """The folds among the level rules; those among the upright ones when the page is given turned over its diagonal."""
    through = _from_edge_to_edge(level, upright, shape[1])
    if not through:
        return []
    kept = [rule for rule in level if rule not in through]
    across = [place for table in tables(kept, upright, boxes, max(shape)) for place in table.across]
    near = _TOUCH * shape[1]
    ruled = [rule for rule in upright if any(abs(rule.place - place) < near for place in across)]
    return [
        fold
        for fold in through
        if any(_crosses(fold, box) for box in boxes)
        or not any(rule.start - near < fold.place < rule.end + near for rule in ruled)
    ]


def _from_edge_to_edge(level: Sequence[Rule], upright: Sequence[Rule], width: int) -> list[Rule]:
    """The rules of a table that fills its picture run so, too, but then the upright ones stand at the edges as well."""
    edge, margin = _AT_EDGE * width, _MARGIN * width
    if any(rule.place < margin or rule.place > width - margin for rule in upright):
        return []
    return [rule for rule in level if rule.start < edge and rule.end > width - edge]


def _crosses(rule: Rule, box: Sequence[float]) -> bool:
    inset = _INSET * (box[3] - box[1])
    return box[1] + inset < rule.place < box[3] - inset
