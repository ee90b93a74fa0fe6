"""The sheet of single fields: one row each, in the order of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from greenforms.codec.words import count_words
from greenforms.form.tree import at
from greenforms.workbook.arrays import FIRST_ROW
from greenforms.workbook.branches import OPTIONAL, Need
from greenforms.workbook.cells import CellWriter, has_lines, set_page
from greenforms.workbook.look import ROW_HEIGHT, TALL_ROW, height_of
from greenforms.workbook.parts import ENTRY_SHEET, Field, Heading, Plan, Sheet
from greenforms.workbook.signature import ENTRY_COLUMNS
from greenforms.workbook.values import stored

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: The heading of the units where some texts are of limited length.
UNIT_OR_LENGTH = "单位／字数"
#: What stands in place of a value that has a sheet of its own.
REFERENCE = "在另一张工作表填写，点此前往"
_SHORT_NEED = 2
_WIDTHS = (32, 54, 11, 7, 48)
#: The column of 必填 where it says under which choice.
_WIDE_NEED = 27


@dataclass(frozen=True, slots=True)
class EntryWriter:
    """Writes the sheet for a title, a plan and the data to put in."""

    cells: CellWriter
    title: str
    plan: Plan
    data: Any

    def write(self, worksheet: Worksheet) -> None:
        """Fill the sheet."""
        for column, width in enumerate(_WIDTHS):
            worksheet.set_column(column, column, width)
        if any(len(entry.need.words) > _SHORT_NEED for entry in self.plan.entries):
            worksheet.set_column(3, 3, _WIDE_NEED)
        worksheet.set_row(0, 34)
        worksheet.merge_range(0, 0, 0, len(ENTRY_COLUMNS) - 1, self.title, self.cells.look.style("title"))
        worksheet.set_row(1, 24)
        for column, word in enumerate(ENTRY_COLUMNS):
            worksheet.write_string(1, column, word, self.cells.look.style("heading"))
        if any(entry.limit for entry in self.plan.fields):
            worksheet.write_string(1, 2, UNIT_OR_LENGTH, self.cells.look.style("heading"))
        for row, entry in enumerate(self.plan.entries, 2):
            match entry:
                case Heading():
                    self._write_heading(worksheet, row, entry)
                case Sheet():
                    self._write_reference(worksheet, row, entry)
                case Field():
                    self._write_field(worksheet, row, entry)
            self.cells.grey(worksheet, entry.need, (row, 0, row, len(ENTRY_COLUMNS) - 1))
        worksheet.freeze_panes(2, 1)
        set_page(worksheet, heading=(0, 1), landscape=False)

    def _write_heading(self, worksheet: Worksheet, row: int, entry: Heading) -> None:
        text = heading_line(entry)
        worksheet.set_row(row, 26)
        worksheet.merge_range(row, 0, row, len(ENTRY_COLUMNS) - 1, text, self.cells.look.style("group"))

    def _write_reference(self, worksheet: Worksheet, row: int, sheet: Sheet) -> None:
        style = self.cells.look.style
        worksheet.set_row(row, ROW_HEIGHT)
        worksheet.write_string(row, 0, sheet.title, self.cells.look.label(sheet.depth))
        worksheet.write_url(row, 1, f"internal:'{sheet.name}'!A{FIRST_ROW + 1}", style("boxed_link"), REFERENCE)
        worksheet.write_blank(row, 2, None, style("centre"))
        self._write_need(worksheet, row, sheet.need)
        worksheet.write_string(row, 4, sheet.note, style("note"))

    def _write_need(self, worksheet: Worksheet, row: int, need: Need) -> None:
        style = "centre" if need.words == OPTIONAL.words else "needed"
        worksheet.write_string(row, 3, need.words, self.cells.look.style(style))

    def _write_field(self, worksheet: Worksheet, row: int, entry: Field) -> None:
        style, leaf = self.cells.look.style, entry.leaf
        cell = stored(leaf, at(self.data, leaf.pattern))
        least = TALL_ROW if has_lines(entry) else ROW_HEIGHT
        text = str(cell.value) if cell else ""
        heights = (
            height_of(text, _WIDTHS[1], least),
            height_of(entry.note, _WIDTHS[4]),
            height_of(entry.label, _WIDTHS[0]),
        )
        worksheet.set_row(row, max(heights))
        worksheet.write_string(row, 0, entry.label, self.cells.look.label(entry.depth))
        self.cells.value(worksheet, row, 1, entry, cell)
        self._write_unit(worksheet, row, entry, text)
        self._write_need(worksheet, row, entry.need)
        worksheet.write_string(row, 4, entry.note, style("note"))
        self.cells.guard(worksheet, ENTRY_SHEET, entry, (row, 1, row, 1))

    def _write_unit(self, worksheet: Worksheet, row: int, entry: Field, text: str) -> None:
        """The unit; for a text of limited length how many characters it has, counted while it is written."""
        style, limit = self.cells.look.style("centre"), entry.limit
        if limit is None:
            worksheet.write_string(row, 2, entry.leaf.unit or "", style)
            return
        chosen = next((at(self.data, each.leaf.pattern) for each in self.plan.fields if each.anchor == limit.by), None)
        worksheet.write_formula(row, 2, limit.count_shown(entry.anchor), style, limit.said(count_words(text), chosen))


def heading_line(entry: Heading) -> str:
    """The heading of a group as it is written, with the choice under which the group is filled in."""
    return entry.title if entry.need.always else f"{entry.title}　　{_part(entry.need.words)}"


def _part(words: str) -> str:
    """What is said beside the title of a part that not everybody fills in."""
    when = words.removesuffix("必填")
    return f"{when}填写，其他情况整体留空" if when.startswith("选") else "不适用的，本部分整体留空"
