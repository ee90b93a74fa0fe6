"""Quantities whose unit the applicant chooses, such as 生产能力 or 年生产量."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from greenforms.codec import units
from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.figures import read_figure
from greenforms.codec.number import Number


@dataclass(frozen=True, slots=True)
class Quantity(Codec):
    """A number with its unit: ``{"value": 12.5, "unit": "万吨"}`` is printed 12.5万吨. The unit keeps its spelling."""

    name: ClassVar[str] = "quantity"
    json_types: ClassVar[frozenset[str]] = frozenset({"object"})
    members: ClassVar[tuple[str, ...]] = ("value", "unit")
    parts: ClassVar[Mapping[str, str]] = MappingProxyType({"value": "数值", "unit": "计量单位"})

    decimals: int | None = None

    def format(self, value: Any) -> str:
        """Print number and unit without a space between them."""
        return f"{self._number.format(value['value'])}{value['unit']}"

    def parse(self, text: str) -> Reading:
        """Read a number and its unit; an unknown unit is kept and reported."""
        if is_blank(text):
            return Reading(None)
        figure = read_figure(text)
        if figure.value is None:
            return Reading(None, (figure.problem,) if figure.problem else ())
        value = {"value": figure.value, "unit": figure.unit}
        return Reading(value, self.check(value))

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written, shown by examples."""
        return f"数字连同单位，如 {'、'.join(map(self.format, examples)) or '1.2万吨'}"

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report a missing or unknown unit and what is wrong with the number."""
        unit = value["unit"]
        problems = self._number.check(value["value"])
        if is_blank(unit):
            return (*problems, Problem(f"“{self._number.format(value['value'])}”没有写单位", "请在数字后写明计量单位"))
        if not units.is_unit(unit):
            return (*problems, Problem(f"不认识计量单位“{unit}”", "请核对单位，尽量使用法定计量单位"))
        return problems

    @property
    def _number(self) -> Number:
        return Number(decimals=self.decimals)
