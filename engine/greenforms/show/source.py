"""The page pictures of a file, one at a time, each drawn within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from greenforms.errors import InputError
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.progress import Progress
from greenforms_extractors.scan.raster import PageImage, frame_count, frames, rendered
from greenforms_extractors.supervised.bounds import within_bounds


def page_pictures(path: Path, pages: int, *, is_pdf: bool) -> Iterator[PageImage]:
    """So many pages of a PDF or an image file.

    Raises UnreadableFile for a damaged image or one that leaves its bounds, InputError for such a PDF.
    """
    return (page_picture(path, number, is_pdf=is_pdf) for number in range(1, pages + 1))


def page_picture(path: Path, number: int, *, is_pdf: bool) -> PageImage:
    """One page, from 1, of a PDF or an image file. Raises as `page_pictures` does."""
    return within_bounds(partial(_pdf_page if is_pdf else _frame, number=number), path)


def page_sizes(path: Path, *, is_pdf: bool) -> tuple[tuple[float, float], ...]:
    """Width and height of every page in points, as it lies in the file. Raises as `page_pictures` does."""
    return within_bounds(_pdf_sizes if is_pdf else _frame_sizes, path)


def page_count(path: Path, *, is_pdf: bool) -> int:
    """How many pages a file has; 1 for one that cannot be opened, of which its reader will say what is wrong."""
    if not path.is_file():
        return 1
    return within_bounds(_pdf_count if is_pdf else _frame_count, path)


def _pdf_count(path: Path, progress: Progress) -> int:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return 1
    try:
        return len(document)
    finally:
        document.close()


def _frame_count(path: Path, progress: Progress) -> int:
    try:
        return frame_count(path)
    except UnreadableFile:
        return 1


def _pdf_sizes(path: Path, progress: Progress) -> tuple[tuple[float, float], ...]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
        try:
            return tuple(document.get_page_size(number) for number in range(len(document)))
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        raise _broken(path) from error


def _frame_sizes(path: Path, progress: Progress) -> tuple[tuple[float, float], ...]:
    found = ((*page.pixels.shape[1::-1], page.points) for page in frames(path, progress))
    return tuple((width * points, height * points) for width, height, points in found)


def _frame(path: Path, progress: Progress, number: int) -> PageImage:
    return next(frames(path, progress, first=number))


def _pdf_page(path: Path, progress: Progress, number: int) -> PageImage:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
        try:
            document.init_forms()
            page = document[number - 1]
            picture = rendered(page, number)
            page.close()
            return picture
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        raise _broken(path) from error


def _broken(path: Path) -> InputError:
    return InputError(
        f"文件“{path.name}”的页面画不出来：PDF 结构不完整。请用原软件重新导出 PDF；只要读取结果时去掉 --show。"
    )
