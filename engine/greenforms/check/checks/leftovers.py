"""Nothing that another program left where it had nothing to fill in stands for an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.free_text import free_texts
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms.codec.leftover import leftover


@dataclass(frozen=True, slots=True)
class Leftovers:
    """No text of the form is or holds a template tag, an empty value of a program, an error value or a prompt."""

    name: ClassVar[str] = "leftovers"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"left": ("text",)}

    def operands(self) -> tuple[str, ...]:
        """None: every text of the form is looked at."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each text of the papers."""
        for spot, _ in free_texts(case):
            found = leftover(spot.value)
            yield FINE if found is None else Fault("left", (spot,), {"text": found.text})
