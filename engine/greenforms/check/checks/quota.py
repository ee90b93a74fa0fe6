"""A list is no longer than a share of a number, such as the factories that a city may put forward."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import figure
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot


@dataclass(frozen=True, slots=True)
class Quota:
    """`rows` has no more rows than `most` times `base`, a part of one not being one: 40 % of 18 are 7."""

    name: ClassVar[str] = "quota"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"over": ("count", "base", "percent", "limit", "over")}

    rows: str
    base: str
    most: Decimal

    def operands(self) -> tuple[str, ...]:
        """The list and the number."""
        return self.rows, self.base

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each list beside whose paper's number it can be held."""
        for rows in case.spots(self.rows):
            base = case.beside(rows, self.base)
            if base is not None and isinstance(rows.value, list):
                yield self._judge(case, rows, base, len(rows.value))

    def _judge(self, case: Case, rows: Spot, base: Spot, count: int) -> Judgement:
        found = figure(base)
        if found is None:
            return Gap("not-a-number", {"field": case.phrase(base)})
        limit = int((found.number * self.most).to_integral_value(ROUND_FLOOR))
        if count <= limit:
            return FINE
        percent = f"{(self.most * 100).normalize():f}"
        said = {"count": str(count), "base": f"{found.number:f}", "percent": percent, "limit": str(limit)}
        return Fault("over", (rows, base), {**said, "over": str(count - limit)})
