"""Tables of a Word document: grid positions, spans, what stands in a cell (ECMA-376 part 1, clause 17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.model import Cell, Origin, Paragraph, Table, TableOrigin
from greenforms_extractors.ooxml import Package
from greenforms_extractors.refusals import too_wide
from greenforms_extractors.safe_xml import Element
from greenforms_extractors.word.line import Line
from greenforms_extractors.word.markup import W, number, shows_placeholder, tag_of, twips, unwrap
from greenforms_extractors.word.text import TextReader

#: Word itself stops at 63 columns; a wider grid is not a table but an attack.
MAX_COLUMNS = 1000
_TWIPS = 20


@dataclass(slots=True)
class _Slot:
    """A cell while rows are still being added to it."""

    row: int
    column: int
    rows: int
    columns: int
    paragraphs: tuple[Paragraph, ...]
    origin: Origin


class CellReader:
    """Reads what stands inside cells and text boxes, and numbers the tables of the document from 1."""

    def __init__(self, package: Package, text: TextReader) -> None:
        self.text = text
        self._package = package
        self._tables = 0
        #: Tables met inside cells since they were last taken out.
        self.nested: list[Table] = []

    def forget(self) -> None:
        """Count the tables anew: those met so far are no part of the document."""
        self._tables = 0
        self.nested.clear()

    def new_table(self) -> TableBuilder:
        """Begin the next table of the document."""
        self._tables += 1
        return TableBuilder(self, self._tables)

    def add_place(self) -> None:
        """Count a cell."""
        self._package.extent.add_places()

    def refuse(self, table: int) -> UnreadableFile:
        """The refusal of a table whose grid makes no sense."""
        return too_wide(self._package.path, f"的第 {table} 张表格超过 {MAX_COLUMNS} 列", f"{MAX_COLUMNS} 列")

    def content(self, container: Element, origin: Origin, *, blank: bool = False) -> tuple[Paragraph, ...]:
        """The paragraphs of a cell or text box; those of its text boxes and nested tables follow in place."""
        found: list[Paragraph] = []
        inside: dict[Element, list[str]] = {}
        carried: Line | None = None
        for block, controls in unwrap(container, (W + "p", W + "tbl")):
            start = len(found)
            if block.tag == W + "tbl":
                found.extend(self._flattened(block, origin))
                text = "\n".join(paragraph.text for paragraph in found[start:])
            else:
                line = self.text.read(block, origin, blank=blank or any(map(shows_placeholder, controls)))
                text = line.text
                carried = self.text.joined(carried, line)
                if not self.text.mark_deleted(block):
                    found.extend(self._finished(carried))
                    carried = None
            for control in controls:
                inside.setdefault(control, []).append(text)
        found.extend(self._finished(carried) if carried else ())
        self.record(inside, origin)
        return tuple(found)

    def _finished(self, line: Line) -> Iterator[Paragraph]:
        yield line.paragraph()
        for box in line.boxes:
            yield from self.content(box, line.origin)

    def _flattened(self, table: Element, origin: Origin) -> Iterator[Paragraph]:
        """A nested table as text, one paragraph per row; the table itself goes to `nested`."""
        read = self.table(table)
        self.nested.append(read)
        number = read.origin.table if isinstance(read.origin, TableOrigin) else 0
        for cells in read.row_cells():
            paragraphs = [paragraph for cell in cells for paragraph in cell.paragraphs]
            pictures = tuple(picture for paragraph in paragraphs for picture in paragraph.pictures)
            text = "\t".join(cell.text for cell in cells)
            self._package.extent.add_text(text)
            yield Paragraph(text, origin, pictures, nested=number)

    def table(self, table: Element) -> Table:
        """Read a whole table that is in memory."""
        builder = self.new_table()
        inside: dict[Element, list[str]] = {}
        for row, controls in unwrap(table, (W + "tr",)):
            text = builder.add(row, blank=any(map(shows_placeholder, controls)))
            for control in controls:
                inside.setdefault(control, []).append(text)
        self.record(inside, TableOrigin(builder.number, 1, 1))
        return builder.finish(table)

    def record(self, inside: dict[Element, list[str]], origin: Origin) -> None:
        """Note the tagged controls that stood around blocks, rows or cells, with the text inside each."""
        for control, texts in inside.items():
            tag = tag_of(control)
            if tag is not None:
                self.text.add_control(tag, "\n".join(texts), origin)


class TableBuilder:
    """One table, row by row."""

    def __init__(self, reader: CellReader, number: int) -> None:
        self.number = number
        self._reader = reader
        self._slots: list[_Slot] = []
        self._open: dict[int, _Slot] = {}
        self.rows = 0
        self._columns = 0

    def add(self, row: Element, *, blank: bool = False) -> str:
        """Add a `w:tr`; gives its text, cells parted by tabs."""
        if row.find(f"{W}trPr/{W}del") is not None:
            self._reader.text.seen["revisions"] += 1
            return ""
        column = max(0, number(row, f"{W}trPr/{W}gridBefore"))
        merged: dict[int, _Slot] = {}
        texts: list[str] = []
        for cell, controls in unwrap(row, (W + "tc",)):
            blank_cell = blank or any(map(shows_placeholder, controls))
            slot = self._cell(cell, column, merged, blank=blank_cell)
            text = "\n".join(paragraph.text for paragraph in slot.paragraphs)
            self._reader.record({control: [text] for control in controls}, slot.origin)
            texts.append(text)
            column = slot.column + slot.columns
        self._open = merged
        self.rows += 1
        self._columns = max(self._columns, column)
        if self._columns > MAX_COLUMNS:
            raise self._reader.refuse(self.number)
        return "\t".join(texts)

    def _cell(self, cell: Element, column: int, merged: dict[int, _Slot], *, blank: bool) -> _Slot:
        properties = cell.find(W + "tcPr")
        width = max(1, number(properties, W + "gridSpan", 1))
        self._reader.add_place()
        origin = TableOrigin(self.number, self.rows + 1, column + 1)
        paragraphs = self._reader.content(cell, origin, blank=blank)
        above = self._open.get(column)
        if _continues(properties, "hMerge") and self._slots and self._slots[-1].row == self.rows:
            self._slots[-1].columns += width
            self._covered(paragraphs)
            return self._slots[-1]
        if _continues(properties, "vMerge") and above is not None and above.columns == width:
            above.rows += 1
            self._covered(paragraphs)
            merged[column] = above
            return above
        slot = _Slot(self.rows, column, 1, width, paragraphs, origin)
        self._slots.append(slot)
        if properties is not None and properties.find(W + "vMerge") is not None:
            merged[column] = slot
        return slot

    def _covered(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Text in the covered part of a merged cell is not shown by Word."""
        self._reader.text.seen["hidden-text"] += any(paragraph.text for paragraph in paragraphs)

    def finish(self, table: Element) -> Table:
        """The table as read."""
        cells = tuple(
            Cell(slot.row, slot.column, slot.rows, slot.columns, slot.paragraphs, slot.origin)
            for slot in sorted(self._slots, key=lambda slot: (slot.row, slot.column))
        )
        return Table(cells, self.rows, self._columns, TableOrigin(self.number, 1, 1), self._edges(table))

    def _edges(self, table: Element) -> tuple[float, ...]:
        columns = islice(table.iterfind(f"{W}tblGrid/{W}gridCol"), self._columns)
        widths = [width / _TWIPS for column in columns if (width := twips(column.get(W + "w"))) is not None]
        if len(widths) < self._columns or not widths:
            return ()
        return tuple(accumulate(widths, initial=0.0))


def _continues(properties: Element | None, kind: str) -> bool:
    """Whether a cell continues a merge: the element is there and does not say `restart`."""
    merge = None if properties is None else properties.find(W + kind)
    return merge is not None and merge.get(W + "val") != "restart"
