"""Papers of evidence made in code: a tiny PDF with its text, a Word paper of lines and one table."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

_FACE = NameObject("/STSong-Light")


def pdf_of(lines: Sequence[str], pages: int = 1) -> bytes:
    """A digital PDF whose first page has the lines one below the other; further pages bear their number."""
    writer = PdfWriter()
    for number in range(1, pages + 1):
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = _named(Font=_named(F1=_font()))
        content = StreamObject()
        content.set_data(_shown(lines if number == 1 else [f"第{number}页"]))
        page[NameObject("/Contents")] = writer._add_object(content)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def docx_of(lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word paper with some lines and, below them, a table."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _shown(lines: Sequence[str]) -> bytes:
    texts = (
        f"1 0 0 1 72 {770 - 24 * place} Tm <{line.encode('utf-16-be').hex()}> Tj" for place, line in enumerate(lines)
    )
    return "\n".join(["BT /F1 14 Tf", *texts, "ET"]).encode()


def _font() -> DictionaryObject:
    system = _named(Registry="Adobe", Ordering="GB1", Supplement=NumberObject(4))
    for key in ("/Registry", "/Ordering"):
        system[NameObject(key)] = TextStringObject(str(system[key]).removeprefix("/"))
    descendant = _named(
        Type="Font", Subtype="CIDFontType0", BaseFont=_FACE, CIDSystemInfo=system, DW=NumberObject(1000)
    )
    return _named(
        Type="Font",
        Subtype="Type0",
        BaseFont=_FACE,
        Encoding="UniGB-UCS2-H",
        DescendantFonts=ArrayObject([descendant]),
    )


def _named(**entries: object) -> DictionaryObject:
    """A dictionary; a word is a name."""
    return DictionaryObject(
        {NameObject(f"/{key}"): NameObject(f"/{each}") if type(each) is str else each for key, each in entries.items()}
    )
