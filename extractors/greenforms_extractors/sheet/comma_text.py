"""Reading a table kept as text (.csv): one sheet, every cell a text. UTF-8 with or without mark, UTF-16 or GB18030."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.model import Cell, Document, Paragraph, SheetOrigin, Table
from greenforms_extractors.refusals import damaged, too_large, too_long, too_wide, unopened
from greenforms_extractors.sheet.cells import reference
from greenforms_extractors.sheet.worksheet import MAX_COLUMNS, MAX_ROWS

#: A list of 200 000 rows is smaller.
MAX_TEXT = 50 * 1024 * 1024


def read_comma_text(path: Path) -> Document:
    """Read a file as one sheet that is called like it. Raises UnreadableFile."""
    text = decoded(_content(path))
    if text is None or "\0" in text:
        raise _no_text(path)
    name = path.stem
    cells = []
    rows = width = 0
    try:
        for row, line in enumerate(csv.reader(io.StringIO(text, newline=""))):
            if row >= MAX_ROWS:
                raise too_long(path, f"有 {row + 1} 行以上", f"{MAX_ROWS} 行")
            if len(line) > MAX_COLUMNS:
                raise too_wide(path, f"的第 {row + 1} 行有 {len(line)} 列", f"{MAX_COLUMNS} 列")
            rows, width = row + 1, max(width, len(line))
            for column, written in enumerate(line):
                if written:
                    origin = SheetOrigin(name, reference(row, column))
                    cells.append(Cell(row, column, 1, 1, (Paragraph(written, origin),), origin))
    except csv.Error as error:
        raise damaged(path) from error
    return Document("xlsx", (Table(tuple(cells), rows, width, SheetOrigin(name, "A1")),))


def decoded(content: bytes) -> str | None:
    """Text from bytes; None when it is in none of the encodings."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _content(path: Path) -> bytes:
    try:
        if (size := path.stat().st_size) > MAX_TEXT:
            raise too_large(path, size, MAX_TEXT)
        return path.read_bytes()
    except OSError as error:
        raise unopened(path, error) from error


def _no_text(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "not-text",
        path,
        what="不是 UTF-8 或 GB18030 编码的文本",
        why="CSV 是纯文本，程序认不出它的文字编码",
        remedy="请用 Excel 或 WPS 打开，另存为 .xlsx 或“CSV UTF-8”后再试",
    )
