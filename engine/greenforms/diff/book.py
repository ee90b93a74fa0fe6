"""The differences as an Excel workbook."""

from __future__ import annotations

import io
from datetime import datetime

from greenforms.codec.printable import show_controls
from greenforms.diff.lines import Line, lines_of
from greenforms.diff.result import Difference
from greenforms.readings.look import Look
from greenforms.readings.sheets import SheetWriter
from greenforms.workbook.look import height_of

_SHEET = "变更清单"
_COLUMNS = (
    ("序号", 6.0),
    ("情况", 6.0),
    ("栏目", 30.0),
    ("原来", 40.0),
    ("现在", 40.0),
    ("原来的位置", 18.0),
    ("现在的位置", 18.0),
    ("说明", 28.0),
)
_STYLES = ("centre", "centre", "text", "text", "text", "quiet", "quiet", "quiet")
#: The columns whose texts make a row high.
_TALL = (2, 3, 4, 7)
#: A cell holds 32,767 characters.
_LONGEST = 32_000


def book_of(found: Difference) -> bytes:
    """The workbook: a line for each difference. The same differences give the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": _SHEET, "created": datetime(1980, 1, 1)})
        writer = SheetWriter(workbook.add_worksheet(_SHEET), Look(workbook))
        writer.begin(_SHEET, found.counted, _COLUMNS, frozen=3)
        lines = list(lines_of(found))
        for row, line in enumerate(lines, writer.top + 1):
            _write(writer, row, line)
        writer.finish(len(lines), len(_COLUMNS))
    return target.getvalue()


def _write(writer: SheetWriter, row: int, line: Line) -> None:
    places = (line.old_place, line.new_place, line.remark)
    texts = [show_controls(each, keep="\n") for each in (line.label, line.old, line.new, *places)]
    texts = [str(line.number), line.kind, *(each if len(each) <= _LONGEST else f"{each[:_LONGEST]}…" for each in texts)]
    for column, (text, style) in enumerate(zip(texts, _STYLES, strict=True)):
        writer.worksheet.write_string(row, column, text, writer.look.style(style))
    writer.worksheet.set_row(row, max(height_of(texts[column], _COLUMNS[column][1], 20) for column in _TALL))
