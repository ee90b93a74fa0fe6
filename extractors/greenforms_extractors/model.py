"""The neutral document model: what any file says, and where it says it.

Every reader (docx, xlsx, PDF, image) returns a `Document`: blocks in reading order, each piece of text with an
origin. Text is kept as it stands in the file; folding of widths and spaces is the business of whoever compares it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from greenforms_extractors.origin import MarginOrigin as MarginOrigin
from greenforms_extractors.origin import Origin as Origin
from greenforms_extractors.origin import PageOrigin as PageOrigin
from greenforms_extractors.origin import ParagraphOrigin as ParagraphOrigin
from greenforms_extractors.origin import SheetOrigin as SheetOrigin
from greenforms_extractors.origin import TableOrigin as TableOrigin

Kind = Literal["docx", "xlsx", "pdf", "image"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the flow of text. `name` and `description` are what the file says of it, else empty."""

    name: str
    description: str
    media_type: str
    content: bytes = field(repr=False)
    origin: Origin


@dataclass(frozen=True, slots=True)
class Legibility:
    """What recognition saw of a text, the worst of its parts counting; a text that was no picture has none.

    `least` is the probability of its least sure character, `slips` how many are probably wrong (the sum of what each
    lacks in probability), `room` the distance of its ink from the nearest side of its cell and `unexplained` the
    breadth of ink in a line without a character there, both in heights of the line. `stray` is the largest blot of
    the cell outside its lines in squares of the page's usual line height, `lowest` its lowest line and `gap` the
    widest gap between two lines of a cell in that height.
    """

    least: float
    slips: float
    room: float = float("inf")
    stray: float = 0.0
    unexplained: float = 0.0
    lowest: float = 1.0
    gap: float = 0.0

    def __and__(self, other: Legibility | None) -> Legibility:
        """Both texts as one."""
        if other is None:
            return self
        return Legibility(
            least=min(self.least, other.least),
            slips=self.slips + other.slips,
            room=min(self.room, other.room),
            stray=max(self.stray, other.stray),
            unexplained=max(self.unexplained, other.unexplained),
            lowest=min(self.lowest, other.lowest),
            gap=max(self.gap, other.gap),
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. A line break inside it is "\\n", a tab is "\\t"; `confidence` is 1.0 unless it was recognised.

    `rest` is where a paragraph goes on that begins at `origin` and does not end there: on the next page. `nested` is
    the number of the table, else 0, of which the paragraph is one row, when a table stands inside a cell.
    """

    text: str
    origin: Origin
    pictures: tuple[Picture, ...] = ()
    confidence: float = 1.0
    legibility: Legibility | None = None
    rest: tuple[Origin, ...] = ()
    nested: int = 0

    @property
    def places(self) -> tuple[Origin, ...]:
        """Everywhere it stands."""
        return (self.origin, *self.rest)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, standing at its top left grid position (from 0) and spanning `rows` × `columns`."""

    row: int
    column: int
    rows: int
    columns: int
    paragraphs: tuple[Paragraph, ...]
    origin: Origin
    #: True for a worksheet cell stored as a number or date, whose text is our rendering of it.
    numeric: bool = False
    legibility: Legibility | None = None

    @property
    def text(self) -> str:
        """The cell's paragraphs joined by line breaks."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def confidence(self) -> float:
        """The lowest confidence of its paragraphs."""
        return min((paragraph.confidence for paragraph in self.paragraphs), default=1.0)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table (or a worksheet's used range). Cells come in reading order, a spanning cell once."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    origin: Origin
    #: Left edge of each grid column and the right edge of the last, in points, where the reader knows them.
    edges: tuple[float, ...] = ()

    def row_cells(self) -> Iterator[tuple[Cell, ...]]:
        """The cells of each row from left to right; a cell spanning rows appears in its first row only."""
        by_row: dict[int, list[Cell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for row in range(self.rows):
            yield tuple(sorted(by_row.get(row, ()), key=lambda cell: cell.column))


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Control:
    """A tagged place: a content control (docx), a cell of a defined name (xlsx), an AcroForm field (PDF).

    `rest` is where its text goes on when several controls of one tag follow each other.
    """

    tag: str
    text: str
    origin: Origin
    rest: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader wants known about the file; `code` is stable, `message` is Chinese."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """A series of a chart: what it is called and its values, None where one is lacking."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart: `name` is that of its drawing, `title` what it is headed with; a value for each category."""

    name: str
    title: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    `attachments` holds embedded files and custom XML parts by name (raw bytes), in which the engine looks for its
    own record. `pages` is the number of pages where the kind has pages, else None; `scanned` are those, from 1, whose
    text was recognised from a picture. `asides` stand in the margins, beside the text and no part of it: notes by hand
    and stamps on scanned pages, what is typed into the headers and footers of a Word document. `makers` made the
    file, by its properties: author, last editor, company, each once.
    """

    kind: Kind
    blocks: tuple[Block, ...]
    controls: tuple[Control, ...] = ()
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    pages: int | None = None
    scanned: tuple[int, ...] = ()
    asides: tuple[Paragraph, ...] = ()
    charts: tuple[Chart, ...] = ()
    makers: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))
