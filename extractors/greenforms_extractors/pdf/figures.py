"""Text that belongs to a drawing such as a chart, as a tagged PDF says (ISO 32000-1, 14.8.4.5: Figure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms_extractors.text_lines import Box

#: A drawing has at least so many strokes; a text box, which some programs call a figure, has its frame.
_STROKES = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure on a page: its box from the page's bottom left, and the marked contents that stand in it."""

    box: Box
    contents: frozenset[int]


def figures_of(tree: Iterable[Mapping[str, Any]]) -> dict[int, list[Figure]]:
    """The figures of a file by page."""
    found: dict[int, list[Figure]] = {}
    stack = [(node, 0) for node in tree]
    while stack:
        node, page = stack.pop()
        page = node.get("page_number") or page
        box = (node.get("attributes") or {}).get("BBox")
        if node.get("type") == "Figure" and isinstance(box, Sequence) and len(box) == 4:
            left, bottom, right, top = (float(edge) for edge in box)
            found.setdefault(page, []).append(Figure((left, bottom, right, top), frozenset(_contents(node))))
            continue
        stack.extend((child, page) for child in node.get("children", ()))
    return found


def _contents(node: Mapping[str, Any]) -> Iterator[int]:
    stack = [node]
    while stack:
        inner = stack.pop()
        yield from inner.get("mcids", ())
        stack.extend(inner.get("children", ()))


def drawn_contents(page: Any, figures: Sequence[Figure]) -> frozenset[int]:
    """The marked contents of a page that belong to drawings."""
    strokes = [*page.lines, *page.curves]
    height = float(page.height)
    found: set[int] = set()
    for figure in figures:
        left, bottom, right, top = figure.box
        inside = [
            each
            for each in strokes
            if left - 1 <= each["x0"] and each["x1"] <= right + 1
            and height - top - 1 <= each["top"] and each["bottom"] <= height - bottom + 1
        ]  # fmt: skip
        if len(inside) >= _STROKES:
            found |= figure.contents
    return frozenset(found)
