"""Corrections offered for recognised text that is no value of its field: always a suggestion, never taken.

The recogniser takes characters for others of the same look. Where exactly one way of putting that right gives a value
the field accepts, it is worth showing to whoever holds the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from greenforms.codec import orgcode
from greenforms.codec.base import Codec, Problem
from greenforms.codec.choice import Choice
from greenforms.codec.region import Region, places
from greenforms.form.tree import Leaf
from greenforms.recognise.values import Read
from greenforms_extractors.folding import fold_code, fold_label, without_space

#: Letters that codes avoid for their look (GB 32100-2015, 4), with what they were taken for, and other twins.
_AVOIDED = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "Z": "2", "V": "Y"})
_TWINS = {"0": "QD", "Q": "0", "D": "0", "8": "B", "B": "8", "6": "G", "G": "6", "1": "7L", "7": "1", "L": "1"}
_DIGITS = str.maketrans("OoQDIl|BSZG", "00001118526")
_MOST_SLIPS = 1
#: Texts of fewer characters are too short to tell a slip from another word.
_SHORTEST = 3


def with_offers(leaf: Leaf, raw: str, read: Read) -> Read:
    """A recognised text as read, with a correction where a problem has none and only one is likely."""
    if not read.problems or any(problem.suggestion is not None for problem in read.problems):
        return read
    offer = _OFFERS.get(leaf.codec.name)
    suggestion = offer(leaf.codec, raw) if offer else None
    if suggestion is None:
        return read
    return replace(read, problems=(_offering(read.problems[0], suggestion), *read.problems[1:]))


def _offering(problem: Problem, suggestion: Any) -> Problem:
    remedy = f"识别可能有误，请对照原件，疑应为“{suggestion}”"
    return replace(problem, remedy=remedy, suggestion=suggestion)


def _as_code(_: Codec, raw: str) -> str | None:
    """The only code with the right check character among those that look like the text."""
    written = without_space(fold_code(raw)).replace("-", "")
    right = {code for code in _alike(written) if orgcode.is_valid(code)}
    return right.pop() if len(right) == 1 else None


def _alike(written: str) -> Iterator[str]:
    """The text without the letters that codes avoid, and the same with one more character exchanged for its twin."""
    plain = written.translate(_AVOIDED).upper()
    yield plain
    for place, sign in enumerate(plain):
        for twin in _TWINS.get(sign, ""):
            yield f"{plain[:place]}{twin}{plain[place + 1 :]}"


def _as_choice(codec: Codec, raw: str) -> str | None:
    assert isinstance(codec, Choice)
    words = {word: word for word in codec.choices} | dict(codec.aliases)
    near = _nearest(raw, list(words))
    return words[near] if near else None


def _as_place(codec: Codec, raw: str) -> str | None:
    assert isinstance(codec, Region)
    known = [place for place in places() if codec.province in (None, place.province)]
    near = _nearest(raw, [spelling for place in known for spelling in (place.name, *place.aliases)])
    return next((place.name for place in known if near in place.spellings), None) if near else None


def _nearest(raw: str, words: Sequence[str]) -> str | None:
    """The only word but one slip away from a text."""
    from rapidfuzz.distance import Levenshtein

    text = fold_label(raw)
    near = {
        word for word in words if len(word) >= _SHORTEST and Levenshtein.distance(text, fold_label(word)) <= _MOST_SLIPS
    }
    return near.pop() if len(near) == 1 else None


def _as_figures(codec: Codec, raw: str) -> Any:
    """What the text says when letters that look like digits are read as such."""
    figures = fold_code(raw).translate(_DIGITS)
    reading = codec.parse(figures)
    return reading.value if figures != fold_code(raw) and not reading.problems else None


_OFFERS: dict[str, Callable[[Codec, str], Any]] = {
    "orgcode": _as_code,
    "choice": _as_choice,
    "region": _as_place,
    **dict.fromkeys(("phone", "year", "date", "integer", "number", "percentage"), _as_figures),
}
