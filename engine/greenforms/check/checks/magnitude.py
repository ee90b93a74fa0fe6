"""A figure of a column is not 10, 100, 1000 or 10000 times its neighbours, such as one of three years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import figure
from greenforms.check.verdict import FINE, Fault, Judgement, Spot

#: Fewer neighbours say nothing of what is usual.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Magnitude:
    """Each figure of a column of `fields`, times or by ten to one of `powers`, does not fit in among the others.

    The others lie within `spread` times the least of them, and the shifted figure fits in where it lies within
    `spread` of them. A figure that is as they are already is right.
    """

    name: ClassVar[str] = "magnitude"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "large": ("value", "times", "others"),
        "small": ("value", "times", "others"),
    }

    fields: tuple[str, ...]
    powers: tuple[int, ...]
    spread: Decimal

    def operands(self) -> tuple[str, ...]:
        """The columns."""
        return self.fields

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each figure that has neighbours."""
        for field in self.fields:
            for _, column in groupby(case.spots(field), key=_column):
                spots = [spot for spot in column if (found := figure(spot)) is not None and found.number > 0]
                if len(spots) > _FEWEST:
                    yield from (self._judge(spot, [each for each in spots if each is not spot]) for spot in spots)

    def _judge(self, spot: Spot, neighbours: Sequence[Spot]) -> Judgement:
        number, *others = (found.number for each in (spot, *neighbours) if (found := figure(each)) is not None)
        least, most = min(others), max(others)
        if most > least * self.spread or least / self.spread <= number <= most * self.spread:
            return FINE
        for power in self.powers:
            for kind, shifted in (("large", number.scaleb(-power)), ("small", number.scaleb(power))):
                if least / self.spread <= shifted <= most * self.spread:
                    shown = "、".join(f"{each:f}" for each in others)
                    said = {"value": f"{number:f}", "times": f"{10**power}", "others": shown}
                    return Fault(kind, (spot, *neighbours), said)
        return FINE


def _column(spot: Spot) -> tuple[str, str]:
    """The paper and the field of a figure, whatever its row."""
    return spot.paper.document, spot.leaf.pattern if spot.leaf else ""
