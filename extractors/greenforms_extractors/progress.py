"""How far a long file has got."""

from __future__ import annotations

from collections.abc import Callable

#: Called when a page is begun, with its number from 1 and the number of pages.
Progress = Callable[[int, int], None]


def silent(page: int, pages: int) -> None:
    """Tells nobody."""
