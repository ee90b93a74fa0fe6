"""A value is another than the one beside it, such as a name after its change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.sentence import shown
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class Differs:
    """`field` is not what `other` is of the same thing; widths, spaces and brackets make no difference."""

    name: ClassVar[str] = "differs"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"same": ("value", "name")}

    field: str
    other: str

    def operands(self) -> tuple[str, ...]:
        """What is compared."""
        return self.field, self.other

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each place, where both are filled."""
        for spot in case.spots(self.field):
            other = case.beside(spot, self.other)
            if other is None:
                continue
            if fold_label(str(spot.value)) != fold_label(str(other.value)):
                yield FINE
            else:
                yield Fault("same", (spot, other), {"value": shown(spot.value), "name": case.title(other)})
