"""The page pictures of a file, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from greenforms.errors import InputError
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.scan.raster import PageImage, frame_count, frames, rendered


def page_pictures(path: Path, *, is_pdf: bool) -> Iterator[PageImage]:
    """The pages of a PDF or an image file. Raises UnreadableFile for a damaged image, InputError for such a PDF."""
    return _pdf_pages(path) if is_pdf else frames(path)


def page_count(path: Path, *, is_pdf: bool) -> int:
    """How many pages a file has; 1 for one that cannot be opened, of which its reader will say what is wrong."""
    return _pdf_count(path) if is_pdf else _frame_count(path)


def _pdf_count(path: Path) -> int:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return 1
    try:
        return len(document)
    finally:
        document.close()


def _frame_count(path: Path) -> int:
    try:
        return frame_count(path)
    except UnreadableFile:
        return 1


def _pdf_pages(path: Path) -> Iterator[PageImage]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
        try:
            document.init_forms()
            for index in range(len(document)):
                page = document[index]
                yield rendered(page, index + 1)
                page.close()
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        raise InputError(
            f"文件“{path.name}”的页面画不出来：PDF 结构不完整。请用原软件重新导出 PDF；只要读取结果时去掉 --show。"
        ) from error
