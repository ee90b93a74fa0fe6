"""A marked page between a head that explains the colours and a foot that lists what wants a look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from greenforms.read.extraction import FieldReading, Grade, MissingField
from greenforms.show.colours import GREY, INK, PAINTS, PALE, PAPER, Colour
from greenforms.show.face import chinese, face
from greenforms.show.marks import GRADES, Mark, name_of, one_line, sureness, value_of

#: Sizes in points.
_TEXT, _STEP, _MARGIN, _HEAD, _COLUMN, _NARROWEST = 7.6, 12.0, 18.0, 26.0, 240.0, 420.0
#: The number in front of an entry and the gap behind it, in points.
_BADGE = 20.0
#: The share of the entries of a list that may be cut off.
_CUT = 0.2
#: The most entries of one list; the whole is in the result.
_MOST = 60
_VALUE = 60


@dataclass(frozen=True, slots=True)
class Foot:
    """What is listed below a page."""

    doubtful: Sequence[Mark] = ()
    missing: Sequence[MissingField] = ()
    aside: Sequence[FieldReading] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a page: the file, the page and how many there are, and the marks to be counted."""

    file: str
    page: int
    pages: int
    marks: Sequence[Mark] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of a list; `why` is left out where there is no room for it."""

    text: str
    why: str = ""
    grade: Grade | None = None
    number: int = 0


def sheet(picture: Image.Image, density: float, head: Head, foot: Foot) -> Image.Image:
    """The page with its head and foot. `density`: pixels per point."""
    return _Sheet(picture, density).made(head, foot)


class _Sheet:
    """Lays one sheet out; positions are pixels."""

    def __init__(self, picture: Image.Image, density: float) -> None:
        self._picture, self._density = picture, density
        self._face = face(self._px(_TEXT))
        self._width = max(picture.width, self._px(_NARROWEST))

    def made(self, head: Head, foot: Foot) -> Image.Image:
        """Head, page and foot under each other."""
        lists = list(_lists(foot)) if chinese() else []
        top = self._px(_HEAD)
        below = top + self._picture.height
        height = below + (self._px(_MARGIN) + sum(map(self._height, lists)) if lists else 0)
        canvas = Image.new("RGB", (self._width, height), PAPER)
        canvas.paste(self._picture, ((self._width - self._picture.width) // 2, top))
        self._draw = ImageDraw.Draw(canvas)
        self._write_head(head)
        if lists:
            self._draw.line((0, below, self._width, below), PALE, self._px(1))
        down = below + self._px(_MARGIN / 2)
        for each in lists:
            down = self._write_list(each, down)
        return canvas

    def _px(self, points: float) -> int:
        return max(1, round(points * self._density))

    # -- head ------------------------------------------------------------------------------------------------------

    def _write_head(self, head: Head) -> None:
        """File name at the left, colours in the middle, page at the right."""
        middle, bottom = self._px(_HEAD / 2), self._px(_HEAD)
        self._draw.line((0, bottom - 1, self._width, bottom - 1), PALE, self._px(1))
        right = self._width - self._px(_MARGIN)
        page = f"第 {head.page}/{head.pages} 页" if chinese() else f"{head.page}/{head.pages}"
        self._text(right, middle, page, GREY, "rm")
        right -= self._px(_MARGIN) + self._long(page)
        for grade in reversed(GRADES):
            right = self._write_colour(right, middle, grade, sum(mark.grade == grade for mark in head.marks))
        left = self._px(_MARGIN)
        if chinese():
            self._text(left, middle, self._cut(head.file, right - left), INK, "lm")

    def _write_colour(self, right: int, middle: int, grade: Grade, count: int) -> int:
        """A colour with its meaning and how many boxes have it, ending at `right`; where the next one ends."""
        side, gap = self._px(_TEXT), self._px(3)
        said = f"{PAINTS[grade].word}＝{PAINTS[grade].meaning} {count}" if chinese() else str(count)
        self._text(right, middle, said, INK, "rm")
        right -= self._long(said) + gap
        square = (right - side, middle - side // 2, right, middle + side // 2)
        self._draw.rectangle(square, PAINTS[grade].ground, PAINTS[grade].line, self._px(1))
        return right - side - self._px(10)

    def _cut(self, text: str, room: int) -> str:
        """A text without its middle where there is not room for all of it; the end of a file name tells most."""
        half, shorter = len(text) // 2, text
        while half and self._long(shorter) > room:
            half -= 1
            shorter = f"{text[:half]}…{text[len(text) - half :]}"
        return shorter

    # -- foot ------------------------------------------------------------------------------------------------------

    def _height(self, entries: Sequence[_Entry]) -> int:
        return self._px(_STEP) * (1 + self._rows(entries)) + self._px(_STEP / 2)

    def _rows(self, entries: Sequence[_Entry]) -> int:
        return -(-(len(entries) - 1) // self._columns(entries))

    def _columns(self, entries: Sequence[_Entry]) -> int:
        """As many columns as leave most entries whole, but for the reasons."""
        most = max(1, int((self._width / self._density - _MARGIN) // _COLUMN))
        badge = self._px(_BADGE + _MARGIN)
        for columns in range(most, 1, -1):
            room = (self._width - self._px(_MARGIN)) // columns - badge
            if sum(self._long(entry.text) > room for entry in entries[1:]) <= _CUT * (len(entries) - 1):
                return columns
        return 1

    def _write_list(self, entries: Sequence[_Entry], down: int) -> int:
        """A title and the entries below it, column by column; where the next list begins."""
        title, *rest = entries
        self._text(self._px(_MARGIN), down + self._px(_STEP / 2), title.text, INK, "lm")
        rows, step = self._rows(entries), self._px(_STEP)
        wide = (self._width - self._px(_MARGIN)) // self._columns(entries)
        for place, entry in enumerate(rest):
            left = self._px(_MARGIN) + wide * (place // rows)
            self._write_entry(left, down + step * (1 + place % rows), entry, wide - self._px(_MARGIN))
        return down + self._height(entries)

    def _write_entry(self, left: int, top: int, entry: _Entry, wide: int) -> None:
        """A line, behind the number of the box it speaks of."""
        badge, middle = self._px(_BADGE) if entry.grade else 0, top + self._px(_STEP / 2)
        if entry.grade is not None:
            paint, right, half = PAINTS[entry.grade], left + badge - self._px(4), round(self._px(_TEXT) * 0.62)
            ground = (left, middle - half, right, middle + half)
            self._draw.rounded_rectangle(ground, self._px(1.5), paint.ground, paint.line, self._px(0.4))
            self._text((left + right) / 2, middle, str(entry.number), paint.writing, "mm")
        why = entry.why if self._long(entry.text + entry.why) <= wide - badge else ""
        self._text(left + badge, middle, self._cut_end(entry.text, wide - badge) + why, INK, "lm")

    def _cut_end(self, text: str, room: int) -> str:
        if self._long(text) <= room:
            return text
        while text and self._long(f"{text}…") > room:
            text = text[:-1]
        return f"{text}…"

    def _long(self, text: str) -> int:
        return round(self._face.getlength(text))

    def _text(self, left: float, top: float, text: str, colour: Colour, anchor: str) -> None:
        self._draw.text((left, top), text, font=self._face, fill=colour, anchor=anchor)


def _lists(foot: Foot) -> Iterator[Sequence[_Entry]]:
    """Each list with its title in front."""
    if foot.doubtful:
        amber, red = PAINTS["amber"], PAINTS["red"]
        title = f"本页黄、红的栏目（编号见图）：{amber.word}的{amber.action}，{red.word}的{red.action}"
        yield _list(title, [_doubtful(mark) for mark in foot.doubtful])
    if foot.missing:
        yield _list("必填而没有找到的栏目", [_Entry(name_of(each.path, each.label)) for each in foot.missing])
    if foot.aside:
        yield _list("不在图上的栏目（取自文件内嵌的数据）", [_Entry(_said(each)) for each in foot.aside])


def _list(title: str, entries: list[_Entry]) -> Sequence[_Entry]:
    left_out = len(entries) - _MOST
    more = f"，以下列出前 {_MOST} 个，其余 {left_out} 个见读取结果" if left_out > 0 else ""
    return [_Entry(f"{title}（共 {len(entries)} 个{more}）"), *entries[:_MOST]]


def _doubtful(mark: Mark) -> _Entry:
    why = f"（{one_line(mark.reading.doubt)}）" if mark.reading.doubt else ""
    return _Entry(f"{sureness(mark.reading)}　{_said(mark.reading)}", why, mark.grade, mark.number)


def _said(reading: FieldReading) -> str:
    return f"{name_of(reading.path, reading.label)}：{value_of(reading, _VALUE)}"
