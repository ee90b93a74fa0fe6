"""Shares of one whole are not more than the whole together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import figure
from greenforms.check.pointers import parent
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.form.tree import at
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class Together:
    """The figures of the column `field` are at most `most` together, without those of a row called as in `totals`."""

    name: ClassVar[str] = "together"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"above": ("terms", "result", "most")}

    field: str
    most: Decimal
    totals: tuple[str, ...] = ()

    def operands(self) -> tuple[str, ...]:
        """The column."""
        return (self.field,)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each column of several rows."""
        for _, column in groupby(case.spots(self.field), key=lambda spot: parent(parent(spot.pointer))):
            spots = [spot for spot in column if not self._is_total(spot) and figure(spot) is not None]
            if len(spots) > 1:
                yield self._judge(spots)

    def _is_total(self, spot: Spot) -> bool:
        row = at(spot.paper.data, parent(spot.pointer))
        texts = row.values() if isinstance(row, dict) else ()
        return any(isinstance(each, str) and fold_label(each) in self.totals for each in texts)

    def _judge(self, spots: Sequence[Spot]) -> Judgement:
        numbers = [found.number for spot in spots if (found := figure(spot)) is not None]
        result = sum(numbers, Decimal(0))
        if result <= self.most:
            return FINE
        said = {"terms": "＋".join(f"{each:f}" for each in numbers), "result": f"{result:f}", "most": f"{self.most:f}"}
        return Fault("above", tuple(spots), said)
