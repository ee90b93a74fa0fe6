"""What is to be marked where: the fields of each page, and those that have no place on any."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from greenforms.read.extraction import Extraction, FieldReading, Grade
from greenforms_extractors.origin import PageOrigin

#: From the surest to the least sure.
GRADES: tuple[Grade, ...] = ("green", "amber", "red")
_ELLIPSIS = "…"
#: Paragraphs of one field stand in one box where no more than this is between them, in points.
_NEXT = 18.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A field, or as much of it as stands on one page.

    `boxes` are (left, top, right, bottom) in points on the page turned clockwise by `turned` degrees. `number` counts
    the fields that want a look from 1 through the whole paper; it is 0 for a sure one. `goes_on` says that the field
    began on an earlier page. `texts` are what its tag may say, the longest first; without any it says what was read.
    """

    reading: FieldReading
    page: int
    boxes: tuple[Box, ...]
    turned: int
    number: int
    goes_on: bool = False
    texts: tuple[str, ...] = ()

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
        if not _page(reading):
            aside.append(reading)
            continue
        doubtful += reading.grade != "green"
        for mark in _of_field(reading, 0 if reading.grade == "green" else doubtful):
            by_page.setdefault(mark.page, []).append(mark)
    return Marks({page: _in_whole_boxes(marks) for page, marks in by_page.items()}, tuple(aside))


def _of_field(reading: FieldReading, number: int) -> Iterable[Mark]:
    """A mark for each page a field stands on."""
    places = [place for place in reading.places if isinstance(place, PageOrigin)]
    for page in dict.fromkeys(place.page for place in places):
        here = [place for place in places if place.page == page]
        boxes = tuple(place.box for place in here)
        yield Mark(reading, page, boxes, here[0].turned, number, goes_on=page != places[0].page)


def _in_whole_boxes(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks of one page, each in as few boxes as hold nothing of another."""
    return tuple(
        replace(mark, boxes=_joined(mark.boxes, [box for other in marks if other is not mark for box in other.boxes]))
        for mark in marks
    )


def _joined(boxes: Sequence[Box], others: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes below each other as one."""
    found: list[Box] = []
    for box in boxes:
        last = found[-1] if found else None
        if last is not None and box[1] - last[3] <= _NEXT and min(box[2], last[2]) > max(box[0], last[0]):
            both = min(box[0], last[0]), min(box[1], last[1]), max(box[2], last[2]), max(box[3], last[3])
            if not any(_overlap(both, other) for other in others):
                found[-1] = both
                continue
        found.append(box)
    return tuple(found)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _page(reading: FieldReading) -> int:
    """The page a field begins on; 0 for one without a place on any."""
    return next((place.page for place in reading.places if isinstance(place, PageOrigin)), 0)


def name_of(path: str, label: str) -> str:
    """A field's printed label without the spaces that stretch it, in a list with the row it stands in."""
    rows, name = _rows(path), one_line(label).replace(" ", "")
    row = f"第{rows[-1]}行" if rows else ""
    return name if row in name else f"{row} {name}"


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
