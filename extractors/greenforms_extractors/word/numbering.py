"""Automatic numbers of a Word document: 一、 1. （一） that are shown but not in the text.

ECMA-376 part 1, clause 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from greenforms_extractors.ooxml import whole
from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.markup import W, is_on, number, value
from greenforms_extractors.word.styles import Styles

_DIGITS = "零一二三四五六七八九"
#: No number has so long a text around it.
_LONGEST_TEXT = 255
#: Levels of a list (clause 17.9.3).
_DEPTHS = 9
_FULL_STOPS = "、）．。"


def chinese_number(count: int) -> str:
    """A whole number below ten thousand in Chinese: 十, 二十一, 一百零五."""
    if not 0 < count < 10_000:
        return str(count)
    text = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // unit % 10
        text += _DIGITS[digit] + sign if digit else _DIGITS[0]
    text = re.sub("零+", "零", text).strip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count <= 26 * 9 else str(count)


def _roman(count: int) -> str:
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    if not 0 < count < 400:
        return str(count)
    text = ""
    for size, sign in signs:
        text += sign * (count // size)
        count %= size
    return text


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if 0 < count <= 20 else str(count)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": lambda count: str(count).translate({ord("0") + i: ord("０") + i for i in range(10)}),
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "ideographDigital": lambda count: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(count)),
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
}


@dataclass(slots=True)
class Level:
    """One level of a list: its number format, its text such as `（%1）`, where it starts, what follows it."""

    format: str
    text: str
    start: int
    suffix: str
    legal: bool


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    counters: dict[int, int] = field(default_factory=dict)


def _levels(node: Element) -> dict[int, Level]:
    found = {}
    for level in node.iterfind(f"{W}lvl"):
        depth, text = whole(level, W + "ilvl"), value(level, f"{W}lvlText") or ""
        if depth >= _DEPTHS:
            continue
        found[depth] = Level(
            format=value(level, f"{W}numFmt") or "decimal",
            text=text if len(text) <= _LONGEST_TEXT else "",
            start=number(level, f"{W}start", 1),
            suffix=value(level, f"{W}suff") or "tab",
            legal=is_on(level, f"{W}isLgl"),
        )
    return found


class Numbering:
    """The automatic numbers, counted while the paragraphs go by in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._lists: dict[str, _List] = {}
        self._by_num: dict[str, _List | None] = {}
        self._started: set[str] = set()
        if root is not None:
            self._abstract = {node.get(W + "abstractNumId", ""): node for node in root.iterfind(f"{W}abstractNum")}
            self._nums = {node.get(W + "numId", ""): node for node in root.iterfind(f"{W}num")}

    def next(self, properties: Element | None) -> str:
        """The number shown before the paragraph with these properties, empty if there is none."""
        place = self._place(properties)
        if place is None:
            return ""
        num_id, depth = place
        if num_id not in self._by_num:
            self._by_num[num_id] = self._list(num_id)
        found = self._by_num[num_id]
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        self._restart(num_id, found)
        found.counters = {key: count for key, count in found.counters.items() if key <= depth}
        found.counters[depth] = found.counters.get(depth, level.start - 1) + 1
        return self._shown(found, level)

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        direct = None if properties is None else properties.find(f"{W}numPr")
        style = self._styles.numbering(value(properties, f"{W}pStyle"))
        num_id = value(direct, f"{W}numId") or value(style, f"{W}numId")
        if num_id is None or num_id == "0":
            return None
        return num_id, number(direct, f"{W}ilvl", number(style, f"{W}ilvl"))

    def _list(self, num_id: str) -> _List | None:
        """The list a number belongs to. Numbers of one abstract list count on, unless levels are overridden."""
        num = self._nums.get(num_id)
        abstract_id = value(num, f"{W}abstractNumId")
        abstract = self._abstract.get(abstract_id or "")
        if num is None or abstract is None or abstract_id is None:
            return None
        link = value(abstract, f"{W}numStyleLink")
        linked = value(self._styles.numbering(link), f"{W}numId") if link else None
        if linked and linked != num_id and linked in self._nums:
            return self._shared(abstract_id, self._abstract.get(value(self._nums[linked], f"{W}abstractNumId") or ""))
        own = {number: level for node in num.iterfind(f"{W}lvlOverride") for number, level in _levels(node).items()}
        if own:
            return _List(self._shared(abstract_id, abstract).levels | own)
        return self._shared(abstract_id, abstract)

    def _shared(self, abstract_id: str, source: Element | None) -> _List:
        """The list of all numbers of an abstract list, with the levels of `source`."""
        if abstract_id not in self._lists:
            self._lists[abstract_id] = _List({} if source is None else _levels(source))
        return self._lists[abstract_id]

    def _restart(self, num_id: str, found: _List) -> None:
        """Apply `w:startOverride` the first time a number is used (clause 17.9.26)."""
        if num_id in self._started:
            return
        self._started.add(num_id)
        for override in self._nums[num_id].iterfind(f"{W}lvlOverride"):
            if override.find(f"{W}startOverride") is not None:
                depth = min(whole(override, W + "ilvl"), _DEPTHS)
                found.counters[depth] = number(override, f"{W}startOverride", 1) - 1

    def _shown(self, found: _List, level: Level) -> str:
        if level.format in {"bullet", "none"} and "%" not in level.text:
            return ""

        def count(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            of = found.levels.get(depth)
            if of is None:
                return ""
            shown = _FORMATS.get("decimal" if level.legal else of.format, str)
            counted = found.counters.get(depth, of.start)
            return shown(counted) if counted >= 0 else str(counted)

        text = re.sub(r"%(\d)", count, level.text)
        return text if not text or level.suffix == "nothing" or text[-1] in _FULL_STOPS else f"{text} "
