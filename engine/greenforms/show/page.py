"""Marks drawn on the picture of a page: a box for each place, a tag for each field."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from greenforms.read.extraction import Grade
from greenforms.show.colours import PAINTS, PAPER, Paint
from greenforms.show.face import chinese, face
from greenforms.show.marks import GRADES, Mark, name_of, sureness, value_of
from greenforms.show.room import Rect, Room
from greenforms_extractors.scan.raster import PageImage

#: Sizes in points. A page of few pixels is enlarged until its tags can be read.
TAG = 6.2
_LINE, _GAP, _PADDING, _OUTSIDE = 0.9, 1.2, 1.2, 1.5
_LEAST_PIXELS = 2.0
#: A tag further from its box than this gets a leader.
_APART = 4.0
#: Characters of a value in a tag.
_VALUE = 14


def marked(page: PageImage, marks: Sequence[Mark]) -> tuple[Image.Image, float]:
    """The page as it stands upright with its marks, and the pixels of one point of it."""
    picture, density = upright(page, marks[0].turned if marks else 0), 1 / page.points
    if density < _LEAST_PIXELS:
        wide, high = (round(side * _LEAST_PIXELS / density) for side in picture.size)
        picture, density = picture.resize((wide, high), Image.Resampling.BICUBIC), _LEAST_PIXELS
    return _Marker(picture, density).marked(marks), density


def upright(page: PageImage, turned: int) -> Image.Image:
    """The page turned clockwise by so many degrees, a multiple of 90."""
    return Image.fromarray(np.ascontiguousarray(np.rot90(page.pixels[:, :, ::-1], -(turned // 90))))


@dataclass(frozen=True, slots=True)
class _Tag:
    """What is written where, beside which box of its field."""

    place: Rect
    rect: Rect
    mark: Mark
    text: str


class _Marker:
    """Draws on one picture, of which a point measures `density` pixels.

    Boxes and leaders are drawn on a sheet of glass laid over the page, so that print shows through them; tags are
    opaque and stand where there is no print.
    """

    def __init__(self, picture: Image.Image, density: float) -> None:
        self._picture, self._density = picture, density
        self._glass = Image.new("RGB", picture.size, PAPER)
        self._face = face(round(TAG * density))

    def marked(self, marks: Sequence[Mark]) -> Image.Image:
        """The picture with its marks, the doubtful ones being given room before the sure."""
        rects = {box: self._rect(box) for mark in marks for box in mark.boxes}
        room = self._room(rects.values())
        glass = ImageDraw.Draw(self._glass, "RGBA")
        for box, rect in rects.items():
            self._frame(glass, room, rect, _worst(mark for mark in marks if box in mark.boxes))
        tags = []
        for mark in sorted(marks, key=lambda mark: -GRADES.index(mark.grade)):
            tag = self._tag(room, [rects[box] for box in mark.boxes], mark)
            if tag is not None:
                tags.append(tag)
                self._lead(glass, tag, PAINTS[mark.grade])
        picture = ImageChops.multiply(self._picture, self._glass)
        for tag in tags:
            self._write(ImageDraw.Draw(picture), tag)
        return picture

    def _room(self, rects: Iterable[Rect]) -> Room:
        gaps = self._px(_GAP), self._px(_OUTSIDE + _GAP)
        return Room(np.asarray(self._picture), list(rects), *gaps, self._density)

    def _px(self, points: float) -> int:
        return max(1, round(points * self._density))

    def _rect(self, box: Sequence[float]) -> Rect:
        """A box in pixels, within the picture and not empty."""
        width, height = self._picture.size
        left, top, right, bottom = (round(edge * self._density) for edge in box)
        left, top = min(max(0, left), width - 2), min(max(0, top), height - 2)
        return left, top, max(left + 1, min(right, width - 1)), max(top + 1, min(bottom, height - 1))

    def _frame(self, glass: ImageDraw.ImageDraw, room: Room, rect: Rect, grade: Grade) -> None:
        """The outline, inside the rules of a cell or around the ink of a text."""
        by = self._px(_LINE)
        if not room.is_ruled(rect):
            by = -round(_OUTSIDE * self._density) if room.is_alone(rect) else 0
            rect = room.with_ink(rect)
        left, top, right, bottom = rect[0] + by, rect[1] + by, rect[2] - by, rect[3] - by
        if right > left and bottom > top:
            paint = PAINTS[grade]
            glass.rectangle((left, top, right, bottom), paint.fill, paint.line, self._px(_LINE))

    def _tag(self, room: Room, rects: Sequence[Rect], mark: Mark) -> _Tag | None:
        """The tag that says most in the best place; of a sure field none where there is no room near it."""
        *telling, shortest = _texts(mark)
        tries = [(room.take_within, telling)]
        tries += [] if mark.is_listed else [(room.take_beside, telling)]
        tries += [(room.take_within, [shortest])]
        tries += [(room.take_near, [""])] if mark.number else []
        for take, texts in tries:
            for rect, text in itertools.product(rects, texts):
                place = take(rect, self._size(mark.number, text))
                if place is not None:
                    return _Tag(place, rect, mark, text)
        return None

    def _lead(self, glass: ImageDraw.ImageDraw, tag: _Tag, paint: Paint) -> None:
        """A line to a tag that stands away from its box."""
        (left, top, right, bottom), box = tag.place, tag.rect
        across, down = (left + right) / 2, (top + bottom) / 2
        end = min(max(across, box[0]), box[2]), min(max(down, box[1]), box[3])
        if max(abs(end[0] - across) - (right - left) / 2, abs(end[1] - down) - (bottom - top) / 2) > self._px(_APART):
            glass.line((across, down, *end), paint.line, self._px(_LINE / 2))

    def _size(self, number: int, text: str) -> tuple[int, int]:
        padding = self._px(_PADDING)
        wide = self._chip(number) + (round(self._face.getlength(text)) + 2 * padding if text else 0)
        return wide, round(TAG * self._density * 1.1) + 2 * padding

    def _chip(self, number: int) -> int:
        """How wide the number in front of a tag is, with the ground it stands on."""
        return round(self._face.getlength(str(number))) + 2 * self._px(_PADDING) if number else 0

    def _write(self, draw: ImageDraw.ImageDraw, tag: _Tag) -> None:
        paint, (left, top, right, bottom) = PAINTS[tag.mark.grade], tag.place
        number, text = tag.mark.number, tag.text
        middle, chip = (top + bottom) / 2, self._chip(number)
        rounding = self._px(_PADDING)
        draw.rounded_rectangle((left, top, right - 1, bottom - 1), rounding, paint.ground, paint.line, 1)
        if chip and not text:
            draw.text(((left + right) / 2, middle), str(number), paint.writing, self._face, "mm")
        elif chip:
            edge = (left, top, left + chip - 1, bottom - 1)
            draw.rounded_rectangle(edge, rounding, PAPER, paint.line, self._px(0.4))
            draw.text((left + chip / 2, middle), str(number), paint.number, self._face, "mm")
        draw.text(((left + chip + right) / 2, middle), text, paint.writing, self._face, "mm")


def _worst(marks: Iterator[Mark]) -> Grade:
    return max((mark.grade for mark in marks), key=GRADES.index)


def _texts(mark: Mark) -> list[str]:
    """What a tag may say, the longest first. In a list the column's heading names the field."""
    if mark.texts:
        return list(mark.texts)
    sure = sureness(mark.reading)
    if chinese() is None:
        return [sure]
    name = name_of("", mark.reading.label) + ("（续）" if mark.goes_on else "")
    value = value_of(mark.reading, _VALUE)
    return [f"{value} {sure}", sure] if mark.is_listed else [f"{name}：{value} {sure}", f"{name} {sure}", sure]
