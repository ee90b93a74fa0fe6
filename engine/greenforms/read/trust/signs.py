"""Signs that a recognised field may be wrong, each measured so that more is worse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from greenforms.read.take.slots import SlotReading
from greenforms_extractors.match.result import Match
from greenforms_extractors.origin import Origin, PageOrigin

#: What each sign says to a clerk. The first three are about the characters, the others about how they came together.
WORDS: Mapping[str, str] = {
    "least": "有字认得不准",
    "slips": "有字认得不准",
    "long": "文字较多，可能有个别错字",
    "crowded": "文字紧贴格线，可能被截断",
    "stray": "格内另有没认出的墨迹",
    "unexplained": "行内有没认出的笔画",
    "small": "混有过小的字迹",
    "gap": "行距过大，可能并入了另一栏",
    "wide": "一行里有两段文字",
    "shared": "与另一栏读自同一格",
    "beside": "旁边有文字没有归入任何栏目",
    "below": "上下有文字没有归入任何栏目",
    "unbalanced": "括号不成对",
    "unfinished": "末尾像是没有写完",
    "uncaptioned": "有图片没有图题，可能不是图片",
    "problem": "内容不合本栏的写法",
    "label": "栏目名称与空表不完全一样",
    "row": "同一行的其他栏有疑问",
}
CHARACTERS = ("least", "slips", "long")
#: Signs that rows and lines were put together wrongly, which then touches the other fields of the row.
STRUCTURE = ("crowded", "stray", "unexplained", "small", "gap", "wide", "shared", "beside", "unbalanced", "problem")

_ROOMY = 0.5
#: How near, in points, a text must stand to a field to be perhaps a part of it: a line's height.
_NEAR = 14.0
#: Signs that no text ends with.
_GOES_ON = ("，", "、", "：", "；", ",", ":", "（", "(", "“", "《")
_BRACKETS = ("（(【《〔[", "）)】》〕]")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the fields of a paper.

    `takers`: which columns take a text of one place; `unread`: texts nobody took; `doubt`: how many of the paper's
    characters are likely to be misread, as a share.
    """

    takers: Mapping[tuple[Origin, str], set[str]]
    unread: tuple[PageOrigin, ...]
    doubt: float


def surroundings(slots: Iterable[SlotReading], match: Match) -> Surroundings:
    """Look at all fields of a paper at once."""
    takers: dict[tuple[Origin, str], set[str]] = defaultdict(set)
    doubts = []
    for slot in slots:
        takers[slot.origin, slot.reading.raw].add(slot.leaf.pattern)
        if slot.found.legibility is not None:
            doubts.append(slot.found.legibility.slips / max(1, len(slot.reading.raw.strip())))
    unread = (each.origin for each in match.unread if each.text.strip())
    places = tuple(origin for origin in unread if isinstance(origin, PageOrigin))
    return Surroundings(takers, places, _upper_quartile(doubts))


def signs_of(slot: SlotReading, around: Surroundings) -> dict[str, float]:
    """How strong each sign is for one recognised field; `row` is for whoever knows the whole row."""
    seen = slot.found.legibility
    assert seen is not None
    text = slot.reading.raw.strip()
    return {
        "least": 1 - seen.least,
        "slips": seen.slips,
        "long": len(text) * around.doubt,
        "crowded": max(0.0, _ROOMY - seen.room),
        "stray": seen.stray,
        "unexplained": seen.unexplained,
        "small": max(0.0, 1 - seen.lowest),
        "gap": max(0.0, seen.gap),
        "wide": float("  " in text),
        "shared": float(len(around.takers[slot.origin, slot.reading.raw]) > 1),
        "beside": float(any(_beside(slot.origin, other) for other in around.unread)),
        "below": float(any(_below(slot.origin, other) for other in around.unread)),
        "unbalanced": float(_count(text, _BRACKETS[0]) != _count(text, _BRACKETS[1])),
        "unfinished": float(text.endswith(_GOES_ON)),
        "uncaptioned": float(any(not caption for _, caption in slot.found.pictures)),
        "problem": float(bool(slot.problems)),
        "label": 1 - slot.found.likeness,
    }


def _upper_quartile(shares: list[float]) -> float:
    """What a quarter of the fields are as doubtful as, or more: a few bad ones say nothing of the paper."""
    return sorted(shares)[len(shares) * 3 // 4] if shares else 0.0


def _beside(one: Origin, other: PageOrigin) -> bool:
    """Whether another text stands to the left or right, in the same line or cell."""
    across, down = _gaps(one, other)
    return across < _NEAR and down < 0


def _below(one: Origin, other: PageOrigin) -> bool:
    """Whether another text stands right above or below."""
    across, down = _gaps(one, other)
    return across < 0 <= down < _NEAR


def _gaps(one: Origin, other: PageOrigin) -> tuple[float, float]:
    """How far two texts stand apart across and down the page, in points; less than 0 where they overlap."""
    if not isinstance(one, PageOrigin) or one.page != other.page:
        return inf, inf
    across = max(one.box[0] - other.box[2], other.box[0] - one.box[2])
    down = max(one.box[1] - other.box[3], other.box[1] - one.box[3])
    return across, down


def _count(text: str, signs: str) -> int:
    return sum(text.count(sign) for sign in signs)
