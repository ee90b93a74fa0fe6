"""A workbook filled in as a person does it: by what stands beside and above each cell, and saved by another program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

#: The sheet of single entries; all others hold lists.
ENTRIES = "填报"
#: The column of labels, the one that is filled in, and the one that says of an entry whether it must be.
_LABEL, _ENTRY, _NEEDED = 1, 2, 4
_LIST_HEAD = 3


def type_in(workbook: Path, typed: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Type entries (part, label, value) and rows of lists, by the names of their sheets.

    Of parts with the same heading the first is meant.
    """
    book = load_workbook(workbook)
    for name, lines in typed.items():
        sheet = book[name]
        if name == ENTRIES:
            cells = dict(reversed([*_entries(sheet)]))
            for part, label, value in lines:
                sheet.cell(cells[part, label], _ENTRY).value = value
        else:
            for row, line in enumerate(lines, _LIST_HEAD + 1):
                for column, value in enumerate(line, 1):
                    sheet.cell(row, column).value = value
    book.save(workbook)


def _entries(sheet: Worksheet) -> Iterator[tuple[tuple[str, str], int]]:
    """The row of each entry, by the heading over it and its label."""
    part = ""
    for row in range(_LIST_HEAD, sheet.max_row + 1):
        label = str(sheet.cell(row, _LABEL).value)
        if sheet.cell(row, _NEEDED).value is None:
            part = label.partition("\u3000\u3000")[0]
        else:
            yield (part, label), row
