"""A text keeps within the number of 字 the form asks for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.phrases import phrase_of
from greenforms.check.pointers import label
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot
from greenforms.codec.blank import is_blank
from greenforms.codec.words import count_words


@dataclass(frozen=True, slots=True)
class Length:
    """`field` has `least` to `most` 字; `most_by` gives the maximum for each value of the field `by`."""

    name: ClassVar[str] = "length"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "long": ("count", "most", "over", "because"),
        "short": ("count", "least", "lacking"),
    }

    field: str
    least: int | None = None
    most: int | None = None
    by: str | None = None
    most_by: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse limits that depend on nothing."""
        if bool(self.by) != bool(self.most_by):
            raise ValueError("参数“by”和“most_by”应同时给出")

    def operands(self) -> tuple[str, ...]:
        """The text, and the field its limit depends on."""
        return (self.field, *([self.by] if self.by else []))

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each text; nothing is ever cut."""
        for spot in case.spots(self.field):
            most, because = self._most(case, spot)
            if not isinstance(spot.value, str) or is_blank(spot.value):
                continue
            if self.by and most is None:
                yield Gap("limit-unknown", {"name": label(spot.paper.form, self.by), "field": case.phrase(spot)})
            else:
                yield self._judge(spot, count_words(spot.value), most, because)

    def _most(self, case: Case, spot: Spot) -> tuple[int | None, str]:
        if self.by is None:
            return self.most, ""
        kind = case.beside(spot, self.by)
        if kind is None or not isinstance(kind.value, str):
            return None, ""
        return self.most_by.get(kind.value), phrase_of("of-kind", kind=kind.value)

    def _judge(self, spot: Spot, count: int, most: int | None, because: str) -> Judgement:
        if most is not None and count > most:
            said = {"count": str(count), "because": because, "most": str(most), "over": str(count - most)}
            return Fault("long", (spot,), said)
        if self.least is not None and count < self.least:
            said = {"count": str(count), "least": str(self.least), "lacking": str(self.least - count)}
            return Fault("short", (spot,), said)
        return FINE
