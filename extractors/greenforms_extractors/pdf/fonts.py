"""Tables of fonts that name ranges of characters: a few bytes may name billions, which a reader would write out."""

from __future__ import annotations

import re
from typing import Any

from greenforms_extractors.pdf.streams import content_of

#: Characters that the tables of a font name together; Unicode has 1.1 million places.
_MOST = 2_000_000
#: Bytes of a table that are looked at; one of every character there is has as many.
_LONGEST = 8 * 1024 * 1024
#: The ranges of a character table; single characters stand in lists of their own.
_RANGES = re.compile(rb"begin(?:bf|cid|notdef)range(.*?)(?:end|\Z)", re.DOTALL)
#: A range in a character table: <first> <last> and what they stand for (ISO 32000-1, 9.7.5.3).
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]{1,16})\s*>\s*<\s*([0-9A-Fa-f]{1,16})\s*>\s*(?=<|\[|\d)")


def runs_away(found: Any) -> bool:
    """Whether an object of a PDF is a font, or a font's table, that names more characters than there are."""
    if not isinstance(found, dict):
        return False
    if "/DescendantFonts" in found or "/ToUnicode" in found:
        return any(_is_endless(content_of(_own(found, key), _LONGEST)) for key in ("/ToUnicode", "/Encoding"))
    return any(_widths(_own(found, key), step) > _MOST for key, step in (("/W", 3), ("/W2", 5)))


def _is_endless(table: bytes) -> bool:
    ranges = (found for part in _RANGES.findall(table) for found in _RANGE.findall(part))
    return sum(max(0, int(last, 16) - int(first, 16)) for first, last in ranges) > _MOST


def _widths(table: Any, step: int) -> float:
    """How many characters the ranges of a table of widths name (ISO 32000-1, 9.7.4.3)."""
    total, numbers = 0.0, list[float]()
    for each in table if isinstance(table, list) else ():
        if not isinstance(each, int | float):
            numbers.clear()
            continue
        numbers.append(each)
        if len(numbers) == step:
            total += max(0.0, numbers[1] - numbers[0])
            numbers.clear()
    return total


def _own(found: Any, key: str) -> Any:
    try:
        return found[key]
    except Exception:  # the library has no one kind of error for what it cannot parse
        return None
