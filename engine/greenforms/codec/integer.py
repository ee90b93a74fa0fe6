"""Whole numbers: counts of firms, persons, copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.look_alikes import read_as_figures
from greenforms.codec.number import Number


@dataclass(frozen=True, slots=True)
class Integer(Codec):
    """A whole number in the unit that the form prints beside it."""

    name: ClassVar[str] = "integer"
    json_types: ClassVar[frozenset[str]] = frozenset({"integer"})
    figure: ClassVar[bool] = True
    whole: ClassVar[bool] = True

    unit: str | None = None

    def format(self, value: Any) -> str:
        """Print without thousands separators and without the unit."""
        return Number().format(value)

    def parse(self, text: str) -> Reading:
        """Read a whole number; 12.0 is one, 12.5 is not."""
        reading = Number(unit=self.unit).parse(text)
        if reading.value is None:
            return reading
        problems = self.check(reading.value)
        return Reading(None if problems else int(reading.value), reading.problems + problems)

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written."""
        return "填整数，不写单位"

    def likely(self, text: str) -> Any:
        """What the text says when letters that look like digits are read as such."""
        return read_as_figures(self, text)

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report fractions."""
        number = Decimal(value)
        if number.is_finite() and number == number.to_integral_value():
            return ()
        return (Problem(f"“{number:f}”不是整数", "请填写整数"),)
