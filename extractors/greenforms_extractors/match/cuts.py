"""Cuts a paragraph where a second label stands in it: `联系人：王工　　联系电话：…`, a heading that runs on.

Where a piece turns out to be no label after all, the pieces are put together again without a trace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from greenforms_extractors.folding import fold_label
from greenforms_extractors.match.spelling import REQUIRED, raw_pattern

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、")


class Cutter:
    """Knows the labels of one layout as patterns over raw text."""

    def __init__(self, labels: Iterable[str]) -> None:
        kinds: dict[str, list[str]] = {"bracketed": [], "numbered": [], "plain": []}
        for label in sorted({label for label in labels if len(fold_label(label)) > 1}, key=len, reverse=True):
            kinds[_kind(fold_label(label))].append(raw_pattern(label))
        self._pattern = _pattern(kinds)

    def pieces(self, text: str) -> Iterator[str]:
        """The text cut in front of each label that does not stand at its beginning."""
        start = 0
        for found in self._pattern.finditer(text) if self._pattern else ():
            place = found.end() - len(found[0].lstrip())
            if text[start:place].strip():
                yield text[start:place]
                start = place
        yield text[start:]


def _kind(key: str) -> str:
    if key.startswith("(") and key.endswith(")"):
        return "bracketed"
    return "numbered" if _NUMBERED.match(key) else "plain"


def _pattern(kinds: dict[str, list[str]]) -> re.Pattern[str] | None:
    """A label counts behind a gap or a line break with a colon after it, a numbered one also behind a sentence."""
    forms = {
        "bracketed": "{}",
        "numbered": r"(?:(?<=[。！？；])[ \t\u3000]*|\n\s*|[ \u3000]{{2,}}|\t\s*){}(?=\s*(?:[:：\n(（]|$))",
        "plain": rf"(?:\n\s*|[ \u3000]{{{{2,}}}}|\u3000|\t\s*)[{REQUIRED}]*{{}}(?=\s*[{REQUIRED}]*\s*[:：])",
    }
    parts = [forms[kind].format(f"(?:{'|'.join(labels)})") for kind, labels in kinds.items() if labels]
    return re.compile("|".join(parts)) if parts else None
