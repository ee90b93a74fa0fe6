"""Text watermarks of a PDF page: 仅供…使用 slanting or spread over the print, which is no part of what is printed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from greenforms_extractors.pdf.chars import Char

#: How far from straight a character leans, as the tangent of its angle.
_LEANING = 0.05
#: How much larger than usual the characters are, and how many others stand in them: print never overlaps so.
_LARGE, _OVERLAPPED = 1.8, 2
#: A text that is so pale and stands on the page so often is none of the form's.
_PALE, _OFTEN, _SHORTEST = 0.6, 3, 4


def watermarked(chars: Sequence[Char]) -> list[Char]:
    """The characters of a page that belong to watermarks; a page that leans as a whole has none."""
    leaning = [char for char in chars if _leans(char)]
    if 2 * len(leaning) >= len(chars):
        return []
    straight = [char for char in chars if not _leans(char)]
    usual = median(char["size"] for char in straight)
    large = [char for char in straight if char["size"] > _LARGE * usual]
    small = [char for char in straight if char["size"] <= _LARGE * usual and not char["text"].isspace()]
    return [*leaning, *_overlapping(large, small), *_repeated(small)]


def _leans(char: Char) -> bool:
    across, down = (abs(part) for part in char["matrix"][:2])
    return bool(min(across, down) > _LEANING * max(across, down))


def _overlapping(large: Sequence[Char], small: Sequence[Char]) -> Iterator[Char]:
    """The lines of large characters in which smaller ones stand."""
    lines: dict[tuple[str, float, float], list[Char]] = defaultdict(list)
    for char in large:
        lines[char["fontname"], round(char["size"], 1), round(char["top"], 1)].append(char)
    rows = sorted(small, key=_middle)
    middles = [_middle(char) for char in rows]
    for line in lines.values():
        top, bottom = line[0]["top"], line[0]["bottom"]
        near = rows[bisect_left(middles, top) : bisect_right(middles, bottom)]
        under = sum(any(_holds(char, other) for char in line) for other in near)
        if under >= _OVERLAPPED:
            yield from line


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _holds(char: Char, other: Char) -> bool:
    across = (other["x0"] + other["x1"]) / 2
    return bool(char["x0"] < across < char["x1"] and char["top"] < _middle(other) < char["bottom"])


def _repeated(chars: Sequence[Char]) -> Iterator[Char]:
    """The pale characters of lines that stand on the page again and again."""
    lines: dict[float, list[Char]] = defaultdict(list)
    for char in chars:
        if _PALE < _lightness(char) < 1:
            lines[round(char["top"], 1)].append(char)
    pieces = [piece for line in lines.values() for piece in _pieces(line)]
    said = defaultdict(list)
    for piece in pieces:
        said["".join(char["text"] for char in piece)].append(piece)
    for text, alike in said.items():
        if len(text) >= _SHORTEST and len(alike) >= _OFTEN:
            yield from (char for piece in alike for char in piece)


def _pieces(line: Sequence[Char]) -> Iterator[list[Char]]:
    """The characters of a line that stand side by side."""
    piece: list[Char] = []
    for char in sorted(line, key=lambda each: each["x0"]):
        if piece and char["x0"] - piece[-1]["x1"] > char["size"]:
            yield piece
            piece = []
        piece.append(char)
    if piece:
        yield piece


def _lightness(char: Char) -> float:
    """How light a character is: 0 black, 1 white; of a colour that cannot be told, black."""
    colour = char["non_stroking_color"]
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return 0.0
    if len(parts) == 4:
        return max(0.0, 1.0 - float(parts[3]) - float(sum(parts[:3])) / 3)
    return float(min(parts))
