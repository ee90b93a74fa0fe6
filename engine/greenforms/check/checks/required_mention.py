"""IM24-FORM-REMARK: a text must speak of certain subjects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.verdict import FINE, Fault, Judgement, Paper
from greenforms.codec.blank import is_blank, is_null_sign
from greenforms_extractors.folding import without_space


@dataclass(frozen=True, slots=True)
class RequiredMention:
    """For each of `topics` one of its words occurs in `field`."""

    name: ClassVar[str] = "required-mention"

    field: str
    topics: Mapping[str, tuple[str, ...]]

    def patterns(self) -> tuple[str, ...]:
        """The text."""
        return (self.field,)

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each text that is one; a mere sign for 不适用 is another check's business."""
        for pointer, value in paper.spots(self.field):
            if isinstance(value, str) and not is_blank(value) and not is_null_sign(value):
                yield self._judge(pointer, without_space(value))

    def _judge(self, pointer: str, text: str) -> Judgement:
        lacking = [topic for topic, words in self.topics.items() if not any(word in text for word in words)]
        if not lacking:
            return FINE
        said = "、".join(f"“{topic}”" for topic in lacking)
        return Fault((pointer,), f"没有写明{said}", f"请补写{said}，没有的也要写明没有")
