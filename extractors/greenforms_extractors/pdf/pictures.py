"""The sizes of the pictures in a PDF, looked at before any of them is unpacked."""

from __future__ import annotations

import io
from itertools import islice
from pathlib import Path
from typing import Any

from greenforms_extractors.errors import UnreadableFile

#: Pixels of a picture that is unpacked line by line, and of one that is (or may be) unpacked whole: JPEG, JPEG 2000.
_MOST_PIXELS, _MOST_WHOLE = 1_000_000_000, 100_000_000


def refuse_huge(path: Path, picture: Any) -> None:
    """Refuse a picture with so many pixels that drawing its page would use up the memory."""
    packed = str(picture.get("/Filter", ""))
    whole = "/DCT" in packed or "/JPX" in packed
    sizes = [(_number(picture, "/Width"), _number(picture, "/Height"))]
    if whole:
        sizes.append(_own_size(picture._data))
    for width, height in sizes:
        if width * height > (_MOST_WHOLE if whole else _MOST_PIXELS):
            raise UnreadableFile(
                "image-too-large",
                path,
                what=f"内有过大的图片：{width}×{height} 像素",
                why="正常的扫描件和照片没有这样大，读取会耗尽内存",
                remedy="请按 200 至 300 dpi 重新扫描，或用原软件重新导出 PDF，导出时压缩图片",
            )


def _number(picture: Any, key: str) -> int:
    """A number of a picture's dictionary, 0 where there is none."""
    try:
        return int(picture[key])
    except (KeyError, TypeError, ValueError):
        return 0


def _own_size(content: bytes) -> tuple[int, int]:
    """The size that a JPEG or JPEG 2000 picture itself states, whatever the file says of it."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # nothing is decoded; the limit is ours
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.size
    except (OSError, SyntaxError, ValueError):
        return 0, 0


def forget_pictures(pdf: Any, known: int = 0) -> int:
    """Drop the pictures of pages already read, which the library behind pdfplumber keeps for good.

    `known` of the objects that it keeps were looked at before; the result is how many are now.
    """
    from pdfminer.pdftypes import PDFStream

    kept = pdf.doc._cached_objs
    for number, (found, _) in list(islice(kept.items(), known, None)):
        if isinstance(found, PDFStream) and str(found.get("Subtype")) == "/'Image'":
            del kept[number]
    return len(kept)
