"""What is done to a filled workbook by a program that reads it and writes it anew: openpyxl."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

ENTRIES, OURS = "填报", {"说明", "_greenforms"}
_DAY = re.compile(r"(\d{4})[年-](\d{1,2})[月-](\d{1,2})日?")
_CELL = re.compile(r"(\$[A-Z]+\$)(\d+)")

Deed = Callable[[Workbook], None]


def done(source: Path, target: Path, deed: Deed) -> None:
    """Read a workbook, do a deed, write it."""
    book = openpyxl.load_workbook(source)
    deed(book)
    book.save(target)


def _sheets(book: Workbook) -> Iterator[Worksheet]:
    return (sheet for sheet in book if sheet.title not in OURS)


def _lists(book: Workbook) -> Iterator[Worksheet]:
    return (sheet for sheet in _sheets(book) if sheet.title != ENTRIES)


def _headings(book: Workbook) -> Iterator[Cell]:
    for sheet in _lists(book):
        yield from (cell for cell in sheet[3] if cell.value)


def _labels(book: Workbook) -> Iterator[Cell]:
    if ENTRIES in book.sheetnames:
        yield from (row[0] for row in book[ENTRIES].iter_rows(min_row=3) if row[0].value)


def _values(book: Workbook) -> Iterator[Cell]:
    for sheet in _sheets(book):
        if sheet.title == ENTRIES:
            yield from (row[1] for row in sheet.iter_rows(min_row=3) if row[1].value is not None)
        else:
            yield from (cell for row in sheet.iter_rows(min_row=4) for cell in row if cell.value is not None)


def nothing(book: Workbook) -> None:
    """The round trip alone."""


def names_broken(book: Workbook) -> None:
    """Every name means #REF!."""
    _rename(book, lambda name, text: f"{text.rpartition('!')[0]}!#REF!")


def names_moved_down(book: Workbook) -> None:
    """Every name means the row below its own."""
    _rename(book, lambda name, text: _CELL.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", text))


def names_swapped(book: Workbook) -> None:
    """The names of neighbours are swapped."""
    names = [name for name in book.defined_names if name.startswith("gf.")]
    partner = dict(zip(names[::2], names[1::2], strict=False))
    partner |= {two: one for one, two in partner.items()}
    texts = {name: book.defined_names[name].attr_text for name in names}
    _rename(book, lambda name, text: texts[partner.get(name, name)])


def _rename(book: Workbook, change: Callable[[str, str], str]) -> None:
    for name in [name for name in book.defined_names if name.startswith("gf.")]:
        book.defined_names[name] = DefinedName(name, attr_text=change(name, book.defined_names[name].attr_text))


def values_merged_down(book: Workbook) -> None:
    """Equal values below each other become one merged cell, but where lists stand inside lists."""
    for sheet in _lists(book):
        if "接着在下一行" in str(sheet["A2"].value):
            continue
        for column in range(1, sheet.max_column + 1):
            if sheet.cell(3, column).value:
                _merge_equal(sheet, column)


def _merge_equal(sheet: Worksheet, column: int) -> None:
    first = 4
    while (value := sheet.cell(first, column).value) is not None:
        last = first
        while sheet.cell(last + 1, column).value == value:
            last += 1
        # A row all of whose cells are covered would be no row any more.
        if last > first and column > 1:
            sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
        first = last + 1


def filters_set(book: Workbook) -> None:
    """A filter on each list, and windows that are not frozen."""
    for sheet in _lists(book):
        sheet.auto_filter.ref = f"A3:{get_column_letter(sheet.max_column)}{sheet.max_row}"
        sheet.freeze_panes = None


def links_set(book: Workbook) -> None:
    """Every filled cell is a link, in another face."""
    for cell in _values(book):
        if not cell.hyperlink and isinstance(cell.value, str):
            cell.hyperlink = "https://example.cn"
            cell.font = Font(bold=True, color="FF0000")


def checks_removed(book: Workbook) -> None:
    """No drop-downs and no colours any more."""
    for sheet in _sheets(book):
        sheet.data_validations.dataValidation.clear()
        sheet.conditional_formatting = type(sheet.conditional_formatting)()


def headings_retyped(book: Workbook) -> None:
    """Labels and headings with other brackets, spaces and line breaks, without stars."""
    for cell in (*_headings(book), *_labels(book)):
        text = str(cell.value).removesuffix(" *").replace("（", "(").replace("）", ")")
        cell.value = f" {text[:2]}\n{text[2:]}"


def headings_with_colons(book: Workbook) -> None:
    """A colon behind each label, as people type it."""
    for cell in _labels(book):
        cell.value = f"{cell.value}："


def dates_as_cells(book: Workbook) -> None:
    """Dates typed into Excel, which makes them real ones."""
    _dates(book, lambda day: day, "yyyy/m/d")


def dates_as_american_cells(book: Workbook) -> None:
    """The same on a machine set to the United States."""
    _dates(book, lambda day: day, "m/d/yy")


def dates_with_strokes(book: Workbook) -> None:
    """2026/3/1."""
    _dates(book, lambda day: f"{day.year}/{day.month}/{day.day}", "@")


def dates_with_dashes(book: Workbook) -> None:
    """2026-03-01."""
    _dates(book, lambda day: day.isoformat(), "@")


def _dates(book: Workbook, written: Callable[[datetime.date], Any], code: str) -> None:
    for cell in _values(book):
        found = _DAY.fullmatch(str(cell.value))
        if found is not None:
            cell.value = written(datetime.date(*map(int, found.groups())))
            cell.number_format = code


DEEDS: dict[str, Deed] = {
    "openpyxl 原样读写": nothing,
    "名称全部损坏（#REF!）": names_broken,
    "名称全部下移一行": names_moved_down,
    "相邻两个名称互换": names_swapped,
    "名单中相同的值合并单元格": values_merged_down,
    "加筛选、取消冻结": filters_set,
    "加超链接、改字体": links_set,
    "去掉下拉列表和条件格式": checks_removed,
    "标题改用半角括号、换行，去掉星号": headings_retyped,
    "栏目后加冒号": headings_with_colons,
    "日期变成日期格（2026/3/1）": dates_as_cells,
    "日期变成日期格（美国格式）": dates_as_american_cells,
    "日期写作 2026/3/1": dates_with_strokes,
    "日期写作 2026-03-01": dates_with_dashes,
}
