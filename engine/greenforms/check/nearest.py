"""Which field of the form a misspelt key was meant to be."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

_ALIKE = 0.6


def nearest(key: str, known: Mapping[str, Any], present: Set[str]) -> str | None:
    """The name closest to a key among those not used yet; a printed label used as key counts as its field."""
    from difflib import get_close_matches

    names: dict[str, str] = {}
    for name, schema in known.items():
        if name not in present:
            for spelling in (name, schema.get("title", name), *schema.get("x-aliases", ())):
                names.setdefault(spelling, name)
    close = get_close_matches(key[:80], names, n=1, cutoff=_ALIKE)
    return names[close[0]] if close else None
