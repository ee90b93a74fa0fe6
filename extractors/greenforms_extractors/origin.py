"""Where a piece of text stands in a file; apart from the document model, for findings and facts have places, too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParagraphOrigin:
    """A paragraph of a Word document. `index` counts body-level paragraphs from 1, in reading order."""

    index: int


@dataclass(frozen=True, slots=True)
class TableOrigin:
    """A cell of a Word table. `table`, `row` and `column` count from 1; the column is a grid column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class SheetOrigin:
    """A cell of a worksheet, such as sheet 名单库表, cell C5."""

    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class PageOrigin:
    """A box on a page. `page` counts from 1; the box is (left, top, right, bottom) in points from the top left.

    `turned`: by how many degrees clockwise (0, 90, 180, 270) a scanned page was turned to stand upright; the box lies
    on the page so turned.
    """

    page: int
    box: tuple[float, float, float, float]
    turned: int = 0


@dataclass(frozen=True, slots=True)
class MarginOrigin:
    """A margin of a Word document, by its Chinese name: 页眉, 页脚."""

    name: str


Origin = ParagraphOrigin | TableOrigin | SheetOrigin | PageOrigin | MarginOrigin
