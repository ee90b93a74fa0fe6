"""What the sheets of readings share: cells, links to the papers, how a sheet is set up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenforms.readings.lines import Line
from greenforms.readings.look import Look
from greenforms.readings.paper import PaperReading
from greenforms.workbook.look import height_of
from greenforms.workbook.values import Stored
from greenforms_extractors.origin import SheetOrigin

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
#: A wider sheet would be illegible on a single page.
_PAGE_WIDTH = 280
#: Excel takes so many links on a sheet and so many characters in one.
_MOST_LINKS, _LONGEST_LINK = 65_000, 2_000
_TIP = 250
#: Signs with a meaning in a link; all others may stand as they are.
_MARKED = re.compile(r'[%#"<>\[\]^`{} ]')


@dataclass(slots=True)
class SheetWriter:
    """One sheet while it is written: headings in row `top`, lines below."""

    worksheet: Worksheet
    look: Look
    top: int = 0
    width: float = 0
    links: int = 0

    def begin(self, title: str, lead: str, columns: Sequence[tuple[str, float]], frozen: int) -> None:
        """Title, guidance over the whole width, widths and headings; `frozen` columns stay in sight."""
        sheet, style = self.worksheet, self.look.style
        for number, (_, width) in enumerate(columns):
            sheet.set_column(number, number, width)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, title, style("title"))
        self.width = sum(width for _, width in columns)
        across = min(self.width, 150)
        last = max(1, _reach(columns, across))
        sheet.set_row(1, height_of(lead, across, 20))
        sheet.merge_range(1, 0, 1, last, lead, style("lead"))
        self.top = 2
        sheet.set_row(2, max(32, *(height_of(heading, width, 32) for heading, width in columns)))
        for number, (heading, _) in enumerate(columns):
            sheet.write_string(2, number, heading, style("ask" if heading == "更正" else "heading"))
        sheet.freeze_panes(3, frozen)

    def finish(self, rows: int, columns: int) -> None:
        """Filter and page, when the number of rows is known."""
        sheet = self.worksheet
        sheet.autofilter(self.top, 0, self.top + max(rows, 1), columns - 1)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        if self.width <= _PAGE_WIDTH:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.set_print_scale(60)
            sheet.repeat_columns(0)
        sheet.repeat_rows(self.top)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&C第 &P 页，共 &N 页")

    def value(self, row: int, column: int, cell: Stored | None, style: Format) -> None:
        """A value as it is held: text stays text, a number a number."""
        if cell is None:
            self.worksheet.write_blank(row, column, None, style)
        elif isinstance(cell.value, str):
            self.worksheet.write_string(row, column, cell.value, style)
        else:
            self.worksheet.write_number(row, column, cell.value, style)

    def link(self, row: int, column: int, paper: PaperReading, line: Line | None, style: Format, text: str) -> None:
        """A text that leads to the paper; in a workbook to the very cell, elsewhere the tip names the place."""
        url = _url(paper, line)
        if not paper.link or self.links >= _MOST_LINKS or len(url) > _LONGEST_LINK:
            self.worksheet.write_string(row, column, text, style)
            return
        self.links += 1
        where = f"，{line.place}" if line is not None and line.place else ""
        self.worksheet.write_url(row, column, url, style, text, f"打开“{paper.name}”{where}"[:_TIP])


def _reach(columns: Sequence[tuple[str, float]], across: float) -> int:
    """The last column a text of a width lies over."""
    for number, (_, width) in enumerate(columns):
        across -= width
        if across <= 0:
            return number
    return len(columns) - 1


def _url(paper: PaperReading, line: Line | None) -> str:
    url = "external:" + _MARKED.sub(lambda found: f"%{ord(found[0]):02X}", paper.link)
    place = line.reading.evidence if line is not None and line.reading is not None else None
    if paper.link.lower().endswith(".xlsx") and isinstance(place, SheetOrigin):
        quoted = place.sheet.replace("'", "''")
        return f"{url}#'{quoted}'!{place.cell}"
    return url
