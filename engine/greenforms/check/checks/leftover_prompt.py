"""SF-60: what the blank prints for the writer's guidance is gone from the filled form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.verdict import FINE, Fault, Judgement, Paper
from greenforms.form.tree import Leaf, values
from greenforms_extractors.folding import fold_label

_HINT = re.compile(r"\([^()]{4,}\)")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class LeftoverPrompt:
    """No text of the form holds what its blank prints there, a hint in brackets from it, or one of `placeholders`.

    `placeholders` are regular expressions.
    """

    name: ClassVar[str] = "leftover-prompt"

    placeholders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no regular expression."""
        for placeholder in self.placeholders:
            try:
                re.compile(placeholder)
            except re.error as error:
                raise ValueError(f"“{placeholder}”不是正则表达式") from error

    def patterns(self) -> tuple[str, ...]:
        """None: every text of the form is looked at."""
        return ()

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each free text of the form; other fields refuse a prompt as a wrong value."""
        for value in values(paper.root, paper.data):
            if isinstance(value.value, str) and value.leaf.codec.free_text:
                yield self._judge(value.pointer, value.leaf, value.value)

    def _judge(self, pointer: str, leaf: Leaf, text: str) -> Judgement:
        prompt = self._prompt(leaf, text)
        if prompt is None:
            return FINE
        return Fault((pointer,), f"留有空白表的提示文字或占位符“{prompt}”", f"请删去“{prompt}”，填写实际内容")

    def _prompt(self, leaf: Leaf, text: str) -> str | None:
        folded, blank = fold_label(text), fold_label(leaf.blank)
        if len(blank) >= _SHORTEST and blank in folded:
            return leaf.blank
        for hint in _HINT.findall(blank):
            if hint in folded:
                return str(hint)
        found = (re.search(placeholder, text) for placeholder in self.placeholders)
        return next((match[0].strip() for match in found if match), None)
