"""A figure does not jump from one year to the next without an explanation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import figure
from greenforms.check.verdict import FINE, Fault, Judgement, Spot


@dataclass(frozen=True, slots=True)
class Swing:
    """Each of `fields` lies at most `most` percent above or below what the same paper states of the year before."""

    name: ClassVar[str] = "swing"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "rise": ("value", "year", "before", "percent", "most"),
        "fall": ("value", "year", "before", "percent", "most"),
    }

    fields: tuple[str, ...]
    most: Decimal

    def operands(self) -> tuple[str, ...]:
        """The figures."""
        return self.fields

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each figure of which the year before is stated, too."""
        years: dict[tuple[object, ...], dict[int, Spot]] = defaultdict(dict)
        for spot in case.spots(*self.fields):
            if (fact := spot.fact) is not None and fact.period.isdecimal():
                key = (id(spot.paper), fact.fact, fact.subject, fact.item, fact.boundary, fact.unit)
                years[key].setdefault(int(fact.period), spot)
        for by_year in years.values():
            for year, spot in by_year.items():
                if (before := by_year.get(year - 1)) is not None:
                    yield from self._judge(year, spot, before)

    def _judge(self, year: int, spot: Spot, before: Spot) -> Iterator[Judgement]:
        now, then = figure(spot), figure(before)
        if now is None or then is None or then.number <= 0:
            return
        change = (now.number - then.number) / then.number * 100
        if abs(change) <= self.most:
            yield FINE
            return
        said = {
            "value": f"{now.number:f}",
            "year": str(year - 1),
            "before": f"{then.number:f}",
            "percent": f"{abs(change):.0f}",
            "most": f"{self.most:f}",
        }
        yield Fault("rise" if change > 0 else "fall", (spot, before), said)
