"""Settles by what Chinese papers say what the recogniser saw uncertainly: points after ideographs, stock words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from greenforms_extractors.scan.components import blobs
from greenforms_extractors.scan.line_crops import Ink
from greenforms_extractors.scan.ocr import Char, Recognised

#: What no ideograph is followed by, and what it may be followed by instead; a speck has at most this share of the
#: line's height.
_POINTS, _STOPS = frozenset(".．'`\u2018\u2019"), frozenset("。，、")
_SPECK = 0.2
#: What dust that looks like a point stands behind; so near the beginning it may be that of a number in front.
_FIGURES, _NUMBERED = frozenset("0123456789%)）]】"), 3
#: How probable signs are, at the least, that are no dust; and what no line begins with (GB/T 15834, 5.1).
_DUST = {".": 0.95, "．": 0.95, "。": 0.95, "、": 0.95, "·": 0.95, "，": 0.7, ",": 0.7}
_NO_BEGINNING = _POINTS | frozenset(_DUST)
#: A speck over a comma makes a semicolon, which must be this many times as probable.
_SEMICOLONS, _COMMAS, _SPECKED = "；;", "，,", 30.0
#: How far a sign reaches to either side of its middle, as a share of the line's height.
_REACH = 0.2
#: How likely the character that completes a stock word must be, at the least, as the runner-up.
_LEAST = 0.003


def plausible(line: Recognised, ink: Ink, margin: int, words: tuple[str, ...], *, noisy: bool) -> Recognised:
    """The line with its points and stock words settled. `ink` and `margin` as for with_marks; `noisy` the page is."""
    if noisy:
        line = Recognised(tuple(_without_dust(line.chars)))
    return _with_words(_with_points(line, ink, margin), words)


def _without_dust(chars: Sequence[Char]) -> Iterator[Char]:
    """The characters of a page strewn with dust without those that are dust."""
    for place, char in enumerate(chars):
        if char.text in _SEMICOLONS and char.other in _COMMAS and char.probability < _SPECKED * char.other_probability:
            yield Char(char.other, char.other_probability, char.middle, char.text, char.probability)
        elif not _is_dust(chars, place):
            yield char


def _is_dust(chars: Sequence[Char], place: int) -> bool:
    """Whether a point or stop begins a line, or is doubtful; behind a figure it is one that ends or is before an
    ideograph, unless it is that of a number in front.
    """
    char, behind = chars[place], chars[place + 1 : place + 2]
    if place == 0:
        return char.text in _NO_BEGINNING and len(chars) > 1
    if char.text == "." and chars[place - 1].text in _FIGURES:
        return place >= _NUMBERED and all(_is_ideograph(each) for each in behind)
    return char.probability < _DUST.get(char.text, 0.0)


def _with_points(line: Recognised, ink: Ink, margin: int) -> Recognised:
    """A narrow point between ideographs, or behind the last, is a stop that ran together, or dust."""
    if not any(char.text in _POINTS for char in line.chars):
        return line
    kept = []
    for number, char in enumerate(line.chars):
        before, behind = line.chars[max(0, number - 1) : number], line.chars[number + 1 : number + 2]
        alone = before and _is_ideograph(before[0]) and all(_is_ideograph(each) for each in behind)
        if char.text not in _POINTS or not alone:
            kept.append(char)
        elif char.other in _STOPS:
            kept.append(Char(char.other, char.other_probability, char.middle, char.text, char.probability))
        elif _height(char, ink, margin) > _SPECK:
            kept.append(char)
    return Recognised(tuple(kept))


def _is_ideograph(char: Char) -> bool:
    return "\u3400" <= char.text <= "\u9fff"


def _height(char: Char, ink: Ink, margin: int) -> float:
    """The height of the tallest ink at a sign, as a share of the line's."""
    high, wide = ink.shape
    middle = char.middle * (wide + 2 * margin) - margin
    inside = ink[:, max(0, round(middle - _REACH * high)) : max(0, round(middle + _REACH * high) + 1)]
    return max((part.height for part in blobs(inside)), default=0) / max(int(high), 1)


def _with_words(line: Recognised, words: tuple[str, ...]) -> Recognised:
    """A word that stands there but for one character, and with the runner-up in its place, is that word."""
    chars, holding = list(line.chars), _holding(words)
    for place, char in enumerate(line.chars):
        if char.other_probability < _LEAST:
            continue
        for word, within in holding.get(char.other, ()):
            start = place - within
            there = "".join(each.text for each in chars[max(start, 0) : start + len(word)])
            if start >= 0 and there == f"{word[:within]}{char.text}{word[within + 1 :]}" and there not in words:
                chars[place] = Char(char.other, char.other_probability, char.middle, char.text, char.probability)
                break
    return Recognised(tuple(chars))


@lru_cache(maxsize=4)
def _holding(words: tuple[str, ...]) -> Mapping[str, Sequence[tuple[str, int]]]:
    """The words that hold a character, each with the place where."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for word in words:
        for place, sign in enumerate(word):
            found[sign].append((word, place))
    return found
