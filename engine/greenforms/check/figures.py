"""Which values are numbers that can be calculated with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

#: Larger and finer than any figure of a form; beyond it arithmetic and printing get out of hand.
_MOST_DIGITS, _MOST_PLACES = 24, 24


def exact(value: Any) -> Decimal | None:
    """The number a value is, None for what is no usable number."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return number if number.is_finite() and _printable(number) else None


def out_of_reach(value: Any) -> bool:
    """Whether a value is or holds a finite number too large or too fine to be printed."""
    if isinstance(value, dict):
        return any(map(out_of_reach, value.values()))
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and exact(value) is None


def _printable(number: Decimal) -> bool:
    return number.adjusted() <= _MOST_DIGITS and int(number.as_tuple().exponent) >= -_MOST_PLACES
