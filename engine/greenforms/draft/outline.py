"""What a blank asks for, as it is drafted: slots with their labels, lists and matrices of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from greenforms_extractors.model import Cell


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slot stands: characters `start` to `end` of a paragraph.

    `block` numbers the document's blocks, `paragraph` those of the cell, both from 0; outside tables `cell` is None.
    A cell of a sheet that nothing stands in has no paragraph. `whole`: the slot is all there is in its paragraph.
    """

    block: int
    cell: Cell | None
    paragraph: int
    start: int
    end: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A slot with the label that names it.

    `row` is the label of its row where it stands under a heading, `around` the heading or label above its own, `blank`
    what the authority printed in it, `hint` a text beside it that bears on what is written there: 万元, A. 有 B. 无.
    """

    label: str
    place: Place
    blank: str = ""
    row: str = ""
    around: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class AskedList:
    """Rows that come again, each `height` rows of the grid high; they stand in rows `first` to before `end`.

    `inner` are the columns of the list inside each item, which goes over the rows beside one merged cell; then `band`
    is how many rows the blank gives each item. `ordinal` is the place of the row's number.
    """

    title: str
    block: int
    first: int
    end: int
    columns: tuple[Asked, ...]
    inner: tuple[Asked, ...] = ()
    ordinal: Place | None = None
    height: int = 1
    band: int = 1


@dataclass(frozen=True, slots=True)
class AskedMatrix:
    """Rows of a label each, under headings."""

    title: str
    slots: tuple[Asked, ...]


Item = Asked | AskedList | AskedMatrix


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a blank asks for, in reading order; `unread` are the texts and cells that were not understood."""

    title: str
    items: tuple[Item, ...]
    unread: tuple[str, ...] = ()

    @property
    def asked(self) -> Iterator[Asked]:
        """Every slot, one of each column of a list."""
        for item in self.items:
            match item:
                case Asked():
                    yield item
                case AskedList():
                    yield from (*item.columns, *item.inner)
                case AskedMatrix():
                    yield from item.slots
