"""A total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import figure, judged_sum
from greenforms.check.verdict import Gap, Judgement


@dataclass(frozen=True, slots=True)
class Sum:
    """`total` is the sum of the `parts` that are filled. A part with rows below the total's adds up all of them."""

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
            rows = [step for step in total.pointer.split("/") if step.isdecimal()]
            parts = [
                part
                for part in case.spots(*self.parts)
                if part.paper is total.paper
                and [each for each in part.pointer.split("/") if each.isdecimal()][: len(rows)] == rows
            ]
            figures = [found.number for part in parts if (found := figure(part)) is not None]
            stated = figure(total)
            if stated is None or len(figures) < len(parts):
                yield Gap("no-addends", {"field": case.phrase(total)})
            elif figures:
                yield judged_sum(total, stated.number, figures)
