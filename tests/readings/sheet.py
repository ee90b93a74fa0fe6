"""Does to a workbook of readings what a clerk does in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

DETAIL = "明细"


def lines(path: Path, sheet: str = DETAIL) -> list[dict[str, Any]]:
    """The rows of a sheet by its headings, which stand in the third row."""
    book = openpyxl.load_workbook(path)
    heads, *rows = list(book[sheet].iter_rows(min_row=3, values_only=True))
    return [dict(zip(heads, row, strict=True)) for row in rows]


def write(path: Path, texts: dict[tuple[str, str], str], column: str = "更正") -> None:
    """Write texts into a column, by name of the paper and path of the field; each must have its row."""
    book = openpyxl.load_workbook(path)
    sheet = book[DETAIL]
    columns = {cell.value: cell.column for cell in sheet[3]}
    left = dict(texts)
    for row in range(4, sheet.max_row + 1):
        key = (sheet.cell(row, columns["文件"]).value, sheet.cell(row, columns["路径"]).value)
        if key in left:
            sheet.cell(row, columns[column]).value = left.pop(key)
    assert not left, left
    book.save(path)


def add(path: Path, rows: Iterator[dict[str, str]] | list[dict[str, str]]) -> None:
    """Add rows below the last one."""
    book = openpyxl.load_workbook(path)
    sheet = book[DETAIL]
    heads = [cell.value for cell in sheet[3]]
    for row in rows:
        sheet.append([row.get(str(head), None) for head in heads])
    book.save(path)
