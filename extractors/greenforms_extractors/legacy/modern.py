"""Old formats turned into docx or xlsx by the supervised LibreOffice. The file itself is only read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import NAMES, LegacyKind
from greenforms_extractors.legacy.compound import frozen_compound
from greenforms_extractors.legacy.flat import frozen_flat
from greenforms_extractors.legacy.open_document import frozen_open_sheet
from greenforms_extractors.model import Notice
from greenforms_extractors.office.instance import Job, OfficeFailure
from greenforms_extractors.office.program import HOW_TO_GET
from greenforms_extractors.office.supervisor import convert
from greenforms_extractors.ooxml import open_package
from greenforms_extractors.supervised.limits import Limits

_DOCX = "docx:MS Word 2007 XML"
_XLSX = "xlsx:Calc MS Excel 2007 XML"


@dataclass(frozen=True, slots=True)
class _Route:
    """The extension under which LibreOffice gets a file, what it makes of it, and by which filter it reads it."""

    suffix: str
    target: str
    reader: str = ""


_ROUTES: dict[LegacyKind, _Route] = {
    "doc": _Route(".doc", _DOCX),
    "rtf": _Route(".rtf", _DOCX),
    "word-xml": _Route(".xml", _DOCX),
    "xls": _Route(".xls", _XLSX),
    "excel-xml": _Route(".xml", _XLSX),
    "ods": _Route(".ods", _XLSX),
    # As text, also the tables called .xls: as a sheet, codes would become numbers and lose their zeros.
    "html": _Route(".html", _DOCX, "HTML (StarWriter)"),
}


def frozen(path: Path, kind: LegacyKind) -> Job:
    """What LibreOffice is to do: the file with the results it was saved with. Raises UnreadableFile."""
    route = _ROUTES[kind]
    return Job(_frozen(path, kind), route.suffix, route.target, route.reader)


def _frozen(path: Path, kind: LegacyKind) -> bytes:
    if kind == "ods":
        with open_package(path) as package:
            return frozen_open_sheet(package)
    content = path.read_bytes()
    if kind == "doc" or kind == "xls":
        return frozen_compound(content, kind)
    return frozen_flat(path, content, kind)


@contextmanager
def modernised(path: Path, job: Job, timeout: float = Limits().silence) -> Iterator[Path]:
    """The file as docx or xlsx in a folder that is gone afterwards. Raises UnreadableFile."""
    try:
        content = convert(job, timeout)
    except OfficeFailure as failure:
        raise _refusal(path, failure, timeout) from failure
    with tempfile.TemporaryDirectory(prefix="greenforms-", ignore_cleanup_errors=True) as folder:
        modern = Path(folder, f"paper.{job.target.partition(':')[0]}")
        modern.write_bytes(content)
        yield modern


def notice(kind: LegacyKind) -> Notice:
    """What the user should know of a file read this way."""
    return Notice(
        "legacy",
        f"文件是旧版格式（{NAMES[kind]}），已由 LibreOffice 转换后读取，位置以转换后的文件为准；"
        "请核对读取结果，或用 Word/WPS 另存为 .docx 或 .xlsx 后再提交",
    )


def _refusal(path: Path, failure: OfficeFailure, timeout: float) -> UnreadableFile:
    match failure.code:
        case "no-office":
            return _no_office(path)
        case "office-timeout":
            return UnreadableFile(
                "office-timeout",
                path,
                what=f"转换为新格式时超过 {timeout:g} 秒没有完成，已停止",
                why="旧版格式要先由 LibreOffice 转换才能读取，文件可能过大或内容异常",
                remedy="请用 Word/WPS 打开，另存为 .docx 或 .xlsx 后再提交",
            )
    return UnreadableFile(
        "office-failed",
        path,
        what="无法转换为新格式",
        why="旧版格式要先由 LibreOffice 转换才能读取，而 LibreOffice 打不开它，文件可能已损坏",
        remedy="请用 Word/WPS 打开，另存为 .docx 或 .xlsx 后再提交",
    )


def _no_office(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "no-office",
        path,
        what="是旧版格式（如 .doc、.xls、.wps、.et、.rtf）",
        why="旧版格式要先由 LibreOffice 转换才能读取，本机没有安装 LibreOffice",
        remedy=f"请用 Word/WPS 打开，另存为 .docx 或 .xlsx；或安装 LibreOffice 后再试：{HOW_TO_GET}",
    )
