"""Printed text of a PDF page that is crossed out by a drawn line, or hidden under a white box drawn over it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms_extractors.pdf.chars import Char, is_upright

#: A line is no thicker, in points, and crosses characters between these parts of their height.
_THICKEST, HIGHEST, LOWEST = 2.5, 0.25, 0.75
#: It begins and ends with the characters, give or take this share of their size; a ruling goes on.
_OVERHANG = 0.6
_WHITE = 0.95


@dataclass(frozen=True, slots=True)
class Strikes:
    """The characters that are crossed out, and the drawn lines that do it."""

    chars: tuple[Char, ...]
    lines: tuple[Mapping[str, Any], ...]


def crossed_out(page: Any, chars: Sequence[Char]) -> Strikes:
    """The characters through which a line of just their length is drawn."""
    rows = sorted((char for char in chars if is_upright(char)), key=_middle)
    middles = [_middle(char) for char in rows]
    tallest = max(map(_height, rows), default=0.0)
    struck: dict[int, Char] = {}
    lines = []
    for line in _thin(page):
        height = (line["top"] + line["bottom"]) / 2
        near = rows[bisect_left(middles, height - tallest) : bisect_right(middles, height + tallest)]
        crossed = [char for char in near if _crosses(line, height, char)]
        if crossed and _as_long(line, crossed):
            lines.append(line)
            struck.update((id(char), char) for char in crossed)
    return Strikes(tuple(struck.values()), tuple(lines))


def _thin(page: Any) -> Iterator[Mapping[str, Any]]:
    for thing in (*page.lines, *page.rects, *page.curves):
        if thing["bottom"] - thing["top"] <= _THICKEST < thing["x1"] - thing["x0"]:
            yield thing


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _crosses(line: Mapping[str, Any], height: float, char: Char) -> bool:
    size = char["bottom"] - char["top"]
    across = (char["x0"] + char["x1"]) / 2
    inside = char["top"] + HIGHEST * size < height < char["top"] + LOWEST * size
    return bool(inside and line["x0"] <= across <= line["x1"])


def _as_long(line: Mapping[str, Any], crossed: Sequence[Char]) -> bool:
    overhang = _OVERHANG * max(char["size"] for char in crossed)
    left, right = min(char["x0"] for char in crossed), max(char["x1"] for char in crossed)
    seen = any(not char["text"].isspace() for char in crossed)
    return bool(seen and left - line["x0"] < overhang and line["x1"] - right < overhang)


def covered(page: Any) -> list[Char]:
    """The characters over which a white box was drawn afterwards."""
    import numpy as np

    chars = page.objects.get("char", [])
    places = np.array([[(char["x0"] + char["x1"]) / 2, _middle(char), _height(char)] for char in chars]).reshape(-1, 3)
    hidden = np.zeros(len(chars), bool)
    for box, before in _white_boxes(page):
        across, down, tall = places[:before].T
        inside = (box["x0"] <= across) & (across <= box["x1"]) & (box["top"] <= down) & (down <= box["bottom"])
        hidden[:before] |= inside & (2 * _height(box) > tall)
    return [char for char, is_hidden in zip(chars, hidden, strict=True) if is_hidden]


def _white_boxes(page: Any) -> Iterator[tuple[Mapping[str, Any], int]]:
    """The white boxes of a page, and how many characters were drawn before each."""
    drawn = {"char": 0, "rect": 0, "curve": 0}
    for kind in _in_order(page.layout):
        if kind not in drawn:
            continue
        if kind != "char":
            thing = page.objects[kind][drawn[kind]]
            if thing["fill"] and drawn["char"] and _is_white(thing["non_stroking_color"]):
                yield thing, drawn["char"]
        drawn[kind] += 1


def _in_order(things: Any) -> Iterator[str]:
    """The kinds of what is drawn, in the order of drawing, as pdfplumber lists each kind."""
    from pdfminer.layout import LTChar, LTContainer, LTCurve, LTRect

    for thing in things:
        if isinstance(thing, LTContainer):
            yield from _in_order(thing)
        elif isinstance(thing, LTChar):
            yield "char"
        elif isinstance(thing, LTCurve):
            yield "rect" if isinstance(thing, LTRect) else "curve" if type(thing) is LTCurve else "line"


def _is_white(colour: Any) -> bool:
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return False
    return bool(max(parts) < 1 - _WHITE if len(parts) == 4 else min(parts) > _WHITE)


def _height(thing: Mapping[str, Any]) -> float:
    return float(thing["bottom"] - thing["top"])
