"""Lists with lists inside: the rows of an entry are held together by its number, wherever they are sorted to."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from greenforms.workbook.parts import NUMBER
from greenforms.workbook.reading import WorkbookData
from greenforms.workbook.writing import make_workbook
from papers import example, example_forms
from shipped import load_form, read_workbook

STEM = "review-report"
FORM = load_form(example_forms()[STEM])


def changed(folder: Path, change: Callable[[list[list[Any]], int], None]) -> WorkbookData:
    """The filled workbook after `change` was made to the rows of its list; it gets the column of numbers, too."""
    path = folder / "填报.xlsx"
    path.write_bytes(make_workbook(FORM, example(STEM)))
    book = openpyxl.load_workbook(path)
    (sheet,) = (each for each in book if any(cell.value == NUMBER for cell in each[3]))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    filled = [row for row in rows if any(value is not None for value in row)]
    change(filled, next(cell.column for cell in sheet[3] if cell.value == NUMBER) - 1)
    for row, values in zip(sheet.iter_rows(min_row=4), (*filled, *([None] * len(rows[0]) for _ in rows)), strict=False):
        for cell, value in zip(row, values, strict=True):
            cell.value = value
    book.save(path)
    return read_workbook(path)


def continuing(rows: list[list[Any]]) -> list[list[Any]]:
    found = [row for row in rows if row[0] is None]
    assert found
    return found


def test_every_row_has_the_number_of_its_entry(tmp_path: Path) -> None:
    """This test ensures that a filled workbook numbers all rows, those that go on from an entry as the entry's own."""
    seen: list[Any] = []
    changed(tmp_path, lambda rows, number: seen.extend((row[0] is not None, row[number]) for row in rows))
    assert [number for own, number in seen if own] == [*range(1, 1 + sum(own for own, _ in seen))]
    assert {number for own, number in seen if not own} <= {number for own, number in seen if own}


def test_rows_sorted_to_the_end_come_back(tmp_path: Path) -> None:
    """This test ensures that rows which go on from an entry are read as its own though they stand behind all others."""

    def sort(rows: list[list[Any]], number: int) -> None:
        behind = continuing(rows)
        rows[:] = [*(row for row in rows if row[0] is not None), *behind]

    read = changed(tmp_path, sort)
    assert (read.data, read.problems) == (example(STEM), ())


def test_without_numbers_rows_go_on_where_they_stand(tmp_path: Path) -> None:
    """This test ensures that nobody must write numbers who does not sort."""

    def clear(rows: list[list[Any]], number: int) -> None:
        for row in rows:
            row[number] = None

    read = changed(tmp_path, clear)
    assert (read.data, read.problems) == (example(STEM), ())


@pytest.mark.parametrize("strange", [99, "甲"])
def test_a_row_of_no_entry_is_said_and_not_read(strange: Any, tmp_path: Path) -> None:
    """This test ensures that a row whose number no entry has is no other entry's, and named with its cell."""

    def lose(rows: list[list[Any]], number: int) -> None:
        continuing(rows)[0][number] = strange

    read = changed(tmp_path, lose)
    (found,) = read.problems
    assert found.rule == "workbook/stray-row"
    assert f"“{NUMBER}”写的是“{strange}”" in found.message
    assert read.data != example(STEM)


def test_one_number_for_two_entries_leaves_rows_where_they_stand(tmp_path: Path) -> None:
    """This test ensures that an entry copied with its number keeps the rows that stand below it."""

    def copied(rows: list[list[Any]], number: int) -> None:
        for row in rows:
            row[number] = 1

    read = changed(tmp_path, copied)
    assert (read.data, read.problems) == (example(STEM), ())


def test_a_heading_filled_in_is_a_value(tmp_path: Path) -> None:
    """This test ensures that the word over the column of values may stand in it."""
    form, data = load_form("nm-2024/cultivation-plan"), copy.deepcopy(example("cultivation-plan-factory"))
    data["unit"] = data["enterprise"]["name"] = "填写内容"
    path = tmp_path / "填报.xlsx"
    path.write_bytes(make_workbook(form, data))
    read = read_workbook(path)
    assert (read.data, read.problems) == (data, ())
