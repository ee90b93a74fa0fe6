"""Running text compared sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from greenforms_extractors.folding import fold_prose, without_space

#: A sentence ends behind its sign and the quotation marks or brackets that close with it, or with its paragraph.
_ENDS = re.compile(r"(?<=[。！？；])(?![”\u2019」』）])|(?<=[。！？；][”\u2019」』）])|\n+")
#: How alike, of 100, two sentences must be for one to be the other, reworded.
_ALIKE = 50


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence that is not as it was: `old` is "" for one that is new, `new` for one that is gone."""

    old: str
    new: str


def sentences(text: str) -> list[str]:
    """The sentences of a text in order, without space around them."""
    return [each.strip() for each in _ENDS.split(text) if each and each.strip()]


def reworded(old: str, new: str) -> tuple[Reworded, ...]:
    """The sentences that differ, in the order of the text; widths and white space do not count."""
    left, right = sentences(old), sentences(new)
    matcher = SequenceMatcher(None, [_folded(each) for each in left], [_folded(each) for each in right], autojunk=False)
    found = (
        each for kind, i1, i2, j1, j2 in matcher.get_opcodes() if kind != "equal"
        for each in _between(left[i1:i2], right[j1:j2])
    )  # fmt: skip
    return tuple(found)


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Reworded]:
    """The differences of a stretch in which no sentence stayed; what became of a sentence stands beside it."""
    from rapidfuzz import fuzz

    left = list(old)
    for sentence in new:
        near = next((each for each in left if fuzz.ratio(_folded(each), _folded(sentence)) >= _ALIKE), None)
        if near is None:
            yield Reworded("", sentence)
            continue
        while left[0] != near:
            yield Reworded(left.pop(0), "")
        yield Reworded(left.pop(0), sentence)
    yield from (Reworded(each, "") for each in left)


def _folded(sentence: str) -> str:
    return without_space(fold_prose(sentence))
