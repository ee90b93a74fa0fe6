"""A ratio is that of the two figures it is made of, such as 负债率 or 单位产品能耗."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import figure
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot
from greenforms.fact.precision import Interval, interval, quotient


@dataclass(frozen=True, slots=True)
class Ratio:
    """`quotient` is `times` × `numerator` / `denominator`, as far as the printed places of the three tell.

    Whole numbers of things that were counted are exact.
    """

    name: ClassVar[str] = "ratio"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"off": ("quotient", "numerator", "denominator", "least", "most")}

    quotient: str
    numerator: str
    denominator: str
    times: Decimal = Decimal(1)

    def operands(self) -> tuple[str, ...]:
        """The three figures."""
        return self.quotient, self.numerator, self.denominator

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each ratio of which all three are filled."""
        for spot in case.spots(self.quotient):
            parts = case.beside(spot, self.numerator), case.beside(spot, self.denominator)
            if parts[0] is not None and parts[1] is not None:
                yield self._judge(case, spot, parts[0], parts[1])

    def _judge(self, case: Case, spot: Spot, above: Spot, below: Spot) -> Judgement:
        ratio, over, under = figure(spot), figure(above), figure(below)
        if ratio is None or over is None or under is None:
            return Gap("not-a-number", {"field": case.phrase(spot)})
        limits = quotient(over.printed, under.printed)
        if limits is None:
            return Gap("no-quotient", {"field": case.phrase(spot)})
        factor = Fraction(self.times)
        wanted = Interval(*sorted((limits.least * factor, limits.most * factor)))
        if interval(ratio.printed).meets(wanted):
            return FINE
        said = {
            "quotient": f"{ratio.number:f}",
            "numerator": f"{over.number:f}",
            "denominator": f"{under.number:f}",
            "least": _shown(wanted.least),
            "most": _shown(wanted.most),
        }
        return Fault("off", (spot, above, below), said)


def _shown(number: Fraction) -> str:
    return f"{float(number):.6g}"
