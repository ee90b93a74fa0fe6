"""Figures are of years in which their unit was there already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.days import first_day, shown_date
from greenforms.check.figures import figure
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot


@dataclass(frozen=True, slots=True)
class Since:
    """No figure of `figures` is of a year before that of `date`; a nought says that there was nothing."""

    name: ClassVar[str] = "since"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"early": ("date", "years")}

    date: str
    figures: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """The date and the figures."""
        return self.date, *self.figures

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each date that has figures in its paper."""
        for date in case.spots(self.date):
            if first_day(date.value) is None:
                yield Gap("not-a-date", {"field": case.phrase(date)})
            elif dated := [(_year(spot), spot) for spot in case.within(date, self.figures) if _year(spot)]:
                early = [(year, spot) for year, spot in dated if year < date.value[:4]]
                years = "、".join(f"{year}年" for year in sorted({year for year, _ in early}))
                said = {"date": shown_date(date.value), "years": years}
                yield Fault("early", (date, *(spot for _, spot in early)), said) if early else FINE


def _year(spot: Spot) -> str:
    """The year of a figure that says there was something; "" for any other."""
    found = figure(spot)
    return spot.fact.period if spot.fact is not None and found is not None and found.number else ""
