"""The years that a text names go with the paper's own: no project of a plan was over before the plan was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot

_MONTH = re.compile(r"(?<![0-9])((?:19|20|21|22)[0-9]{2})(?:\s*[年./-]\s*(1[0-2]|0?[1-9])(?![0-9]))?(?![0-9])")


@dataclass(frozen=True, slots=True)
class NamedYears:
    """The years named in `fields` are at most `before` years before the paper's and `after` behind it.

    The last one is not before the paper's, and they follow each other.
    """

    name: ClassVar[str] = "named-years"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "over": ("named", "year"),
        "early": ("named", "year"),
        "late": ("named", "year"),
        "order": ("first", "last"),
    }

    fields: tuple[str, ...]
    before: int
    after: int
    ordered: bool = True

    def operands(self) -> tuple[str, ...]:
        """The texts."""
        return self.fields

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each text that names a year."""
        for spot in case.spots(*self.fields):
            text = spot.value if isinstance(spot.value, str) else ""
            named = [(int(year), int(month or 0)) for year, month in _MONTH.findall(text)]
            if named:
                yield self._judge(case, spot, named)

    def _judge(self, case: Case, spot: Spot, named: list[tuple[int, int]]) -> Judgement:
        year = int(spot.paper.year) if spot.paper.year else case.day.year if case.day else None
        if year is None:
            return Gap("no-day")
        own = spot.paper.root.paper
        dated = case.at(spot.paper, own.date) if own is not None else None
        spots = (spot, *([dated] if dated is not None else []))
        years = [each for each, _ in named]
        wrong = {
            "over": max(years) < year,
            "early": min(years) < year - self.before,
            "late": max(years) > year + self.after,
        }
        for kind, holds in wrong.items():
            if holds:
                extreme = min(years) if kind == "early" else max(years)
                return Fault(kind, spots, {"named": str(extreme), "year": str(year)})
        if self.ordered and (pair := next((each for each in pairwise(named) if _turns_back(*each)), None)):
            return Fault("order", (spot,), {"first": _shown(pair[0]), "last": _shown(pair[1])})
        return FINE


def _turns_back(first: tuple[int, int], last: tuple[int, int]) -> bool:
    return last[0] < first[0] or (last[0] == first[0] and 0 < last[1] < first[1])


def _shown(month: tuple[int, int]) -> str:
    return f"{month[0]}年{month[1]}月" if month[1] else f"{month[0]}年"
