"""What the characters of a PDF page say of themselves: whether they have a meaning, and whether they read as a paper.

What raises doubt is cheap to see: characters without a meaning, letters that no Chinese paper has, letters too broad
for what they are said to be, and text without any of the words that every paper of this kind is full of, as where a
font's table of characters (ToUnicode, ISO 32000-1, 9.10.3) is another font's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from greenforms_extractors.pdf.words import COMMON_WORDS
from greenforms_extractors.text_lines import Box

#: A character as pdfplumber describes it.
Char = Mapping[str, Any]
#: Where the seen part of a page begins, from the left and from the top.
Corner = tuple[float, float]

#: Controls, unassigned, private and half characters.
_NO_CHARACTER = frozenset({"Cc", "Cn", "Co", "Cs"})
#: Characters without a meaning may be bullets where they stand alone and are fewer; so may signs of symbol fonts.
_TOO_MANY_LOST = 0.1
_MANY_SIGNS = 15
#: Different pairs of neighbours needed to judge by words, and the share that are words: at least 0.037 in 415 fonts of
#: printed forms, below 0.03 in 98 of 100 fonts whose characters were exchanged for each other.
_ENOUGH_PAIRS, _WORDS = 20, 0.03
_FOREIGN = 0.15
_ENOUGH_LETTERS, _LATIN_PAGE = 5, 40
_BROAD, _BROAD_LETTERS = 0.9, "WMmw"
_SHORTEST, _LONGEST = 3, 20


def has_meaning(text: str) -> bool:
    """Whether a character as the PDF gives it says what it is; signs of symbol fonts (F000 to F0FF) count as such."""
    return not text.startswith("(cid:") and all(
        sign.isspace()
        or "\uf000" <= sign <= "\uf0ff"
        or (sign != "\ufffd" and unicodedata.category(sign) not in _NO_CHARACTER)
        for sign in text
    )


def lost(chars: Sequence[Char]) -> list[Char]:
    """The characters without a meaning, if they are too many or too close together to be bullets."""
    without = [not has_meaning(char["text"]) for char in chars]
    signs = {char["text"] for char in chars if "\uf000" <= char["text"][:1] <= "\uf0ff"}
    if len(signs) > _MANY_SIGNS:
        return [char for char in chars if char["text"] in signs]
    together = any(first and second for first, second in pairwise(without))
    if not together and sum(without) < _TOO_MANY_LOST * len(chars):
        return []
    return [char for char, is_lost in zip(chars, without, strict=True) if is_lost]


def is_upright(char: Char) -> bool:
    """Whether a character runs along the page, not up or down it nor upside down."""
    across, down = char["matrix"][:2]
    return bool(across > abs(down))


def by_font(chars: Sequence[Char]) -> dict[str, list[Char]]:
    """The characters of each font, by its name."""
    found: dict[str, list[Char]] = {}
    for char in chars:
        found.setdefault(char["fontname"], []).append(char)
    return found


def strange_fonts(chars: Sequence[Char]) -> frozenset[str]:
    """The names of the fonts whose text may be wrong, judged by itself."""
    texts = by_font(chars)
    if _is_latin(chars):
        return frozenset(texts)
    neighbours = _neighbours(chars)
    return frozenset(
        font
        for font, own in texts.items()
        if _is_foreign(own) or _is_broad(own) or _is_wordless(neighbours.get(font, set()))
    )


def stretches(chars: Sequence[Char], origin: Corner) -> Iterator[tuple[str, Box]]:
    """Characters drawn side by side, with the box around them and its margin."""
    group: list[Char] = []
    for char in [*chars, None]:
        if group and (char is None or len(group) == _LONGEST or not _follows(group[-1], char)):
            if len(group) >= _SHORTEST:
                yield "".join(each["text"] for each in group), _around(group, origin)
            group = []
        if char is not None:
            group.append(char)


def _follows(last: Char, char: Char) -> bool:
    size = last["size"]
    return bool(abs(char["top"] - last["top"]) < 0.3 * size and -0.3 * size < char["x0"] - last["x1"] < 0.5 * size)


def _around(group: Sequence[Char], origin: Corner) -> Box:
    left, top, right, bottom = zip(*(box_of(char, origin) for char in group), strict=True)
    margin = 0.15 * (max(bottom) - min(top))
    return min(left) - margin, min(top) - margin, max(right) + margin, max(bottom) + margin


def box_of(char: Char, origin: Corner) -> Box:
    """The box of a character in points from the corner."""
    left, top = origin
    return char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top


def _is_latin(chars: Sequence[Char]) -> bool:
    letters = sum(char["text"].isascii() and char["text"].isalpha() for char in chars)
    return letters > _LATIN_PAGE and not any(_is_han(char["text"]) for char in chars)


def _is_foreign(chars: Sequence[Char]) -> bool:
    """Whether many letters are neither Latin nor in GB/T 2312."""
    foreign = sum(any(sign.isalpha() and not _is_domestic(sign) for sign in _plain(char["text"])) for char in chars)
    return foreign >= _ENOUGH_LETTERS and foreign > _FOREIGN * len(chars)


def _is_broad(chars: Sequence[Char]) -> bool:
    """Whether Latin letters and figures are as broad as they are tall: Chinese characters under false names."""
    latin = [char for char in chars if _is_latin_sign(char["text"])]
    # As broad as they are on the page: the advance that the file states is in units of its text.
    broad = sum(char["x1"] - char["x0"] > _BROAD * char["size"] for char in latin)
    return len(latin) >= _ENOUGH_LETTERS and 3 * broad > len(latin)


def _is_latin_sign(text: str) -> bool:
    return text.isascii() and text.isalnum() and text not in _BROAD_LETTERS


def _is_wordless(pairs: set[str]) -> bool:
    return len(pairs) >= _ENOUGH_PAIRS and len(pairs & COMMON_WORDS) < _WORDS * len(pairs)


def _neighbours(chars: Sequence[Char]) -> dict[str, set[str]]:
    """For each font the different pairs of Chinese characters drawn one after the other, one of them in this font."""
    found: dict[str, set[str]] = {}
    for first, second in pairwise(chars):
        if _is_han(first["text"]) and _is_han(second["text"]):
            pair = _plain(first["text"] + second["text"])
            for char in (first, second):
                found.setdefault(char["fontname"], set()).add(pair)
    return found


def _plain(text: str) -> str:
    """Full widths and radicals as ordinary characters."""
    return unicodedata.normalize("NFKC", text)


def _is_han(text: str) -> bool:
    return "\u4e00" <= _plain(text) <= "\u9fff"


def _is_domestic(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
