"""The layout of a blank form, free of forms and schemas: static texts in reading order and the slots they name.

`Part` is a run of anchors that stand or fall together (a table, or the paragraphs between two tables): a document
that holds only one of two alternative tables leaves the other part unmatched as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Flow(Enum):
    """How a slot's value is laid out."""

    TEXT = "text"  # on the label's line or in one cell
    PARAGRAPHS = "paragraphs"  # every paragraph up to the next anchor
    PICTURES = "pictures"  # pictures with their captions up to the next anchor


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled. `path` is a pointer pattern (`/rows/*/name`); `blank` is what the empty form prints there.

    `accepts` says whether a text may be this slot's value (the field type as a prior); it never reads the value.
    """

    path: str
    label: str
    blank: str = ""
    flow: Flow = Flow.TEXT
    accepts: Callable[[str], bool] = lambda text: True


@dataclass(frozen=True, slots=True)
class Label:
    """A static text with its other spellings and the slots it names, in order.

    `after` are slots that follow the label (to its right in a table, behind it or below it in text); `before` is a
    slot printed in front of the text on the same line, as in `{city}2024年度…汇总表`.
    """

    text: str
    aliases: tuple[str, ...] = ()
    after: tuple[Slot, ...] = ()
    before: Slot | None = None
    cell: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The printed text and its other spellings."""
        return (self.text, *self.aliases)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a repeating table: its heading and the slot under it (None for 序号 and the like)."""

    label: Label
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A heading row over repeating rows. `path` is the pattern of the array (`/rows`)."""

    path: str
    columns: tuple[Column, ...]


Anchor = Label | Grid


@dataclass(frozen=True, slots=True)
class Part:
    """Anchors that belong together. `table` tells whether the blank prints them inside a table."""

    anchors: tuple[Anchor, ...]
    table: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A blank form as the matcher sees it."""

    parts: tuple[Part, ...]

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """All anchors in reading order."""
        return tuple(anchor for part in self.parts for anchor in part.anchors)


def slots_of(anchor: Anchor) -> tuple[Slot, ...]:
    """The slots an anchor names."""
    if isinstance(anchor, Grid):
        return tuple(column.slot for column in anchor.columns if column.slot is not None)
    return (*((anchor.before,) if anchor.before else ()), *anchor.after)
