"""A table of years is consecutive and ends with the year before the papers' own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import exact
from greenforms.check.phrases import phrase_of
from greenforms.check.pointers import node_at
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot
from greenforms.dossier.paper import Paper
from greenforms.form.tree import ABSENT, Rows, at

_YEAR = re.compile(r"[0-9]{4}(?=-|$)")


@dataclass(frozen=True, slots=True)
class Years:
    """The years of `rows` rise or fall one by one; the newest is the year of `date`, else of the check, + `offset`.

    How many years there must be is said by the schema (`minItems`); a year that has no row is named.
    """

    name: ClassVar[str] = "years"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "missing": ("missing", "years", "source", "first", "last", "count"),
        "order": ("years", "count"),
        "newest": ("newest", "years", "source", "first", "wanted"),
    }

    rows: str
    year: str
    date: str | None = None
    offset: int = -1

    def operands(self) -> tuple[str, ...]:
        """The year column and the date."""
        return (f"{self.rows}/*/{self.year}", *([self.date] if self.date else []))

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each paper's years."""
        for paper in case.papers:
            spots = [each for each in case.spots(f"{self.rows}/*/{self.year}") if each.paper is paper]
            if spots:
                yield self._judge(case, paper, spots)

    def _judge(self, case: Case, paper: Paper, spots: list[Spot]) -> Judgement:
        """The order of the years first; which years they are only when they are in order."""
        found = [exact(spot.value) for spot in spots]
        years = [int(year) for year in found if year is not None and year == year.to_integral_value()]
        if len(years) < len(found):
            return Gap("year-not-whole")
        if missing := self._missing(case, paper, years):
            return missing
        if len(years) > 1 and {later - earlier for earlier, later in pairwise(years)} not in ({1}, {-1}):
            return Fault("order", tuple(spots), {"years": _listed(years), "count": str(len(years))})
        return self._newest(case, paper, spots, years)

    def _missing(self, case: Case, paper: Paper, years: list[int]) -> Fault | None:
        """That years have no row, where the years there are tell which; None where all rows are there or it is open."""
        table = node_at(paper.root, self.rows)
        least = int(table.bounds.least or 0) if isinstance(table, Rows) else 0
        newest = self._wanted(case, paper)
        if newest is None and max(years) - min(years) == least - 1:
            newest = max(years)
        if newest is None or len(years) >= least or len(set(years)) < len(years):
            return None
        wanted = range(newest - least + 1, newest + 1)
        lacking = [year for year in wanted if year not in years]
        if len(lacking) + len(years) > least:
            return None
        said = {"missing": _listed(lacking), "years": _listed(years), "source": self._source(case, paper)}
        said |= {"first": str(wanted[0]), "last": str(wanted[-1]), "count": str(least)}
        return Fault("missing", (Spot(paper, self.rows),), said)

    def _wanted(self, case: Case, paper: Paper) -> int | None:
        """The newest year there should be."""
        base = _year_of(at(paper.data, self.date)) if self.date else None
        if base is None and case.day is not None:
            base = case.day.year
        return None if base is None else base + self.offset

    def _source(self, case: Case, paper: Paper) -> str:
        """Where the newest year is known from."""
        stated = _year_of(at(paper.data, self.date)) if self.date else None
        if stated is not None:
            return phrase_of("date-source", year=stated)
        return phrase_of("day-source", year=case.day.year) if case.day else ""

    def _newest(self, case: Case, paper: Paper, spots: list[Spot], years: list[int]) -> Judgement:
        wanted = self._wanted(case, paper)
        if wanted is None:
            return Gap("newest-unknown")
        if max(years) == wanted:
            return FINE
        said = {"newest": str(max(years)), "years": _listed(years), "source": self._source(case, paper)}
        said |= {"wanted": str(wanted), "first": str(wanted - len(years) + 1)}
        dated = self.date and at(paper.data, self.date) is not ABSENT
        return Fault("newest", (*spots, *([Spot(paper, self.date)] if self.date and dated else [])), said)


def _year_of(stated: Any) -> int | None:
    found = _YEAR.match(stated) if isinstance(stated, str) else None
    return int(found[0]) if found else None


def _listed(years: Iterable[int]) -> str:
    return "、".join(map(str, years))
