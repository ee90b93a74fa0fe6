"""A figure is a usual part of another of the same row or year, such as 利润 of 主营业务收入."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import Figure, figure
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.fact.compare import scale


@dataclass(frozen=True, slots=True)
class Share:
    """`part` is at least `least` and at most `most` times `whole`: the one beside it, or the only one of its year.

    They are held against each other in one unit; with `across`, figures of two kinds are as they stand, such as
    万吨标煤 for 万元. A figure that is by its label one of a whole `period` (年) may be held against a rate (吨/年).
    """

    name: ClassVar[str] = "share"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "above": ("part", "whole", "name", "percent", "limit"),
        "below": ("part", "whole", "name", "percent", "limit"),
    }

    part: str
    whole: str
    least: Decimal | None = None
    most: Decimal | None = None
    period: str = ""
    across: bool = False

    def operands(self) -> tuple[str, ...]:
        """Both figures."""
        return self.part, self.whole

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each part of which the whole is known and more than nothing."""
        for part in case.spots(self.part):
            whole = case.beside(part, self.whole) or self._of_year(case, part)
            if whole is not None and (one := figure(part)) and (other := figure(whole)) and other.number > 0:
                factor = self._factor(one.unit, other.unit)
                if factor is not None:
                    yield self._judge(case, (part, whole), (one, other), one.number * factor / other.number)

    def _of_year(self, case: Case, part: Spot) -> Spot | None:
        """The only whole that the paper states of the same year."""
        found = [
            spot
            for spot in case.within(part, (self.whole,))
            if spot.fact is not None and part.fact is not None and spot.fact.period == part.fact.period
        ]
        return found[0] if len(found) == 1 else None

    def _factor(self, unit: str, other: str) -> Decimal | None:
        """What turns a figure in the one unit into the other; None where nothing does."""
        for each in (unit, f"{unit}/{self.period}") if self.period else (unit,):
            factor = scale(each or None, other or None)
            if factor is not None:
                return Decimal(factor.numerator) / Decimal(factor.denominator)
        return Decimal(1) if self.across else None

    def _judge(self, case: Case, spots: tuple[Spot, Spot], figures: tuple[Figure, Figure], share: Decimal) -> Judgement:
        one, other = figures
        said = {"part": one.shown(other), "whole": other.shown(one), "name": case.title(spots[1])}
        said["percent"] = _percent(share)
        if self.most is not None and share > self.most:
            return Fault("above", spots, {**said, "limit": _percent(self.most)})
        if self.least is not None and share < self.least:
            return Fault("below", spots, {**said, "limit": _percent(self.least)})
        return FINE


def _percent(share: Decimal) -> str:
    """A share in per cent, to three figures where it is small."""
    number = share * 100
    places = max(0, 2 - number.adjusted()) if number else 0
    return f"{round(number, places).normalize():f}"
