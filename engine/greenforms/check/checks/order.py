"""SF-38: one figure is not larger than another, such as 年生产量 and 生产能力."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from greenforms.check.figures import exact
from greenforms.check.pointers import same_row
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Paper
from greenforms.finding import Severity
from greenforms.form.tree import ABSENT, at


@dataclass(frozen=True, slots=True)
class Order:
    """`smaller` ≤ `larger`, row by row where they have rows. Quantities are compared in one unit.

    A figure that is by its label one of a whole `period` (年) may be held against a rate such as 吨/年.
    """

    name: ClassVar[str] = "order"

    smaller: str
    larger: str
    period: str | None = None

    def patterns(self) -> tuple[str, ...]:
        """Both fields."""
        return self.smaller, self.larger

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each pair of which both are filled."""
        for pointer, small in paper.spots(self.smaller):
            other = same_row(self.larger, pointer)
            large = at(paper.data, other)
            if large is not ABSENT and large is not None:
                yield self._judge(paper, (pointer, other), _figure(small), _figure(large))

    def _judge(
        self, paper: Paper, pointers: tuple[str, str], small: _Figure | None, large: _Figure | None
    ) -> Judgement:
        name = paper.title(pointers[1])
        if small is None or large is None:
            return Gap(f"{paper.phrase(pointers[0])}和“{name}”有一个不是数字")
        factor = self._factor(small.unit, large.unit)
        if factor is None:
            what = f"填写的是{small}，“{name}”填写的是{large}，单位不同，无法比较大小"
            return Fault(pointers, what, "请人工核对，并尽量使用同一种单位", severity=Severity.ASK)
        if small.number * factor <= large.number:
            return FINE
        return Fault(pointers, f"填写的是{small}，大于“{name}”{large}", f"请核对这两个数及其单位，“{name}”应不小于本栏")

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


@dataclass(frozen=True, slots=True)
class _Figure:
    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.number:f}{self.unit}"


def _figure(value: Any) -> _Figure | None:
    unit = ""
    if isinstance(value, dict):
        value, unit = value.get("value"), value.get("unit")
    number = exact(value)
    return _Figure(number, unit) if number is not None and isinstance(unit, str) else None
