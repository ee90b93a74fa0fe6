"""What may have gone wrong where a figure that was typed is not the one worked out: a unit, a factor, 当量 for 等价."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from greenforms.check.working.inputs import coefficient
from greenforms.check.working.tree import Working, rounded
from greenforms.codec.units import measure
from greenforms.fact.compare import power_of_ten
from greenforms.form.formula import Coefficient, Formula

#: How near a typed figure must come to what another factor gives.
_NEAR = Fraction(1, 200)
#: What electricity generation took per kWh, in kgce, between the best plants of today and older statistics.
_GENERATION = (Fraction(27, 100), Fraction(42, 100))
_ELECTRICITY = "电力"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A slip that would explain the gap: `kind` of fault, and what a message quotes of it."""

    kind: str
    said: dict[str, str]


def suspect_of(working: Working, formula: Formula, item: str) -> Suspect | None:
    """The slip that explains why the stated figure is not the one worked out; None for a gap nothing explains."""
    if working.stated is None or not working.value or working.stated <= 0:
        return None
    given = Fraction(working.stated)
    if formula.coefficients and (found := _other_factor(working, formula, item, given)) is not None:
        return found
    power = power_of_ten(given, working.value)
    if power is not None:
        return Suspect("slip", {"times": f"{10**power}"})
    return None


def _other_factor(working: Working, formula: Formula, item: str, given: Fraction) -> Suspect | None:
    """Another coefficient of the same kind with which the figure would come out as typed."""
    used = next((each for each in working.inputs if "折标系数" in each.title and each.value), None)
    own = coefficient(formula, item)
    if used is None or used.base is None or own is None or working.value is None:
        return None
    implied = used.base.least * given / working.value
    scale, kind = measure(own.unit)
    said = {"implied": f"{rounded(implied / scale, 4):f}{own.unit}"}
    if own.title.startswith(_ELECTRICITY) and _GENERATION[0] <= implied / scale <= _GENERATION[1]:
        return Suspect("mode", said)
    for other in formula.coefficients:
        if other.id != own.id and _gives(other, implied) and measure(other.unit)[1] == kind:
            return Suspect("factor", {**said, "other": other.title})
    return None


def _gives(other: Coefficient, implied: Fraction) -> bool:
    if other.number is None:
        return False
    number = Fraction(other.number) * measure(other.unit)[0]
    return abs(implied / number - 1) <= _NEAR
