"""A value is among those allowed, or none of those refused, such as 否 for a place on the list of the level below."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.sentence import shown
from greenforms.check.verdict import FINE, Fault, Judgement, Spot


@dataclass(frozen=True, slots=True)
class OneOf:
    """`field` is one of `allowed` and none of `refused`; `subject` is the name of what the row is about.

    With `where` only rows count in which each of its fields has one of its values.
    A value that is no possible choice is the value check's business: give `refused` where the choices are few.
    """

    name: ClassVar[str] = "one-of"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"unwanted": ("value", "subject", "allowed")}

    field: str
    allowed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    subject: str | None = None
    where: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    def operands(self) -> tuple[str, ...]:
        """The value, the name, and what the row must say."""
        return (self.field, *([self.subject] if self.subject else []), *self.where)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each place that is filled."""
        for spot in case.spots(self.field):
            if not self._meant(case, spot):
                continue
            if spot.value in self.refused or (self.allowed and spot.value not in self.allowed):
                yield self._fault(case, spot)
            else:
                yield FINE

    def _meant(self, case: Case, spot: Spot) -> bool:
        said = {operand: case.beside(spot, operand) for operand in self.where}
        return all(found is not None and found.value in self.where[operand] for operand, found in said.items())

    def _fault(self, case: Case, spot: Spot) -> Fault:
        subject = case.beside(spot, self.subject) if self.subject else None
        said = {"value": shown(spot.value), "allowed": "、".join(self.allowed)}
        said["subject"] = shown(subject.value if subject else None) if self.subject else ""
        return Fault("unwanted", (spot, *([subject] if subject else [])), said)
