"""Documents and layouts written down as strings and lists, so that a test shows what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms_extractors.match.layout import Anchor, Column, Grid, Label, Layout, Part, Repeat, Row, RowCell, Slot
from greenforms_extractors.match.result import Match
from greenforms_extractors.model import Block, Cell, Document, Paragraph, ParagraphOrigin, Table, TableOrigin

#: A table cell: its text, or its text with the rows and columns it spans.
Sketch = str | tuple[str, int, int]


def document(*blocks: str | list[list[Sketch]]) -> Document:
    return Document("docx", tuple(_blocks(blocks)))


def _blocks(blocks: tuple[str | list[list[Sketch]], ...]) -> Iterator[Block]:
    for number, block in enumerate(blocks, 1):
        yield Paragraph(block, ParagraphOrigin(number)) if isinstance(block, str) else _table(number, block)


def _table(number: int, rows: list[list[Sketch]]) -> Table:
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, sketches in enumerate(rows):
        column = 0
        for sketch in sketches:
            text, height, width = (sketch, 1, 1) if isinstance(sketch, str) else sketch
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            origin = TableOrigin(number, row + 1, column + 1)
            paragraphs = tuple(Paragraph(line, origin) for line in text.split("\n"))
            cells.append(Cell(row, column, height, width, paragraphs, origin))
            column += width
    return Table(tuple(cells), len(rows), max(column for _, column in taken) + 1, TableOrigin(number, 1, 1))


def layout(*parts: Part) -> Layout:
    return Layout(parts)


def text(*anchors: Anchor) -> Part:
    return Part(anchors, table=False)


def table(*anchors: Anchor) -> Part:
    return Part(anchors, table=True)


def label(printed: str, *paths: str, before: str | None = None, cell: bool = False) -> Label:
    slots = tuple(Slot(path, printed) for path in paths)
    return Label(printed, (), slots, Slot(before, printed) if before else None, cell)


def digits_only(value: str) -> bool:
    return value.strip().isdigit()


def grid(*columns: str, numbers: tuple[str, ...] = (), path: str = "/rows") -> Grid:
    """A grid whose columns are named by their headings; those in `numbers` take digits only."""
    cells = tuple(
        RowCell(number, number + 1, slot=_slot(f"{path}/*/{name}", name, digits=name in numbers))
        for number, name in enumerate(columns)
    )
    return Grid(headings(*columns), (Repeat(path, (Row(cells),)),))


def headings(*names: str | tuple[str, str]) -> tuple[Column, ...]:
    """Columns by their headings, or by the heading above and the heading itself."""
    return tuple(
        Column(label(name, cell=True)) if isinstance(name, str) else Column(label(name[1], cell=True), (name[0],))
        for name in names
    )


def row(*cells: str | tuple[str, int]) -> Row:
    """A row pattern: a path is a slot, anything else static text; a number behind it is the columns it spans."""
    made = []
    first = 0
    for cell in cells:
        said, wide = (cell, 1) if isinstance(cell, str) else cell
        if said.startswith("/"):
            made.append(RowCell(first, first + wide, slot=Slot(said, said.rpartition("/")[2])))
        elif "：/" in said:
            text, path = said.split("：", 1)
            made.append(RowCell(first, first + wide, text, slot=Slot(path, text)))
        elif said:
            made.append(RowCell(first, first + wide, said))
        first += wide
    return Row(tuple(made))


def _slot(path: str, name: str, *, digits: bool) -> Slot:
    return Slot(path, name, accepts=digits_only) if digits else Slot(path, name)


def values(result: Match) -> dict[str, str]:
    return {found.path: found.raw.strip() for found in result.found}


def unread(result: Match) -> list[str]:
    return [each.text for each in result.unread]
