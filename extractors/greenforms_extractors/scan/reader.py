"""Reading image files: each frame is a page; only the text of a page outlives its picture."""

from __future__ import annotations

from pathlib import Path

from greenforms_extractors.blank import has_text, is_blank, nothing_to_read
from greenforms_extractors.flow import Flow
from greenforms_extractors.model import Document
from greenforms_extractors.progress import Progress, silent
from greenforms_extractors.scan.page import ScannedPage
from greenforms_extractors.scan.raster import frames


def read_image(path: Path, progress: Progress = silent, words: tuple[str, ...] = ()) -> Document:
    """Read a PNG, JPEG, TIFF (all pages), BMP or WebP; `words` are stock words of the papers expected.

    Raises UnreadableFile for one that is damaged, too large or without text.
    """
    flow = Flow()
    count, scanned = 0, []
    for frame in frames(path, progress):
        count += 1
        if is_blank(frame.pixels):
            continue
        page = ScannedPage(frame, words)
        flow.add_page(page.blocks, page.asides, keeps_spaces=False)
        if has_text(block for block, _ in page.blocks):
            scanned.append(frame.number)
    if not scanned:
        raise nothing_to_read(path)
    return Document("image", flow.blocks, pages=count, scanned=tuple(scanned), asides=flow.asides)
