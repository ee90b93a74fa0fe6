"""What is marked on a file: notes at places, and one list of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from greenforms_extractors.origin import Origin


class Tint(Enum):
    """The ground a marked place gets, as RGB in hexadecimal."""

    WRONG = "FFC7CE"
    DOUBT = "FFEB9C"
    ASK = "DDEBF7"
    CARRIED = "E2EFDA"


@dataclass(frozen=True, slots=True)
class Note:
    """What is said at one place, and in which tint."""

    place: Origin
    text: str
    tint: Tint


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: the text of each column, and the place that its `Listing.link` column leads to."""

    texts: tuple[str, ...]
    tint: Tint
    place: Origin | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of all: `name` is that of its sheet; widths are in characters; `lead` stands below the headline.

    `sign` begins each note, and tells those of one kind from others.
    """

    name: str
    sign: str
    lead: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    link: int
    lines: Sequence[Line]
