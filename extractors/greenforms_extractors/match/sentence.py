"""Sentences with slots in their midst: `经审核，共有{{ count }}家符合条件`."""

from __future__ import annotations

import re
from functools import lru_cache

from greenforms_extractors.match.layout import Slot
from greenforms_extractors.match.spelling import words_pattern

#: A sentence of a form is shorter than this; longer texts are not searched for the many ways to part them.
_LONGEST = 2000


def parted(pattern: tuple[str | Slot, ...], text: str) -> tuple[str, ...] | None:
    """What stands in the slots of a sentence, in order; None when a text is not that sentence."""
    return between(tuple(piece if isinstance(piece, str) else None for piece in pattern), text)


def between(words: tuple[str | None, ...], text: str) -> tuple[str, ...] | None:
    """What stands in a text where `words` has None, in order; None when the text does not say the other words."""
    if len(text) > _LONGEST:
        return None
    found = _regex(words).fullmatch(text)
    return found.groups() if found else None


@lru_cache(maxsize=512)
def _regex(pieces: tuple[str | None, ...]) -> re.Pattern[str]:
    parts = [r"(.*?)" if piece is None else _static(piece) for piece in pieces]
    return re.compile(rf"\s*{''.join(parts)}\s*", re.DOTALL)


def _static(text: str) -> str:
    return rf"\s*{words_pattern(text)}\s*" if text.strip() else r"\s*"


def bare(slot: Slot, text: str) -> str:
    """A slot's own text, without the fixed words around it in its cell."""
    for words, shape in ((slot.prefix, r"\s*{}"), (slot.suffix, r"{}\s*\Z")):
        if words and (found := re.compile(shape.format(words_pattern(words))).search(text)) is not None:
            if words is slot.prefix and found.start() == 0:
                text = text[found.end() :]
            elif words is slot.suffix:
                text = text[: found.start()]
    return text
