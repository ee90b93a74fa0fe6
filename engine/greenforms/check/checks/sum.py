"""A total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import Figure, figure, judged_sum
from greenforms.check.verdict import Gap, Judgement
from greenforms.fact.compare import scale


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is the sum of the `parts` that are filled, all in one unit.

    Whole numbers of things that were counted add up exactly, others within half a unit of their last printed places.
    Of a part that is a column all rows are added, within the row of the total if it lies in one.
    """

    name: ClassVar[str] = "sum"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"off": ("total", "terms", "result", "gap", "allowance")}

    total: str
    parts: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """All figures."""
        return self.total, *self.parts

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each total that has parts."""
        for total in case.spots(self.total):
            parts = list(case.within(total, self.parts))
            stated = figure(total)
            figures = [found for part in parts if (found := figure(part)) is not None and _alike(found, stated)]
            if stated is None or len(figures) < len(parts):
                yield Gap("no-addends", {"field": case.phrase(total)})
            elif figures:
                yield judged_sum(total, stated, figures)


def _alike(part: Figure, total: Figure | None) -> bool:
    """Whether two figures are in one unit: an amount converted is not the amount printed."""
    return total is not None and scale(part.unit or None, total.unit or None) == 1
