"""Whether two statements of one fact agree, and if not, what may have gone wrong.

Numbers are compared as printed, after unit conversion: see `precision`. A ratio within 2 % of 10, 100, 1000 or 10⁴ is
named as a likely slip of unit or decimal point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from greenforms.codec import units
from greenforms.codec.dimension import DifferentKindError
from greenforms.fact import fold
from greenforms.fact.precision import Agreement, Printed, agreement, printed
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import FactKind

#: Powers of ten that slips of unit and decimal point produce, and how near the ratio must be.
_POWERS = (1, 2, 3, 4)
_NEAR = Fraction(2, 100)
#: Chinese multiples before a unit, as powers of ten.
_MULTIPLES = {"": 0, "千": 3, "万": 4, "百万": 6, "亿": 8}

_FOLDS: dict[str, Callable[[str], str]] = {
    "name": fold.fold_name,
    "text": fold.fold_text,
    "code": fold.fold_number_code,
    "phone": fold.fold_phone,
    "email": fold.fold_email,
}


@dataclass(frozen=True, slots=True)
class Slip:
    """A suspected factor of 10^power between two figures; `meant` was probably written as `written`, if units tell."""

    power: int
    meant: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome. `gap` is in the first statement's unit; None where no numbers were compared.

    `cut`: they do not agree, though cutting digits off the one gives the other. `coarser` is how many decimals of the
    first statement's unit the less exact of two figures has, None when both are as exact.
    """

    agrees: bool
    gap: Decimal | None = None
    slip: Slip | None = None
    cut: bool = False
    coarser: int | None = None


def compare(kind: FactKind, one: Fact, other: Fact) -> Comparison:
    """Compare two statements of one fact about one subject and period."""
    if one.value is None or other.value is None:
        return Comparison(one.value is other.value)
    if isinstance(one.value, Decimal) and isinstance(other.value, Decimal):
        return _numbers(one, other)
    return Comparison(_words(kind, str(one.value), str(other.value)))


def canonical(kind: FactKind, text: str) -> str:
    """The word the vocabulary keeps for a choice."""
    folded = fold.fold_name(text)
    return kind.synonyms.get(folded, folded)


def _words(kind: FactKind, one: str, other: str) -> bool:
    match kind.kind:
        case "choice":
            return canonical(kind, one) == canonical(kind, other)
        case "date":
            return one.startswith(other) or other.startswith(one)
        case "industry":
            return _industries(one, other)
    folded = _FOLDS.get(kind.kind, fold.fold_name)
    shorter, longer = sorted((folded(one), folded(other)), key=len)
    return longer.startswith(shorter) if kind.closer else longer == shorter


def _industries(one: str, other: str) -> bool:
    """By their codes where both have one, else by name."""
    from greenforms.codec.industry import industry_code

    codes = industry_code(one), industry_code(other)
    return codes[0] == codes[1] if all(codes) else fold.fold_industry(one) == fold.fold_industry(other)


def _numbers(one: Fact, other: Fact) -> Comparison:
    factor = scale(other.unit, one.unit)
    if factor is None:
        return Comparison(agrees=False)
    left, right = figure(one), figure(other).scaled(factor)
    gap = _decimal(abs(left.value - right.value))
    outcome = agreement(left, right)
    if outcome is Agreement.EQUAL:
        return Comparison(True, gap)
    coarser = _places(max(left.step, right.step)) if left.step != right.step else None
    slip = None
    if left.value * right.value > 0:
        smaller, larger = (one, other) if abs(left.value) < abs(right.value) else (other, one)
        slip = _slip(*_sizes(left, right), smaller.unit, larger.unit)
    return Comparison(False, gap, slip, outcome is Agreement.CUT, coarser)


def _sizes(one: Printed, other: Printed) -> tuple[Fraction, Fraction]:
    """The smaller size and the larger one."""
    return min(abs(one.value), abs(other.value)), max(abs(one.value), abs(other.value))


def figure(fact: Fact) -> Printed:
    """A statement's number as printed, in its unit; a count is exact."""
    assert isinstance(fact.value, Decimal)
    return printed(fact.value, fact.decimals)


def _places(step: Fraction) -> int | None:
    """The number of decimals of a last place; None for one that is no tenth, hundredth …"""
    places = len(str(step.denominator)) - 1 if step.denominator > 1 else 1 - len(str(step.numerator))
    return places if step == Fraction(10) ** -places else None


def scale(from_: str | None, to: str | None) -> Fraction | None:
    """How many of `to` make one of `from_`; None when they are no units of one kind."""
    if from_ is None or to is None:
        return Fraction(1) if from_ == to else None
    try:
        return Fraction(1) if units.same_unit(from_, to) else units.factor(from_, to)
    except (units.UnknownUnitError, DifferentKindError):
        return None


def _slip(smaller: Fraction, larger: Fraction, small_unit: str | None, large_unit: str | None) -> Slip | None:
    power = power_of_ten(smaller, larger)
    if power is None:
        return None
    if large_unit and (finer := _neighbour(large_unit, -power)):
        return Slip(power, meant=finer, written=large_unit)
    if small_unit and (coarser := _neighbour(small_unit, power)):
        return Slip(power, meant=coarser, written=small_unit)
    return Slip(power)


def power_of_ten(one: Fraction, other: Fraction) -> int | None:
    """The power of ten that slips of unit and decimal point make the one of the other by; None for another ratio."""
    smaller, larger = sorted((one, other))
    if smaller <= 0:
        return None
    return next((power for power in _POWERS if abs(larger / smaller / 10**power - 1) <= _NEAR), None)


def _neighbour(unit: str, power: int) -> str | None:
    """The unit 10^power times as large that is written alike: 吨标煤 for 万吨标煤 and -4."""
    if not units.is_unit(unit):
        return None
    candidates = [unit.replace("吨", "千克")] if power < 0 else [unit.replace("千克", "吨")]
    for multiple, exponent in _MULTIPLES.items():
        if unit.startswith(multiple):
            wanted = [other for other, value in _MULTIPLES.items() if value == exponent + power]
            candidates += [other + unit.removeprefix(multiple) for other in wanted]
    fitting = (each for each in candidates if scale(each, unit) == Fraction(10) ** power)
    return next(fitting, None)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
