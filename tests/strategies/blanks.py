"""Blank forms written down once and printed as a Word document and as a sheet: lines, tables of merged cells, tags."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Font

FACE = "宋体"


@dataclass(frozen=True)
class Box:
    """A cell of a table: its text, line by line, and the rows and columns it spans."""

    text: str = ""
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Tag:
    """A statement in a row or paragraph of its own: `for row in rows`."""

    says: str


Row = Tag | tuple[Box, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells; a cell that an upper one covers is left out."""

    rows: tuple[Row, ...]

    @property
    def columns(self) -> int:
        """How many columns the widest row has."""
        return max(left + box.columns for row in _placed(self) if not isinstance(row, Tag) for left, box, _ in row)


Block = str | Tag | Table
#: A cell with its column; the last says whether it goes on from above.
_Place = tuple[int, Box, bool]


def _placed(table: Table) -> Iterator[Tag | list[_Place]]:
    """The rows with each cell's column, cells that go on from above included."""
    over: dict[int, tuple[Box, int]] = {}
    for row in table.rows:
        if isinstance(row, Tag):
            yield row
            continue
        places: list[_Place] = []
        below: dict[int, tuple[Box, int]] = {}
        boxes, column = iter(row), 0
        while True:
            if column in over:
                box, left = over[column]
                places.append((column, box, True))
            elif (own := next(boxes, None)) is not None:
                box, left = own, own.rows
                places.append((column, box, False))
            else:
                break
            if left > 1:
                below[column] = (box, left - 1)
            column += box.columns
        over = below
        yield places


# -- Word --------------------------------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "word/styles.xml": (
        f'<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" '
        f'w:eastAsia="{FACE}"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
    ),
}


def as_docx(blocks: Sequence[Block]) -> bytes:
    """A Word document of the blocks, in an official face on A4."""
    body = "".join(map(_word_block, blocks))
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1200" w:right="1000" w:bottom="1200" w:left="1000" w:header="700" w:footer="700" w:gutter="0"/></w:sectPr>'  # fmt: skip # noqa: E501
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name, content in _PARTS.items():
            package.writestr(name, f"{_HEAD}{content}")
        package.writestr("word/document.xml", f"{_HEAD}<w:document {_W}><w:body>{body}{page}</w:body></w:document>")
    return target.getvalue()


def _word_block(block: Block) -> str:
    if isinstance(block, Tag):
        return _paragraph(f"{{%p {block.says} %}}")
    return _paragraph(block) if isinstance(block, str) else _word_table(block)


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _word_table(table: Table) -> str:
    wide = table.columns
    width = 9800 // wide
    grid = f'<w:gridCol w:w="{width}"/>' * wide
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(
        _word_row([(0, Box(f"{{%tr {row.says} %}}", columns=wide), False)] if isinstance(row, Tag) else row, width)
        for row in _placed(table)
    )
    # A paragraph keeps two tables in succession apart.
    return f"<w:tbl><w:tblPr><w:tblBorders>{border}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"  # noqa: E501


def _word_row(places: list[_Place], width: int) -> str:
    cells = []
    for _, box, goes_on in places:
        span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
        merge = f"<w:vMerge{'' if goes_on else ' w:val=' + chr(34) + 'restart' + chr(34)}/>" if box.rows > 1 else ""
        text = "" if goes_on else box.text
        lines = "".join(map(_paragraph, text.split("\n")))
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width * box.columns}" w:type="dxa"/>{span}{merge}</w:tcPr>{lines}</w:tc>'
        )
    # As on official forms, no row is parted between two pages.
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


# -- Excel -------------------------------------------------------------------------------------------------------------


def as_xlsx(blocks: Sequence[Block]) -> bytes:
    """A workbook of one sheet with the blocks one below the other, lines merged over its whole width."""
    workbook: Any = Workbook()
    sheet = workbook.active
    sheet.page_setup.paperSize = 9
    wide = max([block.columns for block in blocks if isinstance(block, Table)] + [2])
    rows: list[list[_Place]] = []
    for block in blocks:
        if isinstance(block, Table):
            rows += [_sheet_tag(row) if isinstance(row, Tag) else row for row in _placed(block)]
        elif isinstance(block, Tag):
            rows.append(_sheet_tag(block))
        else:
            rows.append([(0, Box(block, columns=wide), False)])
    font = Font(name=FACE)
    workbook._fonts.clear()
    workbook._fonts.add(font)
    workbook._named_styles["Normal"].font = font
    for number, places in enumerate(rows, 1):
        for left, box, goes_on in places:
            if goes_on:
                continue
            cell = sheet.cell(number, left + 1)
            cell.value, cell.font = box.text or None, font
            if box.rows > 1 or box.columns > 1:
                sheet.merge_cells(
                    start_row=number,
                    start_column=left + 1,
                    end_row=number + box.rows - 1,
                    end_column=left + box.columns,
                )
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _sheet_tag(tag: Tag) -> list[_Place]:
    return [(0, Box(f"{{%tr {tag.says} %}}"), False)]
