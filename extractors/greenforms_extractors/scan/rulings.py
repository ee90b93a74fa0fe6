"""Finds the ruled lines of a straight page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from greenforms_extractors.scan.components import labelled
from greenforms_extractors.scan.raster import Pixels

#: All as shares of the page's long side. Lighter paper stands on both sides of a rule no further off than this (1 mm).
_BESIDE = 1 / 300
_GAP = 1 / 330
_JOINED = 1 / 120
#: How far a bent rule strays from its middle, half its thickness, its pieces (pixels) and how light they may be.
_BENT, _THICK = 1 / 330, 1 / 900
_PIECE = 24
_DARK_LINE = 190
#: Rows of a thick rule are as dark as each other but for this many levels.
_ALIKE = 12
#: The share of a rule that is drawn, gaps left out; strokes of several characters in a row have more gaps.
_DRAWN, _DRAWN_LONG = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class _Look:
    """One way to look for lines: how far to smooth along them (pixels), how many levels of 255 they must be darker than
    the paper on either side, and how long they must be (share of the page's long side).
    """

    smooth: int
    darker: int
    shortest: float


#: Rules as they are drawn; and long lines of which text leaves no more than pieces.
_DRAWN_RULES = _Look(9, 30, 1 / 52)
_LONG_LINES = _Look(41, 18, 1 / 12)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at `place` across its direction, from `start` to `end` along it, in pixels."""

    place: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """Its length in pixels."""
        return self.end - self.start


def rules(grey: Pixels) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright rules of a cleaned page."""
    return _both_ways(grey, _DRAWN_RULES)


def long_lines(grey: Pixels) -> tuple[list[Rule], list[Rule]]:
    """The rules of a cleaned page with the lines, level and upright, that run on through text, as folds do.

    A stroke of text in line with a rule is taken for a part of it.
    """
    return _both_ways(grey, _DRAWN_RULES, _LONG_LINES)


def apart(found: Iterable[Rule], lines: Sequence[Rule], long_side: int) -> list[Rule]:
    """The rules that lie on none of the `lines` of the same direction."""
    near = long_side * _BENT
    return [rule for rule in found if all(abs(rule.place - line.place) > near for line in lines)]


def _both_ways(grey: Pixels, *looks: _Look) -> tuple[list[Rule], list[Rule]]:
    gap = max(grey.shape) * _JOINED
    level, upright = (
        _joined([rule for look in looks for rule in _seen(each, look)], gap)
        for each in (grey, np.ascontiguousarray(grey.T))
    )
    return level, upright


def erased(grey: Pixels, level: Iterable[Rule], upright: Iterable[Rule]) -> Pixels:
    """The page without these rules: where one bends, its ends would be taken for strokes of text."""
    clean = grey.copy()
    _erase(clean, level)
    _erase(clean.T, upright)
    return clean


def _erase(grey: Pixels, found: Iterable[Rule]) -> None:
    """Whiten the darkest thin line near each rule, piece by piece, and nothing that goes on beyond it."""
    long = max(grey.shape)
    near, thick = max(4, round(long * _BENT)), max(2, round(long * _THICK))
    for rule in found:
        top = max(0, round(rule.place) - near)
        for start in range(max(0, round(rule.start) - near), min(grey.shape[1], round(rule.end) + near), _PIECE):
            band = grey[top : round(rule.place) + near + 1, start : start + _PIECE]
            if not band.size:
                continue
            profile = band.mean(axis=1)
            darkest = np.flatnonzero(profile < profile.min() + _ALIKE)
            middle = int(darkest[len(darkest) // 2])
            if profile[middle] < _DARK_LINE:
                band[max(0, middle - thick) : middle + thick + 1] = 255


def _seen(grey: Pixels, look: _Look) -> Iterator[Rule]:
    long = max(grey.shape)
    thin = _thin_lines(grey, look, max(3, round(long * _BESIDE)))
    closed = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, np.ones((1, max(3, round(long * _GAP))), np.uint8))
    # A rule a little out of level climbs from one row of pixels to the next: two rows are taken together.
    thick = cv2.dilate(closed, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, max(12, round(long * look.shortest))), np.uint8))
    labels, parts = labelled(runs)
    for part in parts:
        drawn = (thin[part.box].astype(bool) & (labels[part.box] == part.number)).any(axis=0).mean()
        level = part.height <= long * _BESIDE * 2 + part.width * 0.02
        if level and drawn > (_DRAWN if part.width < long / 8 else _DRAWN_LONG):
            spread = look.smooth // 2  # smoothing draws a line out at both ends
            yield Rule(part.middle + 0.5, part.left + spread, part.left + part.width - spread)


def _thin_lines(grey: Pixels, look: _Look, beside: int) -> npt.NDArray[np.uint8]:
    """Where the page is darker than what lies a little above and a little below."""
    smooth = cv2.blur(grey, (look.smooth, 1))
    near = np.ones((max(2, beside // 2), 1), np.uint8)
    lightest = cv2.dilate(smooth, near)
    above, below = np.roll(lightest, beside, axis=0), np.roll(lightest, -beside, axis=0)
    deeper = cv2.subtract(cv2.min(above, below), smooth)  # 0 where it is lighter
    return np.asarray(deeper > look.darker, np.uint8)


def _joined(found: Iterable[Rule], gap: float) -> list[Rule]:
    """Rules with pieces of one line put together over small gaps."""
    lines: list[Rule] = []
    for rule in sorted(found, key=lambda each: (each.start, each.place)):
        for number, other in enumerate(lines):
            if abs(other.place - rule.place) < gap / 3 and rule.start - other.end < gap:
                weight = rule.length / (rule.length + other.length)
                place = other.place + (rule.place - other.place) * weight
                lines[number] = Rule(place, other.start, max(other.end, rule.end))
                break
        else:
            lines.append(rule)
    return sorted(lines, key=lambda each: (each.place, each.start))
