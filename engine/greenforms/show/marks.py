"""What is to be marked where: the fields of each page, and those that have no place on any."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from greenforms.recognise.extraction import Extraction, FieldReading, Grade

#: From the surest to the least sure.
GRADES: tuple[Grade, ...] = ("green", "amber", "red")
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Mark:
    """A field that stands on a page.

    `box` is (left, top, right, bottom) in points on the page turned clockwise by `turned` degrees. `number` counts
    the fields that want a look from 1 through the whole paper; it is 0 for a sure one.
    """

    reading: FieldReading
    page: int
    box: tuple[float, float, float, float]
    turned: int
    number: int

    @property
    def grade(self) -> Grade:
        """How far the reading may be relied on."""
        return self.reading.grade

    @property
    def is_listed(self) -> bool:
        """Whether the field stands in a row of a list."""
        return bool(_rows(self.reading.path))


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of each page (from 1) in the order of the form, and the fields without a place."""

    by_page: dict[int, tuple[Mark, ...]]
    aside: tuple[FieldReading, ...]


def marks_of(extraction: Extraction) -> Marks:
    """Sort the fields of a paper by where they stand."""
    by_page: dict[int, list[Mark]] = {}
    aside = []
    doubtful = 0
    for reading in sorted(extraction.fields, key=_page):
        place = reading.evidence or {}
        if "page" not in place:
            aside.append(reading)
            continue
        doubtful += reading.grade != "green"
        number = 0 if reading.grade == "green" else doubtful
        mark = Mark(reading, place["page"], tuple(place["box"]), place.get("turned", 0), number)
        by_page.setdefault(mark.page, []).append(mark)
    return Marks({page: tuple(marks) for page, marks in by_page.items()}, tuple(aside))


def _page(reading: FieldReading) -> int:
    return int((reading.evidence or {}).get("page", 0))


def name_of(path: str, label: str) -> str:
    """A field's printed label without the spaces that stretch it, in a list with the row it stands in."""
    rows, name = _rows(path), one_line(label).replace(" ", "")
    return f"第{rows[-1]}行 {name}" if rows else name


def one_line(text: str) -> str:
    """A text that can be drawn: in one line, and without bytes of a file name that are no text."""
    return " ".join(text.split()).encode("utf-8", "replace").decode("utf-8")


def _rows(path: str) -> list[int]:
    """The numbers, from 1, of the rows a field stands in."""
    return [int(part) + 1 for part in path.split("/") if part.isdecimal()]


def sureness(reading: FieldReading) -> str:
    """The confidence in per cent; of recognised text never rounded up to certainty."""
    if reading.source != "ocr":
        return f"{reading.confidence:.0%}"
    return "<1%" if reading.confidence < 0.01 else f"{math.floor(reading.confidence * 100)}%"


def value_of(reading: FieldReading, longest: int) -> str:
    """A field's value as the data hold it, in one line of at most so many characters."""
    text = one_line(_text(reading))
    return text if len(text) <= longest else text[: longest - 1] + _ELLIPSIS


def _text(reading: FieldReading) -> str:
    value: Any = reading.value
    if value is None and not reading.raw.strip():
        return "（不适用）"
    return reading.raw if value is None or isinstance(value, dict | list) else str(value)
