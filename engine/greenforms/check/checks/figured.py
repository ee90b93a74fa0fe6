"""A text that must prove something holds figures, and does not only praise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms.codec.blank import is_blank, is_null_sign

#: A figure with what it counts behind it: the numbering of paragraphs and bare years prove nothing.
_FIGURE = re.compile(r"\d+(?:[.．]\d+)?\s*(?![\d年月日号.．、）)])\S")


@dataclass(frozen=True, slots=True)
class Figured:
    """Each of `fields` that is filled holds at least one figure with a unit."""

    name: ClassVar[str] = "figured"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"bare": ()}

    fields: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """The texts."""
        return self.fields

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each text."""
        for spot in case.spots(*self.fields):
            if isinstance(spot.value, str) and not is_blank(spot.value) and not is_null_sign(spot.value):
                yield FINE if _FIGURE.search(spot.value) else Fault("bare", (spot,))
