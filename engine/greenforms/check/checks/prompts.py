"""What the blank prints for the writer's guidance is gone from the filled form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.free_text import free_texts
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms.form.tree import Leaf
from greenforms_extractors.folding import fold_label

_HINT = re.compile(r"\([^()]{4,}\)")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Prompts:
    """No text of the form holds what its blank prints there, a hint in brackets from it, or one of `placeholders`.

    `placeholders` are regular expressions.
    """

    name: ClassVar[str] = "prompts"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"left": ("prompt",)}

    placeholders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no regular expression."""
        for placeholder in self.placeholders:
            try:
                re.compile(placeholder)
            except re.error as error:
                raise ValueError(f"“{placeholder}”不是正则表达式") from error

    def operands(self) -> tuple[str, ...]:
        """None: every text of the form is looked at."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each text of the papers."""
        for spot, leaf in free_texts(case):
            prompt = self._prompt(leaf, spot.value)
            yield FINE if prompt is None else Fault("left", (spot,), {"prompt": prompt})

    def _prompt(self, leaf: Leaf, text: str) -> str | None:
        folded, blank = fold_label(text), fold_label(leaf.blank)
        if len(blank) >= _SHORTEST and blank in folded:
            return leaf.blank
        for hint in _HINT.findall(blank):
            if hint in folded:
                return str(hint)
        found = (re.search(placeholder, text) for placeholder in self.placeholders)
        return next((match[0].strip() for match in found if match), None)
