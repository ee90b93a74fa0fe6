"""A PDF as pdfium understands it, written anew: whole, unlocked, every object where its table says.

pdfium opens what printers and browsers open: files whose cross-reference table is lost or wrong (ISO 32000-1, 7.5.4),
whose objects are not ended or whose streams are longer than they say. The libraries that read text, fields and embedded
files do not; they are given this copy, so that all of them see the same file and none is led astray by its table.
"""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.refusals import password

#: FPDF_REMOVE_SECURITY with FPDF_NO_INCREMENTAL: everything is written, and nothing of it locked.
_WHOLE_AND_UNLOCKED = 3
MAX_PAGES = 2000


@dataclass(frozen=True, slots=True)
class Copy:
    """The file written anew, and the program and the author that made it, whom the copy does not name."""

    content: bytes
    producer: str
    author: str = ""


def written_anew(path: Path) -> Copy:
    """The file's copy. Raises UnreadableFile for a file with a password, too many pages, or that pdfium cannot open."""
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(path)) as document:
            _refuse_count(path, len(document))
            out = io.BytesIO()
            document.save(out, flags=_WHOLE_AND_UNLOCKED)
            producer, author = map(document.get_metadata_value, ("Producer", "Author"))
            return Copy(out.getvalue(), producer, author)
    except pypdfium2.PdfiumError as error:
        raise _refusal(path, error.err_code) from error


def _refuse_count(path: Path, pages: int) -> None:
    if not pages:
        raise damaged(path)
    if pages > MAX_PAGES:
        raise UnreadableFile(
            "too-long",
            path,
            what=f"有 {pages} 页，超过 {MAX_PAGES} 页的上限",
            why="申报文件不会这样长，读取会占用过多时间",
            remedy="请拆分文件，只提交需要的部分",
        )


def _refusal(path: Path, code: int | None) -> UnreadableFile:
    import pypdfium2.raw as pdfium

    if code == pdfium.FPDF_ERR_PASSWORD:
        return password(path)
    if code == pdfium.FPDF_ERR_SECURITY:
        return UnreadableFile(
            "password",
            path,
            what="用数字证书或专门的安全软件加密",
            why="加密的文件无法读取内容，程序不会尝试破解",
            remedy="请在能打开它的电脑上另存为（或打印成）不加密的 PDF 后再提交",
        )
    return damaged(path)


def damaged(path: Path) -> UnreadableFile:
    """The refusal of a PDF that cannot be opened or none of whose pages can."""
    return UnreadableFile(
        "damaged",
        path,
        what="已损坏，无法打开",
        why="PDF 结构不完整，常见于传输中断、下载未完成",
        remedy="请重新下载或由原软件重新导出 PDF 后再试",
    )
