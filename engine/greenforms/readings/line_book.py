"""An Excel workbook whose sheets have a line of text for each thing told, set up as those of readings are."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from greenforms.codec.printable import show_controls
from greenforms.readings.look import Look
from greenforms.readings.sheets import SheetWriter
from greenforms.workbook.look import height_of

#: A cell holds 32,767 characters.
_LONGEST = 32_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters and the style of its cells."""

    heading: str
    width: float
    style: str = "text"


@dataclass(frozen=True, slots=True)
class LineSheet:
    """A sheet: `title` is its name and headline, `lead` stands below it; `frozen` columns stay in sight."""

    title: str
    lead: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    frozen: int


def line_book(*sheets: LineSheet) -> bytes:
    """The workbook as .xlsx, called like its first sheet. The same rows give the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": sheets[0].title, "created": datetime(1980, 1, 1)})
        look = Look(workbook)
        for sheet in sheets:
            _fill(SheetWriter(workbook.add_worksheet(sheet.title), look), sheet)
    return target.getvalue()


def _fill(writer: SheetWriter, sheet: LineSheet) -> None:
    columns = sheet.columns
    writer.begin(sheet.title, sheet.lead, [(column.heading, column.width) for column in columns], sheet.frozen)
    lines = list(sheet.rows)
    for row, texts in enumerate(lines, writer.top + 1):
        _write(writer, row, columns, texts)
    writer.finish(len(lines), len(columns))


def _write(writer: SheetWriter, row: int, columns: Sequence[Column], texts: Sequence[str]) -> None:
    shown = [_held(show_controls(each, keep="\n")) for each in texts]
    for place, (text, column) in enumerate(zip(shown, columns, strict=True)):
        writer.worksheet.write_string(row, place, text, writer.look.style(column.style))
    heights = (height_of(text, column.width, 20) for text, column in zip(shown, columns, strict=True))
    writer.worksheet.set_row(row, max(heights))


def _held(text: str) -> str:
    """What a cell holds of a text; one that is cut says so."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
