"""A figure that running text tells lies between two limits, such as a share of at most 100 %."""

from __future__ import annotations

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

    `pattern` and `unless` are regular expressions; a text whose sentence fits `unless` is not judged.
    """

    name: ClassVar[str] = "told-range"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"above": ("told", "most"), "below": ("told", "least")}

    pattern: str
    least: Decimal | None = None
    most: Decimal | None = None
    unless: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no regular expression, and a pattern without a figure."""
        if "figure" not in compiled(self.pattern).groupindex:
            raise ValueError("参数“pattern”里没有名为 figure 的一组")
        for each in self.unless:
            compiled(each)

    def operands(self) -> tuple[str, ...]:
        """None: every running text of the form is looked at."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each figure told."""
        for passage in passages(case, self.pattern, self.unless):
            told, number = passage.found[0], Decimal(passage.found["figure"])
            if self.most is not None and number > self.most:
                yield Fault("above", (passage.spot,), {"told": told, "most": f"{self.most:f}"})
            elif self.least is not None and number < self.least:
                yield Fault("below", (passage.spot,), {"told": told, "least": f"{self.least:f}"})
            else:
                yield FINE
