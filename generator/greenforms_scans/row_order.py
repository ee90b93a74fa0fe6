"""Lines up the rows of two data sets: the heaviest pairs in order, with empty rows where the other has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapidfuzz.distance import Levenshtein

from greenforms.form.tree import Group, Leaf, Node, Rows

#: Rows less alike than this are two different rows.
_ALIKE = 0.35


def with_rows_aligned(node: Node, one: Any, other: Any) -> tuple[Any, Any]:
    """Both data sets with their arrays made equally long, like rows at like places; nothing else changes."""
    if isinstance(node, Leaf):
        return one, other
    if isinstance(node, Group):
        return _group(node, one, other)
    pairs = _aligned(one if isinstance(one, list) else [], other if isinstance(other, list) else [])
    rows = [with_rows_aligned(node.item, left, right) for left, right in pairs]
    return [left for left, _ in rows], [right for _, right in rows]


def _group(node: Group, one: Any, other: Any) -> tuple[Any, Any]:
    found: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    left, right = (data if isinstance(data, Mapping) else {} for data in (one, other))
    for name, child in node.children.items():
        if isinstance(child, Rows) or (isinstance(child, Group) and (name in left or name in right)):
            found[0][name], found[1][name] = with_rows_aligned(child, left.get(name), right.get(name))
            continue
        for data, copy in ((left, found[0]), (right, found[1])):
            if name in data:
                copy[name] = data[name]
    return found


def _aligned(one: list[Any], other: list[Any]) -> list[tuple[Any, Any]]:
    """Pairs of rows in order; {} stands where there is no counterpart (Needleman and Wunsch, without gap costs)."""
    texts = [[_text(row) for row in rows] for rows in (one, other)]
    likeness = [[Levenshtein.normalized_similarity(left, right) for right in texts[1]] for left in texts[0]]
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for row in range(len(one) - 1, -1, -1):
        for column in range(len(other) - 1, -1, -1):
            alike = likeness[row][column]
            both = best[row + 1][column + 1] + alike if alike >= _ALIKE else 0.0
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    return _path(one, other, best)


def _path(one: list[Any], other: list[Any], best: list[list[float]]) -> list[tuple[Any, Any]]:
    row = column = 0
    pairs: list[tuple[Any, Any]] = []
    while row < len(one) or column < len(other):
        if column == len(other) or (row < len(one) and best[row][column] == best[row + 1][column]):
            pairs.append((one[row], {}))
            row += 1
        elif row == len(one) or best[row][column] == best[row][column + 1]:
            pairs.append(({}, other[column]))
            column += 1
        else:
            pairs.append((one[row], other[column]))
            row, column = row + 1, column + 1
    return pairs


def _text(row: Any) -> str:
    if isinstance(row, Mapping):
        return "|".join(_text(value) for value in row.values())
    if isinstance(row, list):
        return "|".join(map(_text, row))
    return "" if row is None else str(row)
