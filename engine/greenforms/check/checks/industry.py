"""An industry is of the sections that a kind of unit comes from, and its code has the name written beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.codec.industry import section_of, written_as


@dataclass(frozen=True, slots=True)
class Industry:
    """The industry `field` is of one of `sections` (GB/T 4754 letters); without them, its name is that of its code.

    `applications` are the kinds of unit that the rule is about; without them it is about every one.
    """

    name: ClassVar[str] = "industry"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "section": ("value", "section", "title"),
        "name": ("value", "name", "code"),
    }

    field: str
    sections: tuple[str, ...] = ()
    applications: tuple[str, ...] = ()

    def operands(self) -> tuple[str, ...]:
        """The industry."""
        return (self.field,)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each industry of the units in question that can be told."""
        for spot in case.spots(self.field):
            if isinstance(spot.value, str) and self._is_meant(spot):
                yield from self._of_section(spot, spot.value) if self.sections else _named(spot, spot.value)

    def _is_meant(self, spot: Spot) -> bool:
        return not self.applications or (spot.fact is not None and spot.fact.application in self.applications)

    def _of_section(self, spot: Spot, text: str) -> Iterator[Judgement]:
        found = section_of(text)
        if found is not None:
            letter, title = found
            said = {"value": text, "section": letter, "title": title}
            yield FINE if letter in self.sections else Fault("section", (spot,), said)


def _named(spot: Spot, text: str) -> Iterator[Judgement]:
    other = written_as(text)
    yield FINE if other is None else Fault("name", (spot,), {"value": text, "name": other.name, "code": other.code})
