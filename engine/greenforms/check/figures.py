"""Exact arithmetic with printed numbers: a number with d decimals stands for itself give or take 0.5·10⁻ᵈ."""

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


def half_unit(number: Decimal) -> Decimal:
    """Half a unit of the last printed place: 12.50 stands for 12.495 to 12.505."""
    exponent = number.as_tuple().exponent
    return Decimal(5).scaleb(min(0, int(exponent)) - 1)


def _printable(number: Decimal) -> bool:
    return number.adjusted() <= _MOST_DIGITS and int(number.as_tuple().exponent) >= -_MOST_PLACES
