"""A plain way to read a form from recognised lines: a value stands right of its label, or below it.

What anybody would write over an OCR engine in a day, and what we measure ourselves against: it knows the form's
labels and codecs, but no rules, no order and no layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mode
from typing import Any

from rapidfuzz.distance import Levenshtein

from greenforms.form.form import Form
from greenforms.form.tree import Group, Leaf, Node, Rows
from greenforms_extractors.folding import fold_label
from greenforms_scans.peers.lines import Line, joined_cells, share

_ALIKE = 0.8


def read_by_labels(form: Form, lines: list[Line]) -> Any:
    """The form's data as the heuristic reads them."""
    return _Reader(form, joined_cells(lines)).group(form.root)


class _Reader:
    def __init__(self, form: Form, cells: list[Line]) -> None:
        self._cells = cells
        self._used: set[Line] = set()
        self._labels = {label for leaf in _nodes(form.root) for label in _spellings(leaf)}
        self._is_label = {cell for cell in cells if any(_alike(cell.text, label) for label in self._labels)}

    def group(self, group: Group) -> dict[str, Any]:
        """Every field of an object that is found; an optional object only when its title is there."""
        found: dict[str, Any] = {}
        for name, child in group.children.items():
            value = self._node(child)
            if value is not None:
                found[name] = value
        return found

    def _node(self, node: Node) -> Any:
        if isinstance(node, Rows):
            return self._rows(node)
        if isinstance(node, Leaf):
            return self._leaf(node) if node.printed else None
        if not node.required and self._label(_spellings(node)) is None:
            return None
        return self.group(node) or None

    def _leaf(self, leaf: Leaf) -> Any:
        label = self._label(_spellings(leaf))
        if label is None:
            return None
        self._used.add(label)
        _, _, behind = label.text.replace("：", ":").partition(":")
        if leaf.codec.name == "paragraphs":
            text = "\n".join(cell.text for cell in self._until_next_label(label))
        else:
            text = behind or self._beside(label) or self._below(label)
        return _parsed(leaf, text)

    def _label(self, spellings: tuple[str, ...]) -> Line | None:
        """The first unused line that is a label of the field, or begins with one and a colon."""
        for spelling in spellings:
            for cell in self._cells:
                head = cell.text.replace("：", ":").partition(":")[0]
                if cell not in self._used and (_alike(cell.text, spelling) or _alike(head, spelling)):
                    return cell
        return None

    def _beside(self, label: Line) -> str:
        beside = [
            cell
            for cell in self._cells
            if cell.left >= label.right - label.height and cell is not label and share(cell, label, upright=True) > 0.4
        ]
        nearest = min(beside, key=lambda cell: cell.left, default=None)
        return "" if nearest is None or nearest in self._is_label else nearest.text

    def _below(self, label: Line) -> str:
        below = [cell for cell in self._cells if cell.top >= label.bottom - 2 and share(cell, label, upright=False) > 0]
        nearest = min(below, key=lambda cell: cell.top, default=None)
        return "" if nearest is None or nearest in self._is_label else nearest.text

    def _until_next_label(self, label: Line) -> Iterator[Line]:
        """What a long text has: everything right of its label and below, up to the next label."""
        for cell in self._cells[self._cells.index(label) + 1 :]:
            if cell in self._is_label:
                return
            yield cell

    def _rows(self, rows: Rows) -> list[dict[str, Any]] | None:
        columns = {name: leaf for name, leaf in rows.item.children.items() if isinstance(leaf, Leaf)}
        heads = {name: head for name, leaf in columns.items() if (head := self._label(_spellings(leaf)))}
        if len(heads) * 2 < len(columns) or not heads:
            return None
        self._used |= set(heads.values())
        taken = self._by_column(heads)
        count = mode(sorted((len(cells) for cells in taken.values()), reverse=True))
        anchors = sorted(next(cells for cells in taken.values() if len(cells) == count), key=lambda cell: cell.top)
        found: list[dict[str, Any]] = [{} for _ in anchors]
        for name, cells in taken.items():
            for cell in cells:
                near = min(range(len(anchors)), key=lambda row: abs(anchors[row].top - cell.top), default=None)
                if near is not None and (value := _parsed(columns[name], cell.text)) is not None:
                    found[near].setdefault(name, value)
        return found or None

    def _by_column(self, heads: dict[str, Line]) -> dict[str, list[Line]]:
        """The lines below each heading, down to the next line across that is a label."""
        start = max(head.bottom for head in heads.values())
        again = {cell for cell in self._is_label for head in heads.values() if _alike(cell.text, fold_label(head.text))}
        ends = [cell.top for cell in self._is_label - again if cell.top > start and cell not in self._used]
        end = min(ends, default=float("inf"))
        taken: dict[str, list[Line]] = {name: [] for name in heads}
        for cell in self._cells:
            if start - 2 <= cell.top and cell.bottom <= end + 2 and cell not in again:
                name = max(heads, key=lambda name: share(cell, heads[name], upright=False))
                if share(cell, heads[name], upright=False) > 0:
                    taken[name].append(cell)
        return taken


def _parsed(leaf: Leaf, text: str) -> Any:
    reading = leaf.codec.parse(text)
    return reading.value if reading.value is not None or not reading.problems else text


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    children = node.children.values() if isinstance(node, Group) else (node.item,) if isinstance(node, Rows) else ()
    for child in children:
        yield from _nodes(child)


def _spellings(node: Node) -> tuple[str, ...]:
    aliases = () if isinstance(node, Group) else node.aliases
    return tuple(fold_label(label) for label in (node.title, *aliases) if label)


def _alike(text: str, label: str) -> bool:
    key = fold_label(text)
    return bool(label) and Levenshtein.normalized_similarity(key, label, score_cutoff=_ALIKE) >= _ALIKE
