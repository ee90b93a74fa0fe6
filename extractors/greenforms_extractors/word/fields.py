"""Fields of a Word document that show something without a result of their own (ECMA-376 part 1, clause 17.16).

Word works some fields out whenever it draws them, such as a character in a circle (EQ), and stores no result for them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.markup import W, is_on, number
from greenforms_extractors.word.symbols import is_character, symbol

#: Word itself nests fields no deeper than 20.
_DEEPEST = 64
_OVERLAY = re.compile(r"EQ\s*\\o(?:\s*\\a[clrd]?)*\s*\(([^()]+)[,，;；]([^()]+)\)\s*", re.IGNORECASE)
_SYMBOL = re.compile(r"SYMBOL\s+(0x[0-9a-f]{1,6}|[0-9]{1,7})\b(.*)", re.IGNORECASE)
_FONT = re.compile(r"\\f\s*\"?([^\"\\]+)")
#: Fields that show a value once they are worked out, so that without a result something is lacking.
_VALUES = re.compile(
    r"(?:EQ|MERGEFIELD|REF|DATE|TIME|DOCPROPERTY|DOCVARIABLE|QUOTE|IF|SYMBOL|=)(?![A-Z])", re.IGNORECASE
)
_FRAMES = "○〇◯Oo\uff2f□◇△口"
_TICKS, _CROSSES = "√✓✔", "×✕✗"
#: Figures and letters in a circle, by what is inside.
_CIRCLED = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in (*range(0x24B6, 0x24EA), *range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))
}


@dataclass(slots=True)
class Field:
    """A field while it is read: its instruction first, then its result; `shown` when the result says anything."""

    state: Literal["code", "result"] = "code"
    instruction: list[str] = field(default_factory=list)
    shown: bool = False


class Fields:
    """The fields that are open, each inside the one before; they run on from one paragraph to the next."""

    def __init__(self) -> None:
        # What is broken off must not pile up.
        self._open: deque[Field] = deque(maxlen=_DEEPEST)

    @property
    def in_code(self) -> bool:
        """Whether what comes next belongs to an instruction and is not shown."""
        return any(field.state == "code" for field in self._open)

    def begin(self, instruction: str | None = None, *, shown: bool = False) -> None:
        """Open a field; one whose `instruction` is known goes on with its result."""
        self._open.append(Field(shown=shown) if instruction is None else Field("result", [instruction]))

    def instruct(self, text: str) -> None:
        """Take a piece of an instruction."""
        if self._open and self._open[-1].state == "code":
            self._open[-1].instruction.append(text)

    def separate(self) -> None:
        """The instruction ends, the result begins."""
        if self._open:
            self._open[-1].state = "result"

    def show(self) -> None:
        """Note that the open fields show something."""
        for each in self._open:
            each.shown = True

    def end(self) -> str | None:
        """Close a field; what it shows besides its result, None if that cannot be told."""
        ended = self._open.pop() if self._open else Field(shown=True)
        return "" if ended.shown or self.in_code else worked_out("".join(ended.instruction))

    def drop_broken(self) -> None:
        """Forget instructions that did not end; they must not hide the rest of the document."""
        if self.in_code:
            self._open = deque((each for each in self._open if each.state == "result"), _DEEPEST)


def worked_out(instruction: str) -> str | None:
    """What a field without a result shows; empty for one that shows nothing, None for what cannot be told."""
    text = instruction.strip()
    if (found := _OVERLAY.fullmatch(text)) is not None:
        return _enclosed(found[1].strip(), found[2].strip())
    if (found := _SYMBOL.fullmatch(text)) is not None:
        font = _FONT.search(found[2])
        code = int(found[1], 0) if found[1][:2] in {"0x", "0X"} else int(found[1])
        return symbol(font[1].strip() if font else "", code) if is_character(code) else None
    return None if _VALUES.match(text) else ""


def _enclosed(one: str, other: str) -> str | None:
    """A character in a frame: ① for a figure, else ☑ before it, for people circle what they choose."""
    frame, content = (one, other) if one in _FRAMES else (other, one)
    if frame not in _FRAMES or len(frame) != 1:
        return None
    if content in _TICKS:
        return "☑"
    if content in _CROSSES:
        return "☒"
    return _CIRCLED.get(content, f"☑{content}")


def form_field(node: Element) -> str | None:
    """What a legacy check box or drop-down (clause 17.16.7, 17.16.9) shows: it has no result text of its own."""
    box = node.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        marked = W + "checked" if box.find(W + "checked") is not None else W + "default"
        return "☑" if is_on(box, marked) else "□"
    choices = node.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return None
    entries = [entry.get(W + "val", "") for entry in choices.iterfind(W + "listEntry")]
    chosen = number(choices, W + "result", number(choices, W + "default"))
    return entries[chosen] if 0 <= chosen < len(entries) else ""
