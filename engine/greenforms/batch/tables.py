"""The tables of a batch: one workbook, CSV files, and Parquet where it is asked for. However many lines, none is kept.

The same results give the same files. They are for looking at and for other programs; nothing is corrected in them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from greenforms import datafile
from greenforms.batch import places, rows
from greenforms.batch.ledger import Outcome
from greenforms.batch.rows import Row
from greenforms.form.library import Library

if TYPE_CHECKING:
    import xlsxwriter

#: Excel's limit of the rows of a sheet; what is more goes on in another one.
_MOST_ROWS = 1_000_000
#: Excel's limit of the characters of a cell.
_MOST_CHARACTERS = 32_000
#: Rows of a group in a Parquet file.
_GROUP = 50_000


class Table(Protocol):
    """Takes lines."""

    def add(self, lines: Iterable[Row]) -> None:
        """Take lines."""
        ...


def write_tables(library: Library, output: Path, outcomes: Iterable[Outcome], *, parquet: bool) -> None:
    """Write what became of every file, every reading and every finding. Raises UsageError where that cannot be."""
    with ExitStack() as stack:
        book = stack.enter_context(_workbook(output / places.BOOK))
        files = _Sheets(book, "文件", rows.FILES)
        readings: list[Table] = [_Sheets(book, "读数", rows.READINGS)]
        findings: list[Table] = [_Sheets(book, "问题", rows.FINDINGS)]
        readings.append(stack.enter_context(_csv(output / places.READINGS, rows.READINGS)))
        findings.append(stack.enter_context(_csv(output / places.FINDINGS, rows.FINDINGS)))
        failed = stack.enter_context(_csv(output / places.FAILED, rows.FILES))
        if parquet:
            readings.append(stack.enter_context(_parquet(output / places.READINGS_PARQUET, rows.READINGS)))
            findings.append(stack.enter_context(_parquet(output / places.FINDINGS_PARQUET, rows.FINDINGS)))
        for outcome in outcomes:
            row = rows.file_row(outcome)
            files.add([row])
            if outcome.state == "failed":
                failed.add([row])
            shape = rows.shape_of(output, outcome) if outcome.state == "done" else None
            if shape is not None:
                _add(readings, rows.reading_rows(library, shape, outcome.name))
                _add(findings, list(rows.finding_rows(shape, outcome.name)))


def _add(tables: Sequence[Table], lines: Sequence[Row]) -> None:
    for table in tables:
        table.add(lines)


@contextmanager
def _workbook(target: Path) -> Iterator[xlsxwriter.Workbook]:
    import xlsxwriter

    with datafile.replacing(str(target), force=True) as draft:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(str(draft), options) as book:
            book.set_properties({"title": "批处理汇总", "created": datetime(1980, 1, 1)})
            yield book


class _Sheets:
    """A sheet of the workbook, and more of them when it is full."""

    def __init__(self, book: Any, name: str, columns: Row) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._heading = book.add_format({"bold": True, "bg_color": "#DDEBDD", "border": 1})
        self._number = 0
        self._begin()

    def add(self, lines: Iterable[Row]) -> None:
        """Take lines. All are text, as written: a long number stays what it is."""
        for line in lines:
            if self._row > _MOST_ROWS:
                self._begin()
            for column, text in enumerate(line):
                if text:
                    self._sheet.write_string(self._row, column, text[:_MOST_CHARACTERS])
            self._row += 1

    def _begin(self) -> None:
        self._number += 1
        self._sheet = self._book.add_worksheet(f"{self._name}{self._number}" if self._number > 1 else self._name)
        self._sheet.freeze_panes(1, 1)
        self._sheet.set_column(0, 0, 36)
        self._sheet.set_column(1, len(self._columns) - 1, 16)
        self._sheet.write_row(0, 0, self._columns, self._heading)
        self._row = 1


class _Csv:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, lines: Iterable[Row]) -> None:
        """Take lines."""
        self._writer.writerows(lines)


@contextmanager
def _csv(target: Path, columns: Row) -> Iterator[_Csv]:
    """In UTF-8 with a mark, so that Excel opens it."""
    with (
        datafile.replacing(str(target), force=True) as draft,
        draft.open("w", encoding="utf-8-sig", newline="") as stream,
    ):
        writer = csv.writer(stream)
        writer.writerow(columns)
        yield _Csv(writer)


class _Parquet:
    def __init__(self, writer: Any, columns: Row) -> None:
        self._writer, self._columns = writer, columns
        self._lines: list[Row] = []

    def add(self, lines: Iterable[Row]) -> None:
        """Take lines."""
        self._lines += lines
        if len(self._lines) >= _GROUP:
            self.flush()

    def flush(self) -> None:
        """Write what has gathered."""
        import pyarrow

        found = dict(zip(self._columns, zip(*self._lines, strict=True), strict=False)) if self._lines else {}
        arrays = [pyarrow.array(found.get(name, ()), pyarrow.string()) for name in self._columns]
        self._writer.write_table(pyarrow.Table.from_arrays(arrays, names=list(self._columns)))
        self._lines = []


@contextmanager
def _parquet(target: Path, columns: Row) -> Iterator[_Parquet]:
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, pyarrow.string()) for name in columns])
    with (
        datafile.replacing(str(target), force=True) as draft,
        parquet.ParquetWriter(draft, schema, compression="zstd") as writer,
    ):
        table = _Parquet(writer, columns)
        yield table
        table.flush()
