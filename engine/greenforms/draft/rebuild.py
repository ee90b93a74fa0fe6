"""A plain Word file of what a PDF says: its lines and tables, without its look."""

from __future__ import annotations

import io
from itertools import zip_longest
from typing import Any

from greenforms_extractors.model import Document, Paragraph, Table

_FACE, _LATIN = "仿宋_GB2312", "Times New Roman"
_WIDTH, _HEIGHT = 210, 297


def rebuilt(document: Document) -> bytes:
    """The document as a docx on A4 in 仿宋, a paragraph for each line of text, a table for each table."""
    import docx

    target: Any = docx.Document()
    _set_page(target)
    for block, follows in zip_longest(document.blocks, document.blocks[1:]):
        if isinstance(block, Paragraph):
            target.add_paragraph(block.text)
        else:
            _add_table(target, block)
            if not isinstance(follows, Paragraph):
                target.add_paragraph()  # two tables without one between them would be one
    stream = io.BytesIO()
    target.save(stream)
    return stream.getvalue()


def _set_page(target: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = target.sections[0]
    section.page_width, section.page_height = Mm(_WIDTH), Mm(_HEIGHT)
    defaults = target.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts = defaults.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, face in (("w:eastAsia", _FACE), ("w:ascii", _LATIN), ("w:hAnsi", _LATIN)):
        fonts.set(qn(name), face)


def _add_table(target: Any, table: Table) -> None:
    made = target.add_table(table.rows, table.columns, style="Table Grid")
    for cell in table.cells:
        place = made.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(made.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
        place.text = cell.text
