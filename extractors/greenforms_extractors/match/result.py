"""What the matcher reports: values with their places, what is missing and what was left unread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from greenforms_extractors.match.layout import Slot, placed
from greenforms_extractors.model import Legibility, Origin, Picture


@dataclass(frozen=True, slots=True)
class Found:
    """One slot's text as it stands, in the item that `indices` name; `label` is the heading as the file prints it.

    `likeness` is how well that heading fits the form's (0–1), `legibility` how well the text was recognised. A text
    that runs over several paragraphs or pages has several `places`.
    """

    slot: Slot
    indices: tuple[int, ...]
    raw: str
    label: str
    places: tuple[Origin, ...]
    confidence: float
    pictures: tuple[tuple[Picture, str], ...] = ()
    likeness: float = 1.0
    legibility: Legibility | None = None

    @property
    def path(self) -> str:
        """The pointer of the place."""
        return placed(self.slot.path, self.indices)

    @property
    def origin(self) -> Origin:
        """Where it begins."""
        return self.places[0]


@dataclass(frozen=True, slots=True)
class List:
    """A list that the document has, filled or not: its pattern, and the items it lies in."""

    path: str
    indices: tuple[int, ...] = ()

    @property
    def pointer(self) -> str:
        """The pointer of the list."""
        return placed(self.path, self.indices)


@dataclass(frozen=True, slots=True)
class PartCover:
    """How much of one part of the layout was found: the sum of the scores against the greatest possible sum."""

    table: bool
    score: float
    weight: float

    @property
    def share(self) -> float:
        """0.0 nothing found, 1.0 every anchor found exactly."""
        return self.score / self.weight if self.weight else 0.0


class NoRecord(Enum):
    """What a row of a list is that is none of its records."""

    TOTAL = "total"
    COLUMN_NUMBERS = "column numbers"
    EXAMPLE = "example"
    CLOSING = "closing"
    NOTE = "note"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that is neither label nor value, or the first text of a table that belongs to no part of the form.

    `row` tells what a row is that stands in a list and is no record; the text is then the whole row's. `column` is the
    column of the form for which a strange heading was taken by its place, `like` the list of which a whole table may be
    a part.
    """

    text: str
    origin: Origin
    whole_table: bool = False
    row: NoRecord | None = None
    column: str = ""
    like: str = ""


class Doubt(Enum):
    """What makes it doubtful that a paper was understood as it stands."""

    SECOND_PAPER = "second paper"
    NO_HEADING = "no heading"
    BEGINS_LATE = "begins late"
    NUMBERS_JUMP = "numbers jump"
    NUMBERS_REPEAT = "numbers repeat"
    TOTAL_DIFFERS = "total differs"


@dataclass(frozen=True, slots=True)
class Remark:
    """A doubt about what stands at a pointer, with the texts that raise it and where the first of them stands."""

    doubt: Doubt
    path: str
    texts: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Match:
    """A layout laid over a document. `lists` are the lists it has a heading or a row for, filled or not."""

    found: tuple[Found, ...]
    cover: tuple[PartCover, ...]
    unread: tuple[Unread, ...]
    lists: tuple[List, ...]
    #: Headings of the form that the document's heading rows lack.
    missing_columns: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def share(self) -> float:
        """The share of the layout that was found; tables that are wholly missing do not count against it."""
        present = [part for part in self.cover if part.score or not part.table]
        weight = sum(part.weight for part in present)
        return sum(part.score for part in present) / weight if weight else 0.0
