"""What a table asks for: lists and matrices under headings, labels with places beside or below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from greenforms.draft import wording as w
from greenforms.draft.cells import beside_labels, whole_cell
from greenforms.draft.grid import Grid
from greenforms.draft.headings import Heading, heading_at, headline
from greenforms.draft.outline import Asked, AskedList, AskedMatrix, Item, Place
from greenforms_extractors.model import Cell

#: A longer text is no label of a row.
_LONGEST_LABEL = 120


@dataclass(slots=True)
class TableReader:
    """Reads one table from top to bottom; `block` is its number among the document's blocks."""

    grid: Grid
    block: int
    title: str
    card: bool = False

    def items(self) -> Iterator[Item]:
        """All that the table asks for."""
        row = 0
        while row < self.grid.height:
            heading = heading_at(self.grid, row)
            found, end = self._under(heading) if heading is not None else ([], row)
            if found:
                yield from found
                row = end
            else:
                yield from self._row(row)
                row += 1

    # -- labels beside their places --------------------------------------------------------------------------------

    def _row(self, row: int) -> Iterator[Item]:
        cells = self.grid.rows[row]
        above = headline(self.grid, row - 1) if row else ""
        if above and len(cells) == 1 and w.is_vacant(cells[0].text) and cells[0].columns == self.grid.table.columns:
            yield Asked(above, whole_cell(cells[0], self.block), cells[0].text)
            return
        wider = [cell for cell in self.grid.across(row) if cell.row < row and cell.text.strip()]
        around = wider[0].text.strip() if wider else ""
        for asked in beside_labels(cells, self.block, sheet=self.grid.is_sheet):
            yield asked if asked.around else replace(asked, around=around)

    # -- rows under headings ---------------------------------------------------------------------------------------

    def _under(self, heading: Heading) -> tuple[list[Item], int]:
        """What stands under a heading, and the row behind it; nothing where nobody is to write under it."""
        start = self._behind_examples(heading)
        found: list[Item] = []
        rows: list[Asked] = []
        row = start
        title = heading.title or self.title
        while row < self.grid.height:
            if self._is_item(heading, row):
                listed = self._list(heading, row, title)
                if not rows or self._numbered(listed):
                    found += listed.columns if self._is_card(listed) else [listed]
                    row = listed.end
                    continue
            if rows_ := self._matrix_row(heading, row):
                rows += rows_
            elif not self._is_section(row):
                break
            row += 1
        if rows:
            found.append(AskedMatrix(title, tuple(rows)))
        return found, row

    def _is_card(self, listed: AskedList) -> bool:
        """Whether a single row is no list: further labels with one row below each follow, or went before."""
        if listed.end - listed.first > 1 or listed.ordinal is not None:
            return False
        self.card = self.card or heading_at(self.grid, listed.end) is not None
        return self.card

    def _is_section(self, row: int) -> bool:
        """Whether a row is the title of rows further down under the same heading."""
        text = headline(self.grid, row)
        return bool(text) and not text.endswith(("：", ":")) and heading_at(self.grid, row) is None

    def _numbered(self, listed: AskedList) -> bool:
        return listed.ordinal is not None and listed.end - listed.first > 1

    def _behind_examples(self, heading: Heading) -> int:
        """The row behind those that the authority filled in as examples, or in which it numbered the columns."""
        row = heading.end
        while row < self.grid.height - 1:
            cells = self.grid.across(row)
            first = next((cell.text.strip() for cell in cells if cell.text.strip()), "")
            counted = [cell.text.strip() for cell in cells] == [str(number) for number in range(1, len(cells) + 1)]
            filled = all(cell.text.strip() and not w.is_prompt(cell.text) for cell in cells) and len(cells) > 1
            if not (w.EXAMPLE.match(first) or counted or filled):
                break
            row += 1
        return row

    def _is_item(self, heading: Heading, row: int) -> bool:
        """Whether a row is there for one item of a list: it prints its number at most."""
        cells = self.grid.across(row)
        under = [(cell, heading.over(cell)) for cell in cells]
        if any(column is None and cell.text.strip() for cell, column in under):
            return False
        vacant = [cell for cell, column in under if column is not None and self._open(heading, cell, column)]
        printed = [cell for cell in cells if cell.text.strip() and cell not in vacant]
        numbers = all(w.is_number_of_row(cell.text) and cell.column == cells[0].column for cell in printed)
        if not (numbers and len(vacant) >= max(1, (len(heading.leaves) + 1) // 2)):
            return False
        return not self.grid.is_sheet or row < self.grid.table.rows or row == heading.end

    def _open(self, heading: Heading, cell: Cell, column: int) -> bool:
        """Whether a cell under a heading is to be filled in: not the number of the row."""
        return w.is_vacant(cell.text) and not w.is_ordinal_head(heading.leaves[column].text)

    def _list(self, heading: Heading, row: int, title: str) -> AskedList:
        cells = [cell for cell in self.grid.across(row) if cell.row == row]
        opens = [cell for cell in cells if (at := heading.over(cell)) is not None and self._open(heading, cell, at)]
        numbers = [cell for cell in cells if cell not in opens and heading.over(cell) is not None and cell.columns == 1]
        band = max((cell.rows for cell in cells), default=1)
        ordinal = whole_cell(numbers[0], self.block) if numbers else None
        if band > 1:
            return self._banded(heading, row, title, opens, ordinal)
        end = row + 1
        while end < self.grid.height and self._same(cells, end) and self._is_item(heading, end):
            end += 1
        columns = tuple(self._column(heading, cell) for cell in opens)
        return AskedList(title, self.block, row, end, columns, ordinal=ordinal)

    def _banded(
        self, heading: Heading, row: int, title: str, opens: Sequence[Cell], ordinal: Place | None
    ) -> AskedList:
        """Items of several rows, or lists in items: their first cells are joined over those rows."""
        band = max(cell.rows for cell in self.grid.rows[row])
        end = row + band
        while end + band <= self.grid.height and self._same(self.grid.rows[row], end):
            end += band
        outer = tuple(self._column(heading, cell) for cell in opens if cell.rows == band)
        inner = tuple(self._column(heading, cell) for cell in opens if cell.rows < band)
        below = range(row + 1, row + band)
        more = [asked for at in below for asked in beside_labels(self.grid.rows[at], self.block, sheet=False)]
        if more:
            return AskedList(title, self.block, row, end, (*outer, *inner, *more), (), ordinal, band, band)
        return AskedList(title, self.block, row, end, outer, inner, ordinal, 1, band)

    def _same(self, cells: Sequence[Cell], row: int) -> bool:
        """Whether a row is divided as some cells are."""
        shape = [(cell.column, cell.columns, cell.rows) for cell in cells]
        return [(cell.column, cell.columns, cell.rows) for cell in self.grid.rows[row]] == shape

    def _column(self, heading: Heading, cell: Cell) -> Asked:
        number = heading.over(cell)
        assert number is not None
        above = heading.above[number]
        return Asked(
            heading.leaves[number].text.strip(),
            whole_cell(cell, self.block),
            cell.text,
            around=above[-1] if above else "",
        )

    def _matrix_row(self, heading: Heading, row: int) -> list[Asked]:
        """The slots of a row that prints a label of its own."""
        opens: list[Cell] = []
        labels: list[Cell] = []
        hint = ""
        for cell in self.grid.across(row):
            number = heading.over(cell)
            head = heading.leaves[number].text if number is not None else ""
            text = cell.text.strip()
            if head and not w.is_ordinal_head(head) and (not text or (labels and w.is_prompt(cell.text))):
                opens.append(cell)
            elif head and labels and w.is_unit_head(head):
                hint = hint or text
            elif text and not w.is_number_of_row(text):
                labels.append(cell)
        own = [cell for cell in labels if cell.row == row] or labels
        if not opens or not own or opens[0].column < own[0].column or len(own[0].text) > _LONGEST_LABEL:
            return []
        if any(self._breaks(heading, cell) for cell in own[1:]):
            return []
        label = own[0].text.strip()
        return [replace(self._column(heading, cell), row=label, hint=hint) for cell in opens if cell.row == row]

    def _breaks(self, heading: Heading, cell: Cell) -> bool:
        """Whether a further text of a row stands under no heading and names the cell beside it."""
        follows = self.grid.at(cell.row, cell.column + cell.columns)
        return heading.over(cell) is None and follows is not None and not follows.text.strip()
