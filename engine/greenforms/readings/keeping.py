"""The very hidden sheet that keeps every reading exactly, beside the sheets that show it.

What people see is rounded by no one, yet a cell cannot tell null from absent or hold a list of pictures. A row is one
paper: the SHA-256 of its JSON, then the JSON in pieces that fit into cells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms.errors import InputError
from greenforms.readings.paper import PaperReading, extraction_of
from greenforms.record import parse_json
from greenforms.report import extraction_json
from greenforms.workbook.signature import READINGS
from greenforms_extractors.guard import inspect
from greenforms_extractors.progress import Progress
from greenforms_extractors.supervised.bounds import within_bounds

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: Number of the workbook's layout; a reader refuses the layouts of later programs.
VERSION = 1
#: A cell holds 32,767 characters.
_PIECE = 30_000


def pictures_beside(workbook: Path) -> Path:
    """The folder for the pictures of the papers in a workbook, in which each paper has one of its own."""
    return workbook.with_name(f"{workbook.stem}-图片")


def write_kept(worksheet: Worksheet, papers: Iterable[PaperReading]) -> None:
    """Fill the hidden sheet."""
    worksheet.very_hidden()
    worksheet.write_string(0, 0, str(VERSION))
    for row, paper in enumerate(papers, 1):
        text = _text(paper)
        worksheet.write_string(row, 0, _digest(text))
        for column, start in enumerate(range(0, len(text), _PIECE), 1):
            worksheet.write_string(row, column, text[start : start + _PIECE])


def read_kept(path: Path) -> list[PaperReading]:
    """The papers a workbook keeps, without the corrections written in it.

    Raises InputError when the hidden sheet was changed, UnreadableFile for a file that must not be opened.
    """
    rows = within_bounds(_kept_rows, path)
    if not rows or not rows[0][0].isdecimal():
        raise _changed(path)
    if int(rows[0][0]) > VERSION:
        raise InputError(f"文件“{path.name}”由较新版本的程序生成。请升级程序后再读取。")
    return [_paper(row[0], "".join(row[1:]), path) for row in rows[1:]]


def _kept_rows(path: Path, progress: Progress) -> list[list[str]]:
    """The texts of the hidden sheet."""
    import openpyxl

    inspect(path)  # refuses what must not be unpacked
    workbook = openpyxl.load_workbook(path, read_only=True)
    try:
        return [
            ["" if cell is None else str(cell) for cell in row]
            for row in workbook[READINGS].iter_rows(values_only=True)
            if any(cell is not None for cell in row)
        ]
    finally:
        workbook.close()


def _text(paper: PaperReading) -> str:
    """The paper in ASCII, so that no sign is changed by whoever saves the workbook."""
    import simplejson

    shape = {"link": paper.link, "reading": extraction_json(paper.extraction)}
    return simplejson.dumps(shape, ensure_ascii=True, use_decimal=True, separators=(",", ":"), sort_keys=True)


def _paper(digest: str, text: str, path: Path) -> PaperReading:
    if _digest(text) != digest:
        raise _changed(path)
    shape: Any = parse_json(text)
    return PaperReading(extraction_of(shape["reading"], path.name), shape["link"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _changed(path: Path) -> InputError:
    return InputError(
        f"文件“{path.name}”中保存读取结果的隐藏工作表被改动过或不完整，无法使用。"
        "请从备份取回，或重新运行 extract 后把更正抄过去。"
    )
