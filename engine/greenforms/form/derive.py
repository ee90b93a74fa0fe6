"""Texts that are printed from other fields: counts, sums, names in a row, a year, a field said once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from greenforms.form.tree import ABSENT, Derived, Leaf

_YEAR_DIGITS = 4


def derived_text(leaf: Leaf, paper: Any) -> str | None:
    """What a derived field prints for the data of its paper; None where what it follows from is not there."""
    assert leaf.derived is not None
    value = _value(leaf.derived, paper)
    if value is ABSENT:
        return None
    said = value if isinstance(value, str) and leaf.codec.name == "text" else leaf.codec.format(value)
    return leaf.derived.text.replace("{}", said)


def _value(derived: Derived, paper: Any) -> Any:
    if derived.kind == "count":
        lists = [found for found in _spots(paper, derived.source.split("/")[1:]) if isinstance(found, list)]
        return sum(map(len, lists)) if lists else ABSENT
    found = [value for value in _spots(paper, derived.source.split("/")[1:]) if value is not None]
    if not found:
        return ABSENT
    match derived.kind:
        case "sum":
            figures = [value for value in found if isinstance(value, int | Decimal) and not isinstance(value, bool)]
            return sum(figures, Decimal(0)) if len(figures) == len(found) else ABSENT
        case "join":
            return derived.separator.join(map(str, found))
        case "year":
            digits = str(found[0])[:_YEAR_DIGITS]
            return int(digits) + derived.offset if digits.isdigit() and len(digits) == _YEAR_DIGITS else ABSENT
    return found[0]


def _spots(data: Any, steps: list[str]) -> Iterator[Any]:
    """What stands at a pattern, `*` standing for each item of a list, for each row of a catalogue or matrix."""
    if not steps:
        yield data
    elif steps[0] == "*":
        members = data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ()
        for item in members:
            yield from _spots(item, steps[1:])
    elif isinstance(data, Mapping) and steps[0] in data:
        yield from _spots(data[steps[0]], steps[1:])
    elif isinstance(data, list) and steps[0].isdigit() and int(steps[0]) < len(data):
        yield from _spots(data[int(steps[0])], steps[1:])
