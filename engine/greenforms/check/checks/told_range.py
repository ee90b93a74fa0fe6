"""A figure that running text tells lies between two limits, such as a share of at most 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.passages import compiled, passages
from greenforms.check.verdict import FINE, Fault, Judgement


@dataclass(frozen=True, slots=True)
class ToldRange:
    """Where a text fits `pattern`, its group `figure` is at least `least` and at most `most`.

    With a group `whole` the figure's share of that in % is judged. `pattern` and `unless` are regular expressions; a
    text whose sentence fits `unless` is not judged. Every running text is looked at, or `fields`.
    """

    name: ClassVar[str] = "told-range"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"above": ("told", "most"), "below": ("told", "least")}

    pattern: str
    least: Decimal | None = None
    most: Decimal | None = None
    unless: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no regular expression, and a pattern without a figure."""
        if "figure" not in compiled(self.pattern).groupindex:
            raise ValueError("参数“pattern”里没有名为 figure 的一组")
        for each in self.unless:
            compiled(each)

    def operands(self) -> tuple[str, ...]:
        """The texts, where not every running text of the form is looked at."""
        return self.fields

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each figure told."""
        for passage in passages(case, self.pattern, self.unless, self.fields):
            told, number = passage.found[0], _figure(passage.found)
            if number is None:
                continue
            if self.most is not None and number > self.most:
                yield Fault("above", (passage.spot,), {"told": told, "most": f"{self.most:f}"})
            elif self.least is not None and number < self.least:
                yield Fault("below", (passage.spot,), {"told": told, "least": f"{self.least:f}"})
            else:
                yield FINE


def _figure(found: re.Match[str]) -> Decimal | None:
    """The figure told, or its share of the whole in %; None of a whole that is nothing."""
    figure, whole = Decimal(found["figure"]), found.groupdict().get("whole")
    if whole is None:
        return figure
    return figure / Decimal(whole) * 100 if Decimal(whole) else None
