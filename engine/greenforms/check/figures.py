"""Which values are numbers that can be calculated with, in which unit, and how sums of printed numbers are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from greenforms.check.phrases import phrase_of
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.codec.integer import Integer
from greenforms.fact.precision import Printed, adds_up_when_cut, half_unit, printed
from greenforms.finding import Severity
from greenforms.form.tree import Leaf

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
    """A number in a unit, which it states itself or its field does; one that was `counted` is exact."""

    number: Decimal
    unit: str
    stated: bool
    counted: bool = False

    @property
    def printed(self) -> Printed:
        """The number as printed: counted, or rounded to its last place."""
        return Printed(Fraction(self.number), Fraction(0)) if self.counted else printed(self.number)

    @property
    def half(self) -> Decimal:
        """How far the number may lie from what was rounded."""
        return Decimal(0) if self.counted else half_unit(self.number)

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
    return None if number is None else Figure(number, unit or "", stated, counted(spot.leaf))


def counted(leaf: Leaf | None) -> bool:
    """Whether a field holds whole numbers, such as 家 and 项."""
    return leaf is not None and isinstance(leaf.codec, Integer)


def judged_sum(spot: Spot, total: Figure, figures: Sequence[Figure]) -> Judgement:
    """Whether a total is the sum of figures as printed: |Σp − T| ≤ Σh(p) + h(T).

    h is half a unit of the last place, and nothing for what was counted. What adds up only where all digits behind were
    cut off is told as that.
    """
    result = sum((each.number for each in figures), Decimal(0))
    allowance = sum((each.half for each in figures), total.half)
    gap = abs(result - total.number)
    if gap <= allowance:
        return FINE
    written = "＋".join(f"{each.number:f}" for each in figures)
    terms = written if len(figures) <= _WRITTEN_OUT else phrase_of("rows-added", count=len(figures))
    said = {"total": f"{total.number:f}", "terms": terms, "result": f"{result:f}", "gap": f"{gap:f}"}
    is_cut = adds_up_when_cut([each.printed for each in figures], total.printed)
    allowed = phrase_of("allowance-cut" if is_cut else "allowance", allowance=f"{allowance.normalize():f}")
    return Fault("off", (spot,), {**said, "allowance": allowed}, result, Severity.WARN if is_cut else None)


def _printable(number: Decimal) -> bool:
    return number.adjusted() <= _MOST_DIGITS and int(number.as_tuple().exponent) >= -_MOST_PLACES
