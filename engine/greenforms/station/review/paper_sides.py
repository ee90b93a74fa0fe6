"""The paper beside its form: the pictures of its pages, or its text where it has no pages. Read in children alone."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from greenforms import datafile
from greenforms.errors import InputError
from greenforms.place import describe
from greenforms.read.extraction import Extraction
from greenforms.station.refused import Refused
from greenforms.station.review.submissions import Paper, picture_place
from greenforms.station.workplace import Workplace
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import looked_at
from greenforms_extractors.model import Cell, Document, Table
from greenforms_extractors.origin import PageOrigin
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.reading import read_here
from greenforms_extractors.supervised.limits import Limits
from greenforms_extractors.supervised.messages import Request
from greenforms_extractors.supervised.pool import pool

T = TypeVar("T")

_PAGES, _TEXT = ("pdf", "image"), ("docx", "xlsx")
_NO_PAGES = "这种文件没有页面可以显示，请取原件对照。"
_CUT = "后面还有，太长没有全部显示，请取原件看。"
#: Of a long document so many cells and paragraphs are shown.
_MOST = 4_000
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it stands upright, in points; `turned` is by how many degrees clockwise it had to be turned."""

    number: int
    width: float
    height: float
    turned: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph or a cell with its place in words, and how many rows and columns it spans."""

    place: str
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a table of so many rows."""

    rows: tuple[tuple[Spot, ...], ...]
    is_table: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What stands beside the form: pages, or pieces of text; `told` says what is lacking."""

    pages: tuple[Page, ...] = ()
    pieces: tuple[Piece, ...] = ()
    told: str = ""


def side_of(paper: Paper, machine: Extraction) -> Side:
    """What can be shown of a paper without converting it, which is nothing of an old format or a broken file."""
    try:
        return _side(paper, machine)
    except (UnreadableFile, InputError) as error:
        return Side(told=f"{error}请取原件对照。")


def _side(paper: Paper, machine: Extraction) -> Side:
    kind = _asked(looked_at, paper.path).kind
    if kind in _PAGES:
        from greenforms.show.source import page_sizes

        turns = _turns(machine)
        sizes = page_sizes(paper.path, is_pdf=kind == "pdf")
        return Side(pages=tuple(_page(number, size, turns.get(number, 0)) for number, size in enumerate(sizes, 1)))
    document = _asked(read_here, paper.path) if kind in _TEXT else None
    return _text(document) if isinstance(document, Document) else Side(told=_NO_PAGES)


def picture_of(workplace: Workplace, paper: Paper, machine: Extraction, number: int) -> Path:
    """The picture of a page, made when it is first wanted. Raises Refused for one that is not there."""
    turned = _turns(machine).get(number, 0)
    place = picture_place(workplace, paper.sha256, number, turned)
    if not place.is_file():
        from greenforms.show.page import upright  # what draws is loaded when something is drawn
        from greenforms.show.source import page_count, page_picture

        is_pdf = _asked(looked_at, paper.path).kind == "pdf"
        if number > page_count(paper.path, is_pdf=is_pdf):
            raise Refused(404, "没有这一页", f"“{paper.name}”没有第 {number} 页。")
        picture = upright(page_picture(paper.path, number, is_pdf=is_pdf), turned)
        target = io.BytesIO()
        picture.save(target, "JPEG", quality=_QUALITY, subsampling=0)
        datafile.write(str(place), target.getvalue(), force=True)
    return place


def _asked(work: Callable[[Path, Progress], T], path: Path) -> T:
    """What a child says of a file."""
    return cast(T, pool().run(Request(work, path.absolute(), Limits()), silent))


def _page(number: int, size: tuple[float, float], turned: int) -> Page:
    width, height = reversed(size) if turned % 180 else size
    return Page(number, round(width, 1), round(height, 1), turned)


def _turns(machine: Extraction) -> dict[int, int]:
    """By how much each page was turned."""
    places = (place for field in machine.fields for place in field.places)
    return {place.page: place.turned for place in places if isinstance(place, PageOrigin)}


def _text(document: Document) -> Side:
    pieces: list[Piece] = []
    left = _MOST
    for block in document.blocks:
        rows = _rows(block) if isinstance(block, Table) else [(Spot(describe(block.origin), block.text),)]
        kept = []
        for row in rows:
            left -= len(row)
            if left >= 0:
                kept.append(row)
        if kept:
            pieces.append(Piece(tuple(kept), isinstance(block, Table)))
    return Side(pieces=tuple(pieces), told=_CUT if left < 0 else "")


def _rows(table: Table) -> Iterator[tuple[Spot, ...]]:
    return (tuple(map(_cell, row)) for row in table.row_cells() if row)


def _cell(cell: Cell) -> Spot:
    return Spot(describe(cell.origin), cell.text, cell.rows, cell.columns)
