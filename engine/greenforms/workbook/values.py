"""One value as a cell holds it, and a cell's text as a value of its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank, is_null_sign
from greenforms.codec.leftover import ditto_problem, is_ditto, leftover, without_fill_lines
from greenforms.codec.text import Text
from greenforms.errors import InputError
from greenforms.form.tree import ABSENT, Leaf
from greenforms.record import canonical_json

#: Excel keeps 15 significant digits of a number; a longer one is stored as text, whole.
_SIGNIFICANT = 15
#: Excel shows an unformatted whole number of more digits in powers of ten.
_PLAIN_DIGITS = 11
#: The most characters a cell holds (ECMA-376 part 1, 18.18.93 and Excel's own limit).
_LONGEST = 32_767

UNREADABLE = object()
"""Marks a cell in which something stands that its field cannot be."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is put into a cell: text, or a number with its format."""

    value: str | int | Decimal
    number_format: str = "@"


@dataclass(frozen=True, slots=True)
class Verbatim(Text):
    """Text kept as it is typed: the name of a picture's file must be its name, sign for sign, and so its caption."""

    def parse(self, text: str) -> Reading:
        """Read all but the outer white space."""
        return Reading(text.strip())


@dataclass(frozen=True, slots=True)
class Taken:
    """What a cell says: a value, null, `ABSENT` or `UNREADABLE`."""

    value: Any
    problems: tuple[Problem, ...] = ()


def is_figure(leaf: Leaf) -> bool:
    """Whether the field's cells hold numbers."""
    return leaf.codec.figure


def stored(leaf: Leaf, value: Any) -> Stored | None:
    """A value as its cell holds it; None for an absent one. Raises InputError for text longer than a cell."""
    if value is ABSENT:
        return None
    if is_figure(leaf) and isinstance(value, int | Decimal) and _fits(value):
        return Stored(value, _number_format(value))
    text = typed(leaf, value)
    if len(text) > _LONGEST:
        raise InputError(f"“{leaf.title}”有 {len(text)} 字，超过单元格的上限 {_LONGEST} 字，不能放进工作簿。请先删减。")
    return Stored(text)


def typed(leaf: Leaf, value: Any) -> str:
    """A value as people type it, the sign for an explicit null; `taken` makes the same value of it."""
    if value is None:
        return leaf.empty or "/"
    if is_figure(leaf) and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{Decimal(value):f}"
    return _text(leaf, value)


def taken(leaf: Leaf, text: str, above: Any = ABSENT) -> Taken:
    """A cell's text as a value of its field; `above` is the value of the row before, for which 同上 stands."""
    if is_blank(text):
        return Taken(ABSENT)
    text = without_fill_lines(text)
    if is_ditto(text):
        if above is ABSENT or above is None:
            return Taken(UNREADABLE, (ditto_problem(None),))
        return Taken(above, (ditto_problem(leaf.codec.format(above)),))
    left = leftover(text)
    if left is not None and left.whole:
        return Taken(UNREADABLE, (left.problem,))
    if leaf.nullable and (text.strip() == leaf.empty or is_null_sign(text)):
        return Taken(None)
    reading = leaf.codec.parse(text)
    if reading.value is None:
        return Taken(UNREADABLE if reading.problems else ABSENT, reading.problems)
    doubts = (left.problem,) if left is not None and leaf.codec.free_text else ()
    return Taken(reading.value, (*reading.problems, *doubts))


def _fits(value: int | Decimal) -> bool:
    return not isinstance(value, bool) and Decimal(value).is_finite() and _width(value) <= _SIGNIFICANT


def _width(value: int | Decimal) -> int:
    """The digits of a number written out, without leading zeros."""
    return len(f"{abs(Decimal(value)):f}".replace(".", "").lstrip("0"))


def _number_format(value: int | Decimal) -> str:
    """A format that shows the trailing zeros given and hides no digit typed later."""
    decimals = len(f"{Decimal(value):f}".partition(".")[2])
    if decimals:
        return f"0.{'0' * decimals}{'#' * max(0, _SIGNIFICANT - decimals)}"
    return "General" if _width(value) <= _PLAIN_DIGITS else "0"


def _text(leaf: Leaf, value: Any) -> str:
    """The text of a value; one of the wrong type is shown as it is, for the clerk to put right."""
    if _is_of_type(leaf.codec, value):
        return leaf.codec.entry(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{Decimal(value):f}"
    return value if isinstance(value, str) else canonical_json(value)


def _is_of_type(codec: Codec, value: Any) -> bool:
    """Whether a value has the JSON type the codec takes, with all of its members."""
    match value:
        case bool():
            return False
        case str():
            return "string" in codec.json_types
        case int():
            return not codec.json_types.isdisjoint({"integer", "number"})
        case Decimal():
            return "number" in codec.json_types
        case Mapping():
            return "object" in codec.json_types and codec.parts.keys() <= value.keys()
    return False
