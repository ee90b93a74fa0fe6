"""A figure lies between two limits, such as a percentage between 0 and 100."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import figure
from greenforms.check.verdict import FINE, Fault, Gap, Judgement


@dataclass(frozen=True, slots=True)
class Range:
    """Each of `fields` is at least `least` and at most `most`; a limit the schema sets already is left out.

    With `exclusive` the limits themselves are outside: 超过50% does not include 50 %.
    """

    name: ClassVar[str] = "range"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"above": ("value", "most"), "below": ("value", "least")}

    fields: tuple[str, ...]
    least: Decimal | None = None
    most: Decimal | None = None
    exclusive: bool = False

    def operands(self) -> tuple[str, ...]:
        """The figures."""
        return self.fields

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each figure."""
        for spot in case.spots(*self.fields):
            found = figure(spot)
            if found is None:
                yield Gap("not-a-number", {"field": case.phrase(spot)})
            elif self.most is not None and self._beyond(found.number - self.most):
                yield Fault("above", (spot,), {"value": f"{found.number:f}", "most": f"{self.most:f}"})
            elif self.least is not None and self._beyond(self.least - found.number):
                yield Fault("below", (spot,), {"value": f"{found.number:f}", "least": f"{self.least:f}"})
            else:
                yield FINE

    def _beyond(self, by: Decimal) -> bool:
        return by > 0 or (self.exclusive and by == 0)
