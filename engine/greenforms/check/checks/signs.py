"""不适用 is said in one way, and no sign or 详见附件 stands where something must be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.free_text import free_texts
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.codec.blank import is_null_sign
from greenforms.form.tree import Leaf
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class Signs:
    """No text is a mere sign for 不适用 or one of `elsewhere` (详见附件); what may be 不适用 is null instead."""

    name: ClassVar[str] = "signs"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "elsewhere": ("text",),
        "mixed": ("text", "sign"),
        "empty": ("text",),
    }

    elsewhere: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """None: every text of the form is looked at."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each text of the papers."""
        for spot, leaf in free_texts(case):
            yield self._judge(spot, leaf, spot.value.strip())

    def _judge(self, spot: Spot, leaf: Leaf, text: str) -> Judgement:
        if fold_label(text) in self.elsewhere:
            return Fault("elsewhere", (spot,), {"text": text})
        if not text or not is_null_sign(text):
            return FINE
        if leaf.nullable:
            return Fault("mixed", (spot,), {"text": text, "sign": leaf.empty})
        return Fault("empty", (spot,), {"text": text})
