"""The index of an evidence folder: its files with their pages, what was found, as JSON and as an Excel workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from greenforms.evidence.folder import EvidenceFile
from greenforms.finding import SEVERITY_WORDS, Finding
from greenforms.readings.line_book import Column, LineSheet, line_book
from greenforms.report import findings_json

_COLUMNS = (
    Column("序号", 6, "centre"),
    Column("文件", 40),
    Column("种类", 20),
    Column("单位", 32),
    Column("编号", 24),
    Column("有效期", 26),
    Column("页数", 7, "centre"),
    Column("起始页", 8, "centre"),
    Column("说明", 36, "quiet"),
)
_FINDINGS = (
    Column("序号", 6, "centre"),
    Column("程度", 8, "centre"),
    Column("材料", 32),
    Column("栏目", 24),
    Column("问题和办法", 90),
    Column("规则", 24, "quiet"),
)


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
    """The workbook: a line for each file, on a second sheet for each finding. The same index gives the same bytes."""
    rows = ((str(each.number), *cells_of(each)) for each in index.files)
    told = (_told(number, each) for number, each in enumerate(index.findings, 1))
    lead = f"共 {len(index.findings)} 条。改好以后再核对一次。" if index.findings else "没有发现问题。"
    return line_book(
        LineSheet("证明材料索引", index.counted, _COLUMNS, rows, frozen=2),
        LineSheet("问题", lead, _FINDINGS, told, frozen=2),
    )


def _told(number: int, finding: Finding) -> tuple[str, ...]:
    """A finding as a line."""
    where = finding.places[0] if finding.places else None
    places = ("", "") if where is None else (where.document, where.label)
    return str(number), SEVERITY_WORDS[finding.severity], *places, finding.message, finding.rule


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
