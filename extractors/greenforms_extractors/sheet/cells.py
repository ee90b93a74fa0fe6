"""What stands in the cells of a workbook: shared strings, formats, stored values (ECMA-376 part 1, clause 18)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from greenforms_extractors.ooxml import Package, whole
from greenforms_extractors.safe_xml import Element
from greenforms_extractors.sheet.number_format import BUILT_IN, KEPT_DIGITS, is_date, number_of, serial, shown

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: How many places a notice names.
_NAMED = 5
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2})?)(?:\.[0-9]{1,9})?Z?")
#: No worksheet knows an earlier day.
_FIRST_YEAR = 1905
_HALF = re.compile("[\ud800-\udfff]")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


def unescaped(text: str) -> str:
    """Text with `_x000D_`-style escapes (type ST_Xstring) decoded and every line break as "\\n"."""
    if "_x" in text:
        text = _whole_pairs(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _whole_pairs(text: str) -> str:
    """Text with the halves of a pair of escapes put together, a half alone replaced by U+FFFD."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def position(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a reference such as C5 or $C$5."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def reference(row: int, column: int) -> str:
    """The reference, such as C5, of a row and column from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def area(text: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row and last column of a range such as A1:C5 or a single cell."""
    first, _, last = text.partition(":")
    start, end = position(first), position(last or first)
    return None if start is None or end is None else (*start, *end)


@dataclass(slots=True)
class Seen:
    """Where something was met: the first places, and how often in all."""

    first: list[str] = field(default_factory=list)
    count: int = 0

    def append(self, place: str) -> None:
        """Note one more place."""
        self.count += 1
        if self.count <= _NAMED:
            self.first.append(place)

    def __str__(self) -> str:
        """The places as a notice lists them."""
        return "、".join(self.first) + (f"等 {self.count} 处" if self.count > _NAMED else "")


@dataclass(frozen=True, slots=True)
class Format:
    """What a cell's style says of its content: the number format, and whether it is crossed out."""

    code: str
    struck: bool


_PLAIN = Format("General", struck=False)


@dataclass(frozen=True, slots=True)
class Rich:
    """A string item: the text of its runs but those crossed out, of those alone that have a font of their own
    (the others are crossed out where the cell is), and of all.
    """

    text: str
    own: str
    whole: str


@dataclass(slots=True)
class Values:
    """Turns stored cells into text, and keeps the cells by what is wrong with them."""

    strings: list[Rich]
    formats: list[Format]
    base_1904: bool
    #: Where something worth a notice was met, by notice code.
    seen: defaultdict[str, Seen] = field(default_factory=lambda: defaultdict(Seen))

    def text(self, cell: Element, place: str) -> tuple[str, bool]:
        """The text of a `c` element and whether it is a stored number; `place` names it for notices.

        What is crossed out is no text, neither a whole cell nor a part of one.
        """
        struck = self._format(cell).struck
        if (rich := self._rich(cell)) is not None:
            text, numeric = rich.own if struck else rich.text, False
            crossed = text != rich.whole
        else:
            text, numeric = self._stored(cell, place)
            crossed = struck and bool(text)
            text = "" if struck else text
        if crossed:
            self.seen["crossed-out"].append(place)
        return text, numeric

    def _rich(self, cell: Element) -> Rich | None:
        """The text of a cell that holds a string item; None for any other cell."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return rich_text(cell.find(S + "is"))
        if kind != "s":
            return None
        number = digits(cell.findtext(S + "v") or "", len(self.strings))
        return self.strings[number] if number < len(self.strings) else Rich("", "", "")

    def _stored(self, cell: Element, place: str) -> tuple[str, bool]:
        kind = cell.get("t", "n")
        stored = cell.findtext(S + "v") or ""
        if not stored and kind != "str" and cell.find(S + "f") is not None:
            self.seen["no-cached-value"].append(place)
        if kind == "n" and stored:
            return self._number(stored, cell, place)
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(stored, stored), False
        if kind == "e":
            self.seen["error-value"].append(place)
        if kind == "d":
            return self._moment(stored, cell)
        return unescaped(stored), False

    def _number(self, stored: str, cell: Element, place: str) -> tuple[str, bool]:
        value = number_of(stored)
        if value is None:
            return stored, False
        if value and value.adjusted() >= KEPT_DIGITS:
            self.seen["lost-digits"].append(place)
        return shown(value, self._format(cell).code, base_1904=self.base_1904), True

    def _moment(self, stored: str, cell: Element) -> tuple[str, bool]:
        """A date in ISO 8601, as Strict Open XML stores it, under the cell's format."""
        found = _MOMENT.fullmatch(stored.strip())
        try:
            moment = datetime.fromisoformat(found[1]) if found else None
        except ValueError:
            moment = None
        if moment is None:
            return stored, False
        code = self._format(cell).code
        if not is_date(code) or moment.year < _FIRST_YEAR:
            return moment.isoformat().removesuffix("T00:00:00"), True
        return shown(serial(moment, base_1904=self.base_1904), code, base_1904=self.base_1904), True

    def _format(self, cell: Element) -> Format:
        style = whole(cell, "s")
        return self.formats[style] if style < len(self.formats) else _PLAIN


def digits(text: str, default: int) -> int:
    """A whole number of at most nine digits; the default for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else default


def rich_text(node: Element | None) -> Rich:
    """A string item: its runs, without the reading aids (`rPh`) of East Asian text."""
    text, own, everything = [], [], []
    for child in () if node is None else node:
        if child.tag not in {S + "t", S + "r"}:
            continue
        said = (child.text if child.tag == S + "t" else child.findtext(S + "t")) or ""
        font = child.find(S + "rPr")
        everything.append(said)
        if font is None or not _is_struck(font):
            text.append(said)
            own += [] if font is None else [said]
    shown = unescaped("".join(text))
    all_of_it = shown if len(text) == len(everything) else unescaped("".join(everything))
    return Rich(shown, unescaped("".join(own)), all_of_it)


def _is_struck(font: Element) -> bool:
    line = font.find(S + "strike")
    return line is not None and line.get("val", "1") not in {"0", "false"}


def shared_strings(package: Package, part: str | None) -> list[Rich]:
    """The shared strings of the workbook."""
    found: list[Rich] = []
    if part is None:
        return found
    for event, item in package.stream(part, [S + "si"]):
        if event == "end":
            found.append(rich_text(item))
            item.clear()
            parent = item.getparent()
            while parent is not None and (previous := item.getprevious()) is not None:
                parent.remove(previous)
    return found


def cell_formats(package: Package, part: str | None) -> list[Format]:
    """The format of each cell style."""
    if part is None:
        return []
    root = package.xml(part)
    codes = dict(BUILT_IN)
    for node in root.iterfind(f"{S}numFmts/{S}numFmt"):
        codes[whole(node, "numFmtId")] = node.get("formatCode", "General")
    struck = {number for number, font in enumerate(root.iterfind(f"{S}fonts/{S}font")) if _is_struck(font)}
    return [
        Format(codes.get(whole(node, "numFmtId"), "General"), whole(node, "fontId") in struck)
        for node in root.iterfind(f"{S}cellXfs/{S}xf")
    ]
