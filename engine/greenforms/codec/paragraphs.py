"""Text of several paragraphs, such as 工作方案 or 示范启示."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from greenforms.codec.base import Codec, Problem, Reading
from greenforms.codec.blank import is_blank
from greenforms.codec.printable import character_problems, show_controls
from greenforms_extractors.folding import fold_prose
from greenforms_extractors.match.flow import Flow


def read_paragraphs(text: str) -> str:
    """Fold text and give its paragraphs joined by line breaks.

    The indent people type with ideographic spaces is layout, as are blank lines: on paper they are space between
    paragraphs, which no printed page tells from any other space.
    """
    lines = fold_prose(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ").split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


@dataclass(frozen=True, slots=True)
class Paragraphs(Codec):
    """Running text; paragraphs are separated by one line break in the value and are real paragraphs on paper."""

    name: ClassVar[str] = "paragraphs"
    json_types: ClassVar[frozenset[str]] = frozenset({"string"})
    flow: ClassVar[Flow] = Flow.PARAGRAPHS
    free_text: ClassVar[bool] = True

    def format(self, value: Any) -> str:
        """Print the paragraphs; a control character is shown by its Unicode picture."""
        return show_controls(value, keep="\n")

    def parse(self, text: str) -> Reading:
        """Read paragraphs as typed or printed."""
        value = read_paragraphs(text)
        return Reading(None) if is_blank(value) else Reading(value, character_problems(value, keep="\n"))

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How it is written."""
        return "可分段，单元格内换行按 Alt+Enter"

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Report characters that are none and texts of nothing but white space and underscores."""
        if is_blank(value):
            return (Problem("填写的内容只有空白或横线", "请填写文字，不需要填写时删去这一项"),)
        return character_problems(value, keep="\n")
