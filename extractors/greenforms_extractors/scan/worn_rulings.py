"""Mends the rules of a page where a pen or a staple broke them, and tells by what is left whether others were lost.

What tells it are gaps, loose ends and dots. On a clean page every rule is drawn from end to end and ends at another
one, and nothing lies about: none is missing, and a look for remains could only find strokes of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.components import blobs
from greenforms_extractors.scan.grid import RuledTable, meet, outside_text, touch
from greenforms_extractors.scan.ink import is_inked
from greenforms_extractors.scan.raster import Pixels
from greenforms_extractors.scan.rulings import Rule

Ink = npt.NDArray[np.bool_]

#: The share of a rule that bears ink on a clean page, at the least: copiers left 0.992, fax machines that lose rules
#: 0.96 and less. It may stray so many pixels from level; its ends, where it meets others, are not looked at.
_DRAWN, _STRAYS, _ENDS = 0.985, 2, 8
#: A gap that is mended is no broader than this share of the page's long side (5 mm).
_GAP = 1 / 56
#: Dots are no larger than this share of the page's long side (0.5 mm), and a page of a fax machine has more outside its
#: text than so many; a clean one has none.
_DOT, _DOTS = 1 / 600, 100


def mended(rules: Sequence[Rule], others: Sequence[Rule], long_side: int) -> list[Rule]:
    """Rules with pieces in line made one that together reach from one of the `others`, which cross them, to another."""
    near, gap = touch(long_side), _GAP * long_side
    chains: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda each: each.start):
        for chain in chains:
            last = chain[-1]
            in_line = abs(last.place - rule.place) < near / 2 and 0 < rule.start - last.end < gap
            if in_line and not _crossed(last, last.end, others, near) and not _crossed(rule, rule.start, others, near):
                chain.append(rule)
                break
        else:
            chains.append([rule])
    return [rule for chain in chains for rule in _made_one(chain, others, near)]


def _made_one(chain: list[Rule], others: Sequence[Rule], near: float) -> list[Rule]:
    first, last = chain[0], chain[-1]
    if _crossed(first, first.start, others, near) and _crossed(last, last.end, others, near):
        return [Rule(max(chain, key=lambda each: each.length).place, first.start, last.end)]
    return chain


def _crossed(rule: Rule, end: float, others: Iterable[Rule], near: float) -> bool:
    return any(abs(other.place - end) <= near and meet(rule, other, near) for other in others)


def are_worn(
    grey: Pixels,
    tables: Iterable[RuledTable],
    level: Sequence[Rule],
    upright: Sequence[Rule],
    boxes: Sequence[Sequence[float]],
) -> bool:
    """Whether the `tables` of a cleaned page have rules with gaps, any rule goes on beyond those it meets, or dots lie
    about. `boxes` are those of the lines of text.
    """
    level, upright = outside_text(level, boxes, across=True), outside_text(upright, boxes, across=False)
    near = touch(max(grey.shape))
    if any(_ends_loose(rule, upright, near) for rule in level) or any(
        _ends_loose(rule, level, near) for rule in upright
    ):
        return True
    ink = is_inked(grey)
    if _is_dotted(ink, boxes):
        return True
    parts = ((_drawn(ink, table.level), _drawn(ink.T, table.upright)) for table in tables)
    return any(share < _DRAWN for both in parts for shares in both for share in shares)


def _ends_loose(rule: Rule, others: Iterable[Rule], near: float) -> bool:
    """Whether a rule that meets others goes on beyond the outermost."""
    places = [other.place for other in others if meet(rule, other, near)]
    return bool(places) and (rule.start < min(places) - near or rule.end > max(places) + near)


def _is_dotted(ink: Ink, boxes: Iterable[Sequence[float]]) -> bool:
    outside, largest = ink.copy(), max(ink.shape) * _DOT
    for left, top, right, bottom in boxes:
        outside[round(top) : round(bottom), round(left) : round(right)] = False
    count = sum(max(part.width, part.height) <= largest for part in blobs(outside))
    return bool(count > _DOTS)


def _drawn(ink: Ink, rules: Iterable[Rule]) -> Iterator[float]:
    """The share of each rule, along the rows of `ink`, that bears some."""
    for rule in rules:
        middle = int(rule.place)
        band = ink[max(0, middle - _STRAYS) : middle + _STRAYS + 1, round(rule.start) + _ENDS : round(rule.end) - _ENDS]
        if band.size:
            yield float(band.any(axis=0).mean())
