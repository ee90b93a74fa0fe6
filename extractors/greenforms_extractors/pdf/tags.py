"""Which paragraph a piece of marked content belongs to, from the structure tree (ISO 32000-1, clause 14.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_PARAGRAPHS = frozenset({"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "Caption", "Note", "Title", "TD", "TH"})


def paragraph_keys(tree: Iterable[Mapping[str, Any]]) -> dict[tuple[int, int], int]:
    """A key per (page, marked content id): equal for pieces of one paragraph."""
    found: dict[tuple[int, int], int] = {}
    stack = [(node, 0, 0) for node in tree]
    count = 0
    while stack:
        node, page, key = stack.pop()
        page = node.get("page_number") or page
        if node.get("type") in _PARAGRAPHS or not key:
            count += 1
            key = count
        for mcid in node.get("mcids", ()):
            found[page, mcid] = key
        stack.extend((child, page, key) for child in node.get("children", ()))
    return found
