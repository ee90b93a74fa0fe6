"""Characters taken for others of the same look, and words one slip away: how misread text may have been meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from greenforms.codec.base import Codec
from greenforms_extractors.folding import fold_code, fold_label

#: Letters that codes avoid for their look (GB 32100-2015, 4), with what they were taken for, and other twins.
_AVOIDED = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "Z": "2", "V": "Y"})
_TWINS = {"0": "QD", "Q": "0", "D": "0", "8": "B", "B": "8", "6": "G", "G": "6", "1": "7L", "7": "1", "L": "1"}
_DIGITS = str.maketrans("OoQDIl|BSZG", "00001118526")
_MOST_SLIPS = 1
#: Texts of fewer characters are too short to tell a slip from another word.
_SHORTEST = 3


def alike_codes(written: str) -> Iterator[str]:
    """The text without the letters that codes avoid, and the same with one more character exchanged for its twin."""
    plain = written.translate(_AVOIDED).upper()
    yield plain
    for place, sign in enumerate(plain):
        for twin in _TWINS.get(sign, ""):
            yield f"{plain[:place]}{twin}{plain[place + 1 :]}"


def nearest_word(text: str, words: Sequence[str]) -> str | None:
    """The only word but one slip away from a text."""
    from rapidfuzz.distance import Levenshtein

    key = fold_label(text)
    near = {
        word for word in words if len(word) >= _SHORTEST and Levenshtein.distance(key, fold_label(word)) <= _MOST_SLIPS
    }
    return near.pop() if len(near) == 1 else None


def read_as_figures(codec: Codec, text: str) -> Any:
    """What a codec reads when letters that look like digits are taken for these; None when that changes nothing."""
    figures = fold_code(text).translate(_DIGITS)
    reading = codec.parse(figures)
    return reading.value if figures != fold_code(text) and not reading.problems else None
