"""A value is a certain one, or the same as another's, such as a score in the table and in the conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import Figure, exact, figure
from greenforms.check.sentence import shown
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.fact.compare import scale
from greenforms.fact.precision import Agreement, agreement, printed
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class Equals:
    """`field` is `value`, or what `other` is of the same thing; numbers agree as printed figures do."""

    name: ClassVar[str] = "equals"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"differs": ("value", "wanted")}

    field: str
    value: str | Decimal | None = None
    other: str | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that compares with nothing, or with two things."""
        if (self.value is None) == (self.other is None):
            raise ValueError("参数“value”和“other”应给出其中一个")

    def operands(self) -> tuple[str, ...]:
        """What is compared."""
        return (self.field, *([self.other] if self.other else []))

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each place, where both are filled."""
        for spot in case.spots(self.field):
            other = case.beside(spot, self.other) if self.other else None
            if self.other is None:
                yield self._judge((spot,), _same(spot.value, self.value), self.value)
            elif other is not None:
                one, two = figure(spot), figure(other)
                same = _same(spot.value, other.value) if one is None or two is None else _agree(one, two)
                yield self._judge((spot, other), same, other.value)

    def _judge(self, spots: tuple[Spot, ...], same: bool, wanted: Any) -> Judgement:
        if same:
            return FINE
        return Fault("differs", spots, {"value": shown(spots[0].value), "wanted": shown(wanted)}, wanted)


def _same(one: Any, other: Any) -> bool:
    left, right = exact(one), exact(other)
    if left is not None and right is not None:
        return agreement(printed(left), printed(right)) is Agreement.EQUAL
    return fold_label(str(one)) == fold_label(str(other))


def _agree(one: Figure, other: Figure) -> bool:
    factor = scale(other.unit or None, one.unit or None)
    return (
        factor is not None and agreement(printed(one.number), printed(other.number).scaled(factor)) is Agreement.EQUAL
    )
