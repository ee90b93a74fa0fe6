"""The index of an evidence folder: its files with their pages, what was found, as JSON and as an Excel workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from greenforms.codec.printable import show_controls
from greenforms.evidence.folder import EvidenceFile
from greenforms.finding import Finding
from greenforms.readings.look import Look
from greenforms.readings.sheets import SheetWriter
from greenforms.report import findings_json
from greenforms.workbook.look import height_of

_SHEET = "证明材料索引"
_COLUMNS = (
    ("序号", 6.0),
    ("文件", 40.0),
    ("种类", 20.0),
    ("单位", 32.0),
    ("编号", 24.0),
    ("有效期", 26.0),
    ("页数", 7.0),
    ("起始页", 8.0),
    ("说明", 36.0),
)
_STYLES = ("centre", "text", "text", "text", "text", "text", "centre", "centre", "quiet")
#: A cell of the index holds no more of a text.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Index:
    """The files in order, and all that was found about them."""

    files: tuple[EvidenceFile, ...]
    findings: tuple[Finding, ...]

    @property
    def counted(self) -> str:
        """How many files and pages there are, in words, and of which the pages are not known."""
        pages = sum(each.pages or 1 for each in self.files)
        unknown = sum(each.pages is None for each in self.files)
        if not unknown:
            return f"共 {len(self.files)} 份，{pages} 页。"
        return (
            f"共 {len(self.files)} 份，约 {pages} 页：有 {unknown} 份打印以前不知道页数（Word、Excel 等），先按1页算，"
            "它们后面的起始页以装订时为准。"
        )


def index_json(index: Index) -> dict[str, Any]:
    """The shape for programs."""
    return {"files": list(map(_file_json, index.files)), **findings_json(index.findings)}


def index_book(index: Index) -> bytes:
    """The workbook: a line for each file. The same index gives the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": _SHEET, "created": datetime(1980, 1, 1)})
        writer = SheetWriter(workbook.add_worksheet(_SHEET), Look(workbook))
        writer.begin(_SHEET, index.counted, _COLUMNS, frozen=2)
        for row, each in enumerate(index.files, writer.top + 1):
            _write(writer, row, [str(each.number), *cells_of(each)])
        writer.finish(len(index.files), len(_COLUMNS))
    return target.getvalue()


def cells_of(file: EvidenceFile) -> tuple[str, ...]:
    """What the index says of a file, in words, behind its number."""
    pages = "" if file.pages is None else str(file.pages)
    first = str(file.first) if file.exact else f"约{file.first}"
    return file.name, file.title, file.holder, file.id_number, file.until, pages, first, remark_of(file)


def remark_of(file: EvidenceFile) -> str:
    """What a person must know of a file; empty where that is nothing."""
    if file.unread is not None:
        return f"没有读成：{file.unread.message}"
    remarks = ["扫描件，文字是识别的，请对照原件"] * file.scanned + ["看不出种类"] * (file.kind is None)
    return "；".join([*remarks, *["页数打印以后才知道"] * (file.pages is None)])


def _write(writer: SheetWriter, row: int, texts: Sequence[str]) -> None:
    shown = [show_controls(each, keep="\n")[:_LONGEST] for each in texts]
    for column, (text, style) in enumerate(zip(shown, _STYLES, strict=True)):
        writer.worksheet.write_string(row, column, text, writer.look.style(style))
    writer.worksheet.set_row(
        row, max(height_of(text, width, 20) for text, (_, width) in zip(shown, _COLUMNS, strict=True))
    )


def _file_json(file: EvidenceFile) -> dict[str, Any]:
    return {
        "number": file.number,
        "file": file.name,
        "kind": file.kind.id if file.kind is not None else None,
        "title": file.title or None,
        "holder": file.holder or None,
        "id_number": file.id_number or None,
        "until": file.until or None,
        "pages": file.pages,
        "first_page": file.first,
        "first_page_exact": file.exact,
        "scanned": file.scanned,
        "unread": file.unread.message if file.unread is not None else None,
    }
