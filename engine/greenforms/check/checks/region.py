"""An address or a place lies in the province that the form's authority is of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.codec.region import Territory, territory


@dataclass(frozen=True, slots=True)
class Region:
    """The texts of `fields` begin with no other province than that of the edition's authority, nor a place of one.

    With `named` they are the name of one of its places, with or without what lies in that.
    """

    name: ClassVar[str] = "region"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "elsewhere": ("value", "place", "region"),
        "unknown": ("value", "region"),
    }

    fields: tuple[str, ...]
    named: bool = False

    def operands(self) -> tuple[str, ...]:
        """The texts."""
        return self.fields

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each text of a paper whose authority is of one province."""
        for spot in case.spots(*self.fields):
            within = territory(spot.paper.form.edition.region or "")
            if within is not None and isinstance(spot.value, str):
                yield self._judge(spot, spot.value, within)

    def _judge(self, spot: Spot, text: str, within: Territory) -> Judgement:
        elsewhere = within.elsewhere(text)
        if elsewhere is not None:
            return Fault("elsewhere", (spot,), {"value": text, "place": elsewhere, "region": within.name})
        if self.named and not within.holds(text):
            return Fault("unknown", (spot,), {"value": text, "region": within.name})
        return FINE
