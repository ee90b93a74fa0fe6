"""What the cells of a compiled sheet print. Texts are escaped here alone, so that no value becomes markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from greenforms.form.tree import ABSENT, Leaf
from greenforms.render.context import sheet_text
from greenforms.render.fitting import remember
from greenforms.render.reach import Paper, Reach
from greenforms.render.row_height import Room
from greenforms.render.sheet_rows import Cell, SheetWriting
from greenforms.render.sheet_values import as_number, stored_text


@dataclass(frozen=True, slots=True)
class Frame:
    """A cell without what it says: its style, the one for texts, what follows it, and the room of its lines.

    `room` is None where no row becomes higher by it; `lines` are those that stand in the row as it is.
    """

    style: int
    text_style: int
    behind: str
    room: Room | None
    lines: int

    @property
    def empty(self) -> str:
        """The cell with nothing in it."""
        return f'" s="{self.style}"/>{self.behind}'

    def text(self, text: str) -> tuple[str, float]:
        """The cell with a text in it, and how high that is, in points; 0 where the row is surely high enough."""
        if not text:
            return f'" s="{self.text_style}"/>{self.behind}', 0
        stored = stored_text(text)
        low = self.room is None or self.room.surely_in(stored, self.lines)
        height = 0 if low or self.room is None else self.room.height(stored)
        kept = ' xml:space="preserve"' if "\n" in stored or stored != stored.strip() else ""
        inside = f"<is><t{kept}>{sheet_text(stored)}</t></is>"
        return f'" s="{self.text_style}" t="inlineStr">{inside}</c>{self.behind}', height

    def number(self, style: int, written: str) -> str:
        """The cell with a number in it."""
        return f'" s="{style}"><v>{written}</v></c>{self.behind}'


def field(place: Reach, frame: Frame) -> Cell:
    """A cell that prints a field alone."""
    leaf = place.node
    assert isinstance(leaf, Leaf)
    given_of, printed, written, figure = place.given, place.text, leaf.codec.format, leaf.codec.figure
    style = frame.style
    known: dict[str, tuple[str, float]] = {}

    def cell(writing: SheetWriting) -> str:
        given = given_of(writing)
        if given.__class__ is str:
            found = known.get(given)
            if found is None:
                remember(known, given, found := frame.text(written(given)))
        elif given is None or given is ABSENT:
            found = frame.text(printed(writing))
        else:
            text = written(given)
            if figure and (number := as_number(leaf, given, text)):
                return frame.number(writing.formats[style, number[1]], _exact(given, number[0]))
            found = frame.text(text)
        if found[1] > writing.height:
            writing.height = found[1]
        return found[0]

    return cell


def _exact(given: int | Decimal, figures: str) -> str:
    """A number as it is stored: the one given, of which the figures may be rounded, as far as Excel keeps it."""
    return figures if given == Decimal(figures) else f"{given:.16g}"


def ordinal(loop: int, frame: Frame, *, also_blank: bool) -> Cell:
    """A cell that prints the number of an item alone."""
    number = number_of(loop, also_blank=also_blank)

    def cell(writing: SheetWriting) -> str:
        found = number(writing)
        return frame.number(frame.style, found) if found else frame.empty

    return cell


def number_of(loop: int, *, also_blank: bool) -> Callable[[Paper], str]:
    """The number of an item; a place that is kept for an empty list has none, but on the blank if `also_blank`."""

    def number(paper: Paper) -> str:
        item = paper.items[loop]
        return str(item.number) if item.data is not ABSENT or (also_blank and paper.blank) else ""

    return number


def mixed(pieces: Sequence[str | Callable[[Paper], str]], frame: Frame) -> Cell:
    """A cell of texts and fields."""

    def cell(writing: SheetWriting) -> str:
        text = "".join([piece if isinstance(piece, str) else piece(writing) for piece in pieces])
        found, height = frame.text(text)
        writing.height = max(writing.height, height)
        return found

    return cell
