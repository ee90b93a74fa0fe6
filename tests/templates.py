"""Templates written down as lines: a line with ` | ` is a table row, each part a cell; all others are paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList


def word_template(lines: Sequence[str], target: Path) -> None:
    """The template as Word would hold it, on A4, in 仿宋."""
    document: Any = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts = defaults.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    fonts.set(qn("w:ascii"), "Times New Roman")
    table: Any = None
    for line in lines:
        cells = _cells(line)
        if len(cells) == 1:
            table = None
            document.add_paragraph(line)
            continue
        table = document.add_table(0, len(cells)) if table is None else table
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(target)


def sheet_template(lines: Sequence[str], target: Path) -> None:
    """The template as a sheet, a line to a row, on A4, in 仿宋."""
    workbook: Any = Workbook()
    workbook._fonts = IndexedList([Font(name="仿宋_GB2312")])
    sheet: Any = workbook.active
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(_cells(line), 1):
            sheet.cell(number, column, text or None)
    workbook.save(target)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
