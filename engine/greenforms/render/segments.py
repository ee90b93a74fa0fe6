"""What is written between the ready-made XML of a compiled Word template.

Texts are escaped where they are written, by `word_text` alone, so that no value becomes markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms.form.control_tag import LONGEST, control_tag
from greenforms.form.tree import ABSENT
from greenforms.render.context import word_text
from greenforms.render.fitting import CLOSER, FITS, Fitting, remember, shown
from greenforms.render.pictures import caption_of
from greenforms.render.reach import Item, Paper, Reach
from greenforms.render.writing import Body, Condition, Step, Writing, write

#: docxtpl numbers the drawings of a document from here.
_DRAWINGS = 1000
_WHOLE = 100


@dataclass(slots=True, init=False)
class WordWriting(Writing):
    """A Word paper being written."""

    #: The picture of the data as the XML of a drawing.
    draw: Callable[[Mapping[str, Any], int], str]
    #: Characters of values so far; who wants to know how long a paragraph is takes the difference.
    length: int
    drawings: int
    #: The paragraph of a text that is written, and the picture, with its drawing.
    line: str
    first: bool
    picture: tuple[str, str]
    #: How much narrower the paragraph is set that is written, in percent.
    scale: int

    def __init__(self, data: Any, blank: bool, sink: Callable[[str], None], draw: Callable[..., str]) -> None:
        Writing.__init__(self, data, blank, sink)
        self.draw = draw
        self.length = self.drawings = 0
        self.line, self.first, self.picture = "", False, ("", "")
        self.scale = _WHOLE

    def drawing_number(self) -> int:
        """The number of the next drawing."""
        self.drawings += 1
        return _DRAWINGS + self.drawings


def _nothing(writing: WordWriting) -> Any:
    return None


@dataclass(frozen=True, slots=True)
class Text:
    """A step: what a field prints."""

    printed: Callable[[WordWriting], str]
    #: What the data have there, where nothing else makes the text.
    value: Callable[[WordWriting], Any] = _nothing

    def __call__(self, writing: WordWriting) -> None:
        """Write it."""
        found = self.printed(writing)
        writing.length += len(found)
        writing.xml.append(word_text(found))


@dataclass(frozen=True, slots=True)
class Tag:
    """A step: what the control of a field in the items of a loop is tagged with."""

    pointer: Callable[[WordWriting], str]

    def __call__(self, writing: WordWriting) -> None:
        """Write it."""
        writing.xml.append(control_tag(self.pointer(writing)))


def tag(place: Reach) -> Step:
    """What the control of a field is tagged with."""
    return Tag(place.pointer) if place.loop else control_tag(place.pointer(Paper([Item(None, "")], False)))


def number(loop: int, *, also_blank: bool) -> Step:
    """The number of an item; a place that is kept for an empty list has none, but on the blank if `also_blank`."""

    def step(writing: WordWriting) -> None:
        item = writing.items[loop]
        if item.data is not ABSENT or (also_blank and writing.blank):
            writing.xml.append(str(item.number))
            writing.length += len(str(item.number))

    return step


def lines(place: Reach, body: Body) -> Step:
    """A body for each paragraph of a text."""
    printed = place.text

    def step(writing: WordWriting) -> None:
        for position, found in enumerate(printed(writing).split("\n")):
            writing.line, writing.first = found, not position
            write(body, writing)

    return step


#: The paragraph of a text that is written.
LINE = Text(lambda writing: writing.line)


def pictures(place: Reach, body: Body) -> Step:
    """A body for each picture, or for the hint that stands in their place."""
    value, printed = place.value, place.text

    def step(writing: WordWriting) -> None:
        found = value(writing)
        for picture in found if isinstance(found, list) else ():
            writing.picture = writing.draw(picture, writing.drawing_number()), word_text(caption_of(picture))
            write(body, writing)
        if not (isinstance(found, list) and found):
            writing.picture = word_text(printed(writing)), ""
            write(body, writing)

    return step


def drawing(writing: WordWriting) -> None:
    """The picture that is written, or the hint in its place."""
    writing.xml.append(writing.picture[0])


def caption(writing: WordWriting) -> None:
    """The caption of the picture that is written."""
    writing.length += len(writing.picture[1])
    writing.xml.append(writing.picture[1])


def static_drawing(writing: WordWriting) -> None:
    """The number of a drawing that stands on the blank."""
    writing.xml.append(str(writing.drawing_number()))


def is_first(writing: WordWriting) -> bool:
    """Whether the paragraph that is written is the first of its text."""
    return writing.first


def opens(loops: Sequence[int]) -> Condition:
    """Whether these loops are all at their first items."""
    return lambda writing: all(writing.items[each].number == 1 for each in loops)


def paragraph(body: Body, narrowed: Body, fitting: Fitting) -> Step:
    """A paragraph that has to fit its lines: as it is, or narrowed, or as a closer look makes it."""
    match body:
        case [str(before), Text() as value, str(behind)]:
            return _cell(_Cell(before, _untagged, "", value, behind), narrowed, fitting)
        case [str(before), Tag(pointer), str(between), Text() as value, str(behind)]:
            return _cell(_Cell(before, pointer, between, value, behind), narrowed, fitting)

    def step(writing: WordWriting) -> None:
        xml = writing.xml
        start, length = len(xml), writing.length
        write(body, writing)
        if not fitting.is_short(writing.length - length):
            xml[start:] = [fitting.fitted("".join(xml[start:]))]

    return step


@dataclass(frozen=True, slots=True)
class _Cell:
    """A paragraph of one value in a control: what stands before and behind the value and the tag."""

    before: str
    pointer: Callable[[WordWriting], str]
    between: str
    value: Text
    behind: str


def _untagged(writing: WordWriting) -> str:
    return ""


def _cell(cell: _Cell, narrowed: Body, fitting: Fitting) -> Step:
    """Writes a paragraph of one value; short texts that fit are remembered as they are written."""
    before, pointer, between, behind = cell.before, cell.pointer, cell.between, cell.behind
    value, printed = cell.value.value, cell.value.printed
    fitting.around = shown(before + between), shown(behind)
    written: dict[str, str] = {}

    def step(writing: WordWriting) -> None:
        given = value(writing)
        if given.__class__ is str and given in written:
            tag = pointer(writing)
            if len(tag) > LONGEST:
                tag = control_tag(tag)
            writing.xml.append(f"{before}{tag}{between}{written[given]}{behind}")
            return
        text = printed(writing)
        fit = fitting.fit(text)
        if fit is not FITS and fit is not CLOSER and text:
            writing.scale = fit.scale
            write(narrowed, writing)
            return
        inside = word_text(text)
        xml = f"{before}{control_tag(pointer(writing))}{between}{inside}{behind}"
        writing.xml.append(xml if fit is FITS else fitting.fitted(xml))
        if fit is FITS and given.__class__ is str:
            remember(written, given, inside)

    return step


def scale(writing: WordWriting) -> None:
    """How much narrower the paragraph is set that is written, in percent."""
    writing.xml.append(str(writing.scale))
