"""Blanks typed by script, with marks where something is to be filled in, and what is true of them.

A line with ` | ` is a row of a table, `<` a cell joined to the one on its left, `^` to the one above. A mark
`⟦label¦what the blank prints⟧` stands for a slot; `⟦row/label⟧` for one under a heading, in a row of its own label. The
blank is written without the marks, and each pair of label and place is the truth a draft is held against.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import Workbook

from greenforms.draft.outline import Asked
from greenforms.draft.pairing import outline_of
from greenforms_extractors.model import Document, Paragraph, Table
from greenforms_extractors.reading import read

MARK = re.compile(r"⟦(?:(?P<row>[^⟧¦/]*)/)?(?P<label>[^⟧¦]*)(?:¦(?P<blank>[^⟧]*))?⟧")


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """A label and the place of its slot: `p3` is the third paragraph, `t1r2c3` a cell of a table."""

    place: str
    label: str
    row: str = ""


def type_blank(source: Path, folder: Path) -> tuple[Path, list[Pair]]:
    """Write the blank that a text describes into a folder; gives the file and its pairs."""
    first, *lines = source.read_text("utf-8").splitlines()
    kind = first.removeprefix("#")
    plain = [MARK.sub(lambda mark: mark["blank"] or "", line) for line in lines]
    modern = "xlsx" if kind == "xlsx" else "docx"
    marked = folder / f"marked.{modern}"
    marked.write_bytes(_typed(lines, modern))
    pairs = pairs_of(read(marked))
    marked.unlink()
    target = folder / f"blank.{kind}"
    target.write_bytes(_as_kind(_typed(plain, modern), kind))
    return target, pairs


def pairs_of(document: Document) -> list[Pair]:
    """The pairs that a document with marks holds, in reading order."""
    return [
        Pair(place, mark["label"], mark["row"] or "")
        for place, text in texts_of(document)
        for mark in MARK.finditer(text)
    ]


def texts_of(document: Document) -> Iterator[tuple[str, str]]:
    """Every text of a document with the name of its place."""
    for name, block in zip(block_names(document), document.blocks, strict=True):
        if isinstance(block, Paragraph):
            yield name, block.text
        else:
            yield from ((f"{name}r{cell.row + 1}c{cell.column + 1}", cell.text) for cell in block.cells)


def block_names(document: Document) -> list[str]:
    """What the blocks of a document are called: p1, t1, p2."""
    names, counts = [], {"t": 0, "p": 0}
    for block in document.blocks:
        kind = "t" if isinstance(block, Table) else "p"
        counts[kind] += 1
        names.append(f"{kind}{counts[kind]}")
    return names


def drafted_pairs(document: Document) -> list[Pair]:
    """The pairs that are found in a blank."""
    names = block_names(document)
    return [
        Pair(names[asked.place.block] + _cell_name(asked), asked.label, asked.row)
        for asked in outline_of(document).asked
    ]


def _cell_name(asked: Asked) -> str:
    cell = asked.place.cell
    return f"r{cell.row + 1}c{cell.column + 1}" if cell is not None else ""


def _as_kind(content: bytes, kind: str) -> bytes:
    if kind in ("docx", "xlsx"):
        return content
    from greenforms_extractors.office.instance import Job
    from greenforms_extractors.office.supervisor import convert

    return convert(Job(content, ".docx", {"doc": "doc:MS Word 97", "pdf": "pdf"}[kind]), 60)


def _typed(lines: Sequence[str], kind: str) -> bytes:
    target = io.BytesIO()
    (_sheet if kind == "xlsx" else _word)(lines).save(target)
    return target.getvalue()


def _word(lines: Sequence[str]) -> Any:
    document: Any = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    fonts = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts.get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    table: list[list[str]] = []
    for line in (*lines, ""):
        cells = [cell.strip(" ") for cell in line.split("|")]
        if len(cells) > 1:
            table.append(cells)
            continue
        if table:
            _word_table(document, table)
            table = []
        if line:
            document.add_paragraph(line)
    if document.element.body[-2].tag == qn("w:tbl"):
        document.add_paragraph()  # as Word itself does: no document of its ends in a table
    return document


def _word_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for top, left, bottom, right in areas(rows):
        cell = table.cell(top, left)
        if (bottom, right) != (top, left):
            cell = cell.merge(table.cell(bottom, right))
        cell.text = rows[top][left]


def _sheet(lines: Sequence[str]) -> Any:
    book: Any = Workbook()
    rows = [[cell.strip(" ") for cell in line.split("|")] for line in lines]
    for top, left, bottom, right in areas(rows):
        book.active.cell(top + 1, left + 1, rows[top][left] or None)
        if (bottom, right) != (top, left):
            book.active.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    return book


def areas(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, int, int]]:
    """The cells of some rows with what is joined to them: top, left, bottom, right."""
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(rows) and left < len(rows[bottom + 1]) and rows[bottom + 1][left] == "^":
                bottom += 1
            yield top, left, bottom, right
