"""Marks drawn on the picture of a page: a box for each place, a tag for each field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from greenforms.recognise.extraction import Grade
from greenforms.show.colours import PAINTS, PAPER
from greenforms.show.face import chinese, face
from greenforms.show.marks import GRADES, Mark, name_of, sureness, value_of
from greenforms.show.room import Rect, Room
from greenforms_extractors.scan.raster import PageImage

#: Sizes in points. A page of few pixels is enlarged until its tags can be read.
TAG = 6.2
_LINE, _GAP, _PADDING, _OUTSIDE = 0.9, 1.2, 1.2, 1.5
_LEAST_PIXELS = 2.0
#: Characters of a value in a tag.
_VALUE = 14


def marked(page: PageImage, marks: Sequence[Mark]) -> tuple[Image.Image, float]:
    """The page as it stands upright with its marks, and the pixels of one point of it."""
    turned = np.rot90(page.pixels[:, :, ::-1], -(marks[0].turned // 90)) if marks else page.pixels[:, :, ::-1]
    picture, density = Image.fromarray(np.ascontiguousarray(turned)), 1 / page.points
    if density < _LEAST_PIXELS:
        wide, high = (round(side * _LEAST_PIXELS / density) for side in picture.size)
        picture, density = picture.resize((wide, high), Image.Resampling.BICUBIC), _LEAST_PIXELS
    _Marker(picture, density).draw(marks)
    return picture, density


class _Marker:
    """Draws on one picture, of which a point measures `density` pixels."""

    def __init__(self, picture: Image.Image, density: float) -> None:
        self._picture, self._density = picture, density
        self._draw = ImageDraw.Draw(picture, "RGBA")
        self._face = face(round(TAG * density))

    def draw(self, marks: Sequence[Mark]) -> None:
        """Boxes first, so that no box runs through a tag; then the tags, the doubtful ones before the sure."""
        rects = {mark.box: self._rect(mark.box) for mark in marks}
        pixels = np.asarray(self._picture)
        room = Room(pixels, list(rects.values()), self._px(_GAP), self._px(_OUTSIDE + _GAP))
        for box, rect in rects.items():
            around = _OUTSIDE if room.is_alone(rect) else 0.0
            inwards = self._px(_LINE) if room.is_ruled(rect) else -round(around * self._density)
            self._frame(rect, _worst(mark for mark in marks if mark.box == box), inwards)
        for mark in sorted(marks, key=lambda mark: -GRADES.index(mark.grade)):
            self._tag(room, rects[mark.box], mark)

    def _px(self, points: float) -> int:
        return max(1, round(points * self._density))

    def _rect(self, box: Sequence[float]) -> Rect:
        """A box in pixels, within the picture and not empty."""
        width, height = self._picture.size
        left, top, right, bottom = (round(edge * self._density) for edge in box)
        left, top = min(max(0, left), width - 2), min(max(0, top), height - 2)
        return left, top, max(left + 1, min(right, width - 1)), max(top + 1, min(bottom, height - 1))

    def _frame(self, rect: Rect, grade: Grade, by: int) -> None:
        """The outline, moved inwards from the rules of a cell or outwards from the ink of a text."""
        left, top, right, bottom = rect[0] + by, rect[1] + by, rect[2] - by, rect[3] - by
        if right > left and bottom > top:
            paint = PAINTS[grade]
            self._draw.rectangle((left, top, right, bottom), paint.fill, paint.line, self._px(_LINE))

    def _tag(self, room: Room, rect: Rect, mark: Mark) -> None:
        """The tag that says most in the best place; a doubtful field always gets one, a sure one has its box."""
        *telling, shortest = _texts(mark)
        tries = [(room.take_within, telling)]
        tries += [] if mark.is_listed else [(room.take_beside, telling)]
        tries += [(room.take_within, [shortest])]
        for take, texts in tries:
            for text in texts:
                place = take(rect, self._size(mark.number, text))
                if place is not None:
                    return self._write(place, mark, text)
        if mark.number:
            self._write(room.take_least(rect, self._size(mark.number, "")), mark, "")
        return None

    def _size(self, number: int, text: str) -> tuple[int, int]:
        padding = self._px(_PADDING)
        wide = self._chip(number) + (round(self._face.getlength(text)) + 2 * padding if text else 0)
        return wide, round(TAG * self._density * 1.1) + 2 * padding

    def _chip(self, number: int) -> int:
        """How wide the number in front of a tag is, with the ground it stands on."""
        return round(self._face.getlength(str(number))) + 2 * self._px(_PADDING) if number else 0

    def _write(self, place: Rect, mark: Mark, text: str) -> None:
        paint, (left, top, right, bottom) = PAINTS[mark.grade], place
        middle, chip = (top + bottom) / 2, self._chip(mark.number)
        rounding = self._px(_PADDING)
        self._draw.rounded_rectangle((left, top, right - 1, bottom - 1), rounding, paint.ground, paint.line, 1)
        if chip and not text:
            self._draw.text(((left + right) / 2, middle), str(mark.number), paint.writing, self._face, "mm")
        elif chip:
            edge = (left, top, left + chip - 1, bottom - 1)
            self._draw.rounded_rectangle(edge, rounding, PAPER, paint.line, self._px(0.4))
            self._draw.text((left + chip / 2, middle), str(mark.number), paint.number, self._face, "mm")
        self._draw.text(((left + chip + right) / 2, middle), text, paint.writing, self._face, "mm")


def _worst(marks: Iterator[Mark]) -> Grade:
    return max((mark.grade for mark in marks), key=GRADES.index)


def _texts(mark: Mark) -> list[str]:
    """What a tag may say, the longest first. In a list the column's heading names the field."""
    sure = sureness(mark.reading)
    if chinese() is None:
        return [sure]
    name, value = name_of("", mark.reading.label) + _parts(mark.reading.value), value_of(mark.reading, _VALUE)
    return [f"{value} {sure}", sure] if mark.is_listed else [f"{name}：{value} {sure}", f"{name} {sure}", sure]


def _parts(value: Any) -> str:
    """A text of several paragraphs has its place at the first one."""
    several = isinstance(value, list) and len(value) > 1 and all(isinstance(each, str) for each in value)
    return f"（首段，共{len(value)}段）" if several else ""
