"""A percentage was not entered as a fraction: 0.975 where 97.5 is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import figure
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot


@dataclass(frozen=True, slots=True)
class Fraction:
    """No percentage of `fields` is above 0 and at most `most`, too small for a percentage of its kind.

    Where one is, those of `along` in the same paper that are as small were entered in the same way.
    """

    name: ClassVar[str] = "fraction"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"fraction": ("value", "percent"), "along": ("value", "percent")}

    fields: tuple[str, ...]
    most: Decimal
    along: tuple[str, ...] = ()

    def operands(self) -> tuple[str, ...]:
        """The percentages."""
        return (*self.fields, *self.along)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each percentage."""
        for paper in case.papers:
            own = [self._judge(case, spot, "fraction") for spot in case.spots(*self.fields) if spot.paper is paper]
            yield from own
            if any(isinstance(each, Fault) for each in own):
                yield from (self._judge(case, spot, "along") for spot in case.spots(*self.along) if spot.paper is paper)

    def _judge(self, case: Case, spot: Spot, kind: str) -> Judgement:
        found = figure(spot)
        if found is None:
            return Gap("not-a-number", {"field": case.phrase(spot)})
        if not 0 < found.number <= self.most:
            return FINE
        return Fault(kind, (spot,), {"value": f"{found.number:f}", "percent": f"{found.number.scaleb(2):f}"})
