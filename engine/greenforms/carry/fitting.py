"""A value stated on one form as the value of a field of another, exactly or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from greenforms.fact.compare import canonical, scale
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import FactKind
from greenforms.form.tree import Leaf


@dataclass(frozen=True, slots=True)
class Fit:
    """The value in the new field; or, where `reason` is set, why it cannot stand there."""

    value: Any = None
    reason: str = ""


def fitted(leaf: Leaf, kind: FactKind, fact: Fact) -> Fit:
    """A statement's value as the field takes it. Figures are converted between units where that is exact."""
    if fact.value is None:
        return Fit() if leaf.nullable else Fit(reason="旧材料填的是不适用，新表这一栏不能填不适用")
    found = _choice(leaf, kind, fact) if leaf.codec.offered() else _other(leaf, fact)
    if found.reason:
        return found
    if not leaf.shape.fits(found.value):
        return Fit(reason="新表这一栏要填的内容类型不同")
    problems = leaf.codec.check(found.value)
    return Fit(reason=f"新表不接受：{problems[0].reason}") if problems else found


def _choice(leaf: Leaf, kind: FactKind, fact: Fact) -> Fit:
    offered = leaf.codec.offered()
    same = [each for each in offered if canonical(kind, each) == canonical(kind, str(fact.value))]
    if fact.value in offered:
        return Fit(fact.value)
    if len(same) == 1:
        return Fit(same[0])
    return Fit(reason=f"“{fact.value}”不在新表的选项（{'、'.join(offered)}）里")


def _other(leaf: Leaf, fact: Fact) -> Fit:
    if not isinstance(fact.value, Decimal):
        return Fit(fact.held)
    if leaf.codec.parts:
        return Fit(fact.held if isinstance(fact.held, dict) else {"value": fact.value, "unit": fact.unit or ""})
    factor = scale(fact.unit, leaf.unit)
    if factor is None:
        return Fit(reason=f"单位不同：旧材料是{fact.unit or '没有单位的数'}，新表是{leaf.unit or '没有单位的数'}")
    value = _converted(fact.value, factor)
    if value is None:
        return Fit(reason=f"从{fact.unit}换算成{leaf.unit}除不尽")
    return Fit(int(value) if leaf.codec.whole and value == value.to_integral_value() else value)


def _converted(value: Decimal, factor: Fraction) -> Decimal | None:
    """The figure in the other unit, printed as exactly as before; None where it has no end."""
    if factor == 1:
        return value
    product = Fraction(value) * factor
    result = Decimal(product.numerator) / Decimal(product.denominator)
    if Fraction(result) != product:
        return None
    exponent = value.as_tuple().exponent
    power = _power_of_ten(factor)
    if power is None or not isinstance(exponent, int):
        return result
    return result.quantize(Decimal(1).scaleb(min(0, exponent + power)))


def _power_of_ten(factor: Fraction) -> int | None:
    large = max(factor.numerator, factor.denominator)
    if min(factor.numerator, factor.denominator) != 1 or str(large).strip("0") != "1":
        return None
    return (len(str(large)) - 1) * (1 if factor > 1 else -1)
