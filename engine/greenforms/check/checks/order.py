"""One figure is not larger than another, such as 年生产量 and 生产能力."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import figure
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot
from greenforms.finding import Severity


@dataclass(frozen=True, slots=True)
class Order:
    """`smaller` ≤ `larger`, of the same thing: row by row where they have rows. Quantities are compared in one unit.

    With `strict` equal figures are a fault as well.

    A figure that is by its label one of a whole `period` (年) may be held against a rate such as 吨/年. With `rows`
    only those rows of a catalogue are looked at, by their ids.
    """

    name: ClassVar[str] = "order"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "larger": ("small", "large", "name"),
        "units": ("small", "large", "name"),
    }

    smaller: str
    larger: str
    period: str | None = None
    strict: bool = False
    rows: tuple[str, ...] = ()

    def operands(self) -> tuple[str, ...]:
        """Both figures."""
        return self.smaller, self.larger

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each pair of which both are filled."""
        for small in self._small(case):
            large = case.beside(small, self.larger)
            if large is not None:
                yield self._judge(case, small, large)

    def _small(self, case: Case) -> Iterator[Spot]:
        for each in case.spots(self.smaller):
            if not self.rows or not set(self.rows).isdisjoint(each.pointer.split("/")):
                yield each

    def _judge(self, case: Case, small: Spot, large: Spot) -> Judgement:
        name = case.title(large)
        one, other = figure(small), figure(large)
        if one is None or other is None:
            return Gap("not-both-numbers", {"field": case.phrase(small), "name": name})
        factor = self._factor(one.unit, other.unit)
        said = {"small": one.shown(other), "large": other.shown(one), "name": name}
        if factor is None:
            return Fault("units", (small, large), said, severity=Severity.ASK)
        left = one.number * factor
        fine = left < other.number if self.strict else left <= other.number
        return FINE if fine else Fault("larger", (small, large), said)

    def _factor(self, small: str, large: str) -> Decimal | None:
        """What turns a figure in the one unit into the other, None when nothing does."""
        from greenforms.codec.units import convert, is_unit, same_dimension, same_unit

        if same_unit(small, large):
            return Decimal(1)
        for unit in (small, *([f"{small}/{self.period}"] if self.period else [])):
            if same_unit(unit, large):
                return Decimal(1)
            if is_unit(unit) and is_unit(large) and same_dimension(unit, large):
                return convert(Decimal(1), unit, large)
        return None
