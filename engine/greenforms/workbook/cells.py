"""Writes single cells: the value in its format, what Excel checks there, the name that finds it again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from greenforms.workbook.branches import Need
from greenforms.workbook.look import Look
from greenforms.workbook.parts import Field
from greenforms.workbook.validation import choices_of, validation
from greenforms.workbook.values import Stored, is_figure
from greenforms_extractors.match.flow import Flow

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9

#: First row, first column, last row and last column, counted from 0.
Area = tuple[int, int, int, int]


@dataclass(slots=True)
class CellWriter:
    """What the writers of all sheets share: the workbook, its formats and the lists of its drop-downs."""

    workbook: Workbook
    look: Look
    #: Where the lists of the drop-downs stand, by their choices.
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    def value(self, worksheet: Worksheet, row: int, column: int, entry: Field, cell: Stored | None) -> None:
        """A cell to fill in, with its value where there is one."""
        code = cell.number_format if cell else empty_format(entry)
        look = self.look.value(code, several_lines=has_lines(entry))
        if cell is None:
            worksheet.write_blank(row, column, None, look)
        elif isinstance(cell.value, str):
            worksheet.write_string(row, column, cell.value, look)
        else:
            worksheet.write_number(row, column, cell.value, look)

    def guard(self, worksheet: Worksheet, sheet: str, entry: Field, area: Area) -> None:
        """Name the cells of a field and let Excel check and explain them."""
        self.name(entry.anchor, sheet, area)
        first = _first_cell(area)
        rule = validation(entry, self.lists.get(choices_of(entry)), first)
        if rule is not None:
            worksheet.data_validation(*area, rule)
        if entry.limit is not None:
            rule = {"type": "formula", "criteria": entry.limit.broken(first), "format": self.look.too_long()}
            worksheet.conditional_format(*area, rule)

    def grey(self, worksheet: Worksheet, need: Need, area: Area) -> None:
        """Grey cells while a choice is made under which they must be left empty."""
        if need.barred:
            rule = {"type": "formula", "criteria": f"=OR({need.barred})", "format": self.look.barred()}
            worksheet.conditional_format(*area, rule)

    def name(self, anchor: str, sheet: str, area: Area) -> None:
        """Give cells a defined name."""
        self.workbook.define_name(anchor, f"={reference_to(sheet, area)}")


def has_lines(entry: Field) -> bool:
    """Whether the field takes text of several lines."""
    return entry.leaf.codec.flow is Flow.PARAGRAPHS


def empty_format(entry: Field) -> str:
    """The number format of an empty cell: text, but for figures."""
    return "General" if is_figure(entry.leaf) else "@"


def reference_to(sheet: str, area: Area) -> str:
    """The absolute reference of cells, such as `'名单'!$A$4:$A$203`."""
    from xlsxwriter.utility import quote_sheetname, xl_range_abs

    return f"{quote_sheetname(sheet)}!{xl_range_abs(*area)}"


def _first_cell(area: Area) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    cell: str = xl_rowcol_to_cell(area[0], area[1])
    return cell


def set_page(worksheet: Worksheet, *, heading: tuple[int, int], landscape: bool) -> None:
    """Set the sheet up for paper: A4, as wide as the page, headings on every page."""
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(*heading)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    worksheet.set_footer("&C第 &P 页，共 &N 页")
    if landscape:
        worksheet.set_landscape()
