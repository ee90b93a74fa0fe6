"""What the cells of a compiled sheet print. Texts are escaped here alone, so that no value becomes markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from greenforms.form.tree import ABSENT, Leaf
from greenforms.render.context import sheet_text
from greenforms.render.fitting import remember
from greenforms.render.measure import WIDEST
from greenforms.render.reach import Paper, Reach
from greenforms.render.row_height import Room
from greenforms.render.sheet_rows import Cell, Member, SheetWriting
from greenforms.render.sheet_values import as_number, stored_text


@dataclass(frozen=True, slots=True)
class Frame:
    """A cell without what it says: its style, those for texts and for numbers, what follows it, and its lines' room.

    `usual`: the format of its numbers that `number_style` shows. `room` is None where no row becomes higher by it.
    """

    style: int
    text_style: int
    usual: str
    number_style: int
    behind: str
    room: Room | None

    @property
    def empty(self) -> str:
        """The cell with nothing in it."""
        return f'" s="{self.style}"/>{self.behind}'

    def number(self, style: int, written: str) -> str:
        """The cell with a number in it."""
        return f'" s="{style}"><v>{written}</v></c>{self.behind}'

    @property
    def text(self) -> Callable[[str], tuple[str, float]]:
        """Makes the cell with a text in it, and how high that is, in points; 0 for one line."""
        nothing = f'" s="{self.text_style}"/>{self.behind}', 0.0
        opening, closing = f'" s="{self.text_style}" t="inlineStr"><is><t', f"</t></is></c>{self.behind}"
        room = self.room
        short = 0 if room is None else room.width // WIDEST

        def text(text: str) -> tuple[str, float]:
            if not text:
                return nothing
            stored = stored_text(text)
            several = "\n" in stored
            height = 0 if room is None or (len(stored) <= short and not several) else room.height(stored)
            kept = ' xml:space="preserve">' if several or stored[0].isspace() or stored[-1].isspace() else ">"
            return f"{opening}{kept}{sheet_text(stored)}{closing}", height

        return text


def field(place: Reach, frame: Frame) -> Cell:
    """A cell that prints a field alone."""
    write, value = _writes(place, frame, {}), place.given
    return lambda writing: write(writing, value(writing))


def member(place: Reach, frame: Frame) -> Member:
    """A cell that prints a member of the innermost item alone."""
    known: dict[Any, str] = {}
    return Member(str(place.steps[0]), known, _writes(place, frame, known))


def _writes(place: Reach, frame: Frame, known: dict[Any, str]) -> Callable[[SheetWriting, Any], str]:
    """What writes a field of what the data have there; texts and whole numbers that make no row higher are kept."""
    leaf = place.node
    assert isinstance(leaf, Leaf)
    printed, written, text_of = place.text, leaf.codec.format, frame.text

    def write(writing: SheetWriting, given: Any) -> str:
        kind = given.__class__
        if given is None or given is ABSENT:
            found, height = text_of(printed(writing))
            writing.height = max(writing.height, height)
            return found
        text = written(given)
        number = None if kind is str else as_number(leaf, given, text)
        if number is None:
            found, height = text_of(text)
            if height > writing.height:
                writing.height = height
            elif kind is str and not height:
                remember(known, given, found)
            return found
        figures, code = number
        if code != frame.usual:
            return frame.number(writing.formats[frame.style, code], _exact(given, figures))
        found = frame.number(frame.number_style, _exact(given, figures))
        if kind is int:
            remember(known, given, found)
        return found

    return write


def _exact(given: int | Decimal, figures: str) -> str:
    """A number as it is stored: the one given, of which the figures may be rounded, as far as Excel keeps it."""
    return figures if given == Decimal(figures) else f"{given:.16g}"


def ordinal(loop: int, frame: Frame, *, also_blank: bool) -> Cell:
    """A cell that prints the number of an item alone."""
    opening, closing, empty = f'" s="{frame.style}"><v>', f"</v></c>{frame.behind}", frame.empty

    def cell(writing: SheetWriting) -> str:
        item = writing.items[loop]
        if item.data is not ABSENT or (also_blank and writing.blank):
            return f"{opening}{item.number}{closing}"
        return empty

    return cell


def number_of(loop: int, *, also_blank: bool) -> Callable[[Paper], str]:
    """The number of an item; a place that is kept for an empty list has none, but on the blank if `also_blank`."""

    def number(paper: Paper) -> str:
        item = paper.items[loop]
        return str(item.number) if item.data is not ABSENT or (also_blank and paper.blank) else ""

    return number


def mixed(pieces: Sequence[str | Callable[[Paper], str]], frame: Frame) -> Cell:
    """A cell of texts and fields."""

    text_of = frame.text

    def cell(writing: SheetWriting) -> str:
        text = "".join([piece if isinstance(piece, str) else piece(writing) for piece in pieces])
        found, height = text_of(text)
        writing.height = max(writing.height, height)
        return found

    return cell
