"""Which values are numbers that can be calculated with, in which unit, and how sums of printed numbers are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from greenforms.check.phrases import phrase_of
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.fact.precision import half_unit

#: Larger and finer than any figure of a form; beyond it arithmetic and printing get out of hand.
_MOST_DIGITS, _MOST_PLACES = 24, 24
#: So many addends are written out.
_WRITTEN_OUT = 8


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


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a unit, which it states itself or its field does."""

    number: Decimal
    unit: str
    stated: bool

    def shown(self, beside: Figure) -> str:
        """The figure in a message, with its unit where that is written with it or is not that of the other."""
        return f"{self.number:f}{self.unit if self.stated or self.unit != beside.unit else ''}"


def figure(spot: Spot) -> Figure | None:
    """The figure of a place, None for what is none."""
    value, unit, stated = spot.value, spot.leaf.unit if spot.leaf else None, isinstance(spot.value, dict)
    if isinstance(spot.value, dict):
        value, unit = spot.value.get("value"), spot.value.get("unit")
        if not isinstance(unit, str):
            return None
    number = exact(value)
    return None if number is None else Figure(number, unit or "", stated)


def judged_sum(spot: Spot, total: Decimal, figures: Sequence[Decimal]) -> Judgement:
    """Whether a total is the sum of figures as printed: |Σp − T| ≤ Σh(p) + h(T), h half a unit of the last place."""
    result = sum(figures, Decimal(0))
    allowance = sum(map(half_unit, figures), Decimal(0)) + half_unit(total)
    gap = abs(result - total)
    if gap <= allowance:
        return FINE
    written = "＋".join(f"{figure:f}" for figure in figures)
    terms = written if len(figures) <= _WRITTEN_OUT else phrase_of("rows-added", count=len(figures))
    said = {"total": f"{total:f}", "terms": terms, "result": f"{result:f}", "gap": f"{gap:f}"}
    return Fault("off", (spot,), {**said, "allowance": f"{allowance.normalize():f}"}, result)


def _printable(number: Decimal) -> bool:
    return number.adjusted() <= _MOST_DIGITS and int(number.as_tuple().exponent) >= -_MOST_PLACES
