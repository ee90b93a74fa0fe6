"""SF-38: a figure lies between two limits, such as a percentage between 0 and 100."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.figures import exact
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Paper


@dataclass(frozen=True, slots=True)
class Range:
    """Each of `fields` is at least `least` and at most `most`; a limit the schema sets already is left out."""

    name: ClassVar[str] = "range"

    fields: tuple[str, ...]
    least: int | None = None
    most: int | None = None

    def patterns(self) -> tuple[str, ...]:
        """The fields."""
        return self.fields

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each figure."""
        for pattern in self.fields:
            for pointer, value in paper.spots(pattern):
                number = exact(value)
                if number is None:
                    yield Gap(f"{paper.phrase(pointer)}不是数字")
                elif self.most is not None and number > self.most:
                    yield Fault(
                        (pointer,), f"填写的是{number:f}，大于{self.most}", "请核对数值；确实如此的，请附书面说明"
                    )
                elif self.least is not None and number < self.least:
                    yield Fault(
                        (pointer,), f"填写的是{number:f}，小于{self.least}", "请核对数值；确实如此的，请附书面说明"
                    )
                else:
                    yield FINE
