"""Nobody stands in a list more often than is allowed, such as a third party in the projects of a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.codec.blank import is_blank, is_null_sign
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class CountBy:
    """Each value occurs in all `fields` together at least `least` and at most `most` times.

    With `by` the values are counted for each value of that field of the same row, such as a year.
    """

    name: ClassVar[str] = "count-by"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "over": ("value", "count", "most", "over"),
        "under": ("value", "count", "least", "lacking"),
    }

    fields: tuple[str, ...]
    most: int | None = None
    least: int | None = None
    by: str | None = None

    def operands(self) -> tuple[str, ...]:
        """The columns counted, and what they are counted by."""
        return (*self.fields, *([self.by] if self.by else []))

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each value."""
        found: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        for spot in case.spots(*self.fields):
            if isinstance(spot.value, str) and not is_blank(spot.value) and not is_null_sign(spot.value):
                by = case.beside(spot, self.by) if self.by else None
                found[fold_label(spot.value), str(by.value) if by else ""].append(spot)
        for spots in found.values():
            yield self._judge(spots)

    def _judge(self, spots: list[Spot]) -> Judgement:
        count = len(spots)
        said = {"value": f"“{spots[0].value.strip()}”", "count": str(count)}
        if self.most is not None and count > self.most:
            over = {"most": str(self.most), "over": str(count - self.most)}
            return Fault("over", (*spots[self.most :], *spots[: self.most]), {**said, **over})
        if self.least is not None and count < self.least:
            under = {"least": str(self.least), "lacking": str(self.least - count)}
            return Fault("under", tuple(spots), {**said, **under})
        return FINE
