"""Pages as pictures: frames of an image file, turned as the camera says, and rendered pages of a PDF.

A page is kept to at most 300 dots per inch; it is read at about 200, at which the text of official papers is as tall as
the recogniser wants it.
"""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.progress import Progress, silent

# What the library has to say of a file it says in English; what matters to the user becomes a refusal.
logging.getLogger("PIL").addHandler(logging.NullHandler())

Pixels = npt.NDArray[np.uint8]

#: The long side of a page of A4 at 200 dots per inch.
LONG_SIDE = 2339
#: A4, ISO 216, in points: the size taken for a photo, which does not say how large its paper is.
_A4_LONG = 842.0
#: The tag of EXIF that says how the camera was held.
_ORIENTATION = 0x0112
_DENSITIES = range(72, 1201)
#: Pixels of a page as it is drawn or decoded; a larger picture is made smaller while it is.
_MOST_PIXELS = 40_000_000
#: Bytes that a picture takes while it is decoded, and how many a pixel is kept in; three quarters of a coefficient for
#: each component of a progressive JPEG, which comes to be seen only at its end.
_MOST_BYTES = 400_000_000
_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "LA": 4}
_PROGRESSIVE_BYTES = 6
#: Rows that are made smaller at a time.
_BAND = 1024
MAX_FRAMES = 2000


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page: `pixels` (height, width, 3) blue-green-red, and how many points one pixel measures."""

    number: int
    pixels: Pixels
    points: float


def frames(path: Path, progress: Progress = silent, first: int = 1) -> Iterator[PageImage]:
    """The pages of an image file from the first wanted, one at a time.

    Raises UnreadableFile for a damaged or outsized one.
    """
    with closing(_opened(path)) as image:
        count = _count(path, image)
        for number in range(first, count + 1):
            progress(number, count)
            yield _frame(path, image, number)


@contextmanager
def _told_in_chinese(path: Path) -> Iterator[None]:
    """Whatever the library says of a file is the refusal of it; its warnings, in English, are nobody's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except UnreadableFile:
            raise
        except MemoryError as error:
            raise _outsized_picture(path, "解码后的图片放不进内存") from error
        except Exception as error:
            # For a damaged file the library raises a score of unrelated errors, down to those of struct and zlib.
            raise _damaged_picture(path) from error


def _opened(path: Path) -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the limits are ours
    with _told_in_chinese(path):
        return Image.open(path)


def _frame(path: Path, image: Any, number: int) -> PageImage:
    """A page of an opened picture, counted from 1."""
    with _told_in_chinese(path):
        image.seek(number - 1)
        _refuse_outsized(path, image, number)
        density = _density(image.info.get("dpi"))
        return _page(number, _pixels(image), density)


def frame_count(path: Path) -> int:
    """How many pages an image file has. Raises UnreadableFile for a damaged one."""
    with closing(_opened(path)) as image:
        return _count(path, image)


def _count(path: Path, image: Any) -> int:
    """Counted no further than they are read: to count all frames of a TIFF takes the square of their number."""
    with _told_in_chinese(path):
        count = _frames_of_tiff(image) if image.format == "TIFF" else int(getattr(image, "n_frames", 1))
        if count > MAX_FRAMES:
            raise _outsized_picture(path, f"超过 {MAX_FRAMES} 页")
        return count


def _frames_of_tiff(image: Any) -> int:
    for frame in range(1, MAX_FRAMES + 1):
        try:
            image.seek(frame)
        except EOFError:
            return frame
    return MAX_FRAMES + 1


def _refuse_outsized(path: Path, image: Any, number: int) -> None:
    """Refuse a picture that takes too much memory while it is decoded; a JPEG is decoded small."""
    pixels = image.width * image.height
    if image.format == "JPEG":
        size = pixels * _PROGRESSIVE_BYTES if image.info.get("progressive") else pixels
    else:
        size = pixels * _BYTES.get(image.mode, 4)
    if size > _MOST_BYTES:
        raise _outsized_picture(path, f"第 {number} 页有 {image.width}×{image.height} 像素")


def _pixels(image: Any) -> Pixels:
    """The picture as the camera was held, of not much more than the most pixels."""
    from PIL import ImageOps

    factor = math.ceil(math.sqrt(image.width * image.height / _MOST_PIXELS))
    if factor > 1:
        image.draft(None, (image.width // factor, image.height // factor))
    return _blue_green_red(ImageOps.exif_transpose(_reduced(image)))


def _reduced(image: Any) -> Any:
    """The picture made smaller band by band, if it is too large."""
    from PIL import Image

    factor = math.ceil(math.sqrt(image.width * image.height / _MOST_PIXELS))
    if factor == 1:
        return image
    height = _BAND * factor
    small = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, height):
        band = image.crop((0, top, image.width, min(top + height, image.height)))
        small.paste(_opaque(band).reduce(factor), (0, top // factor))
    small.getexif()[_ORIENTATION] = image.getexif().get(_ORIENTATION, 1)
    return small


def _density(stated: Any) -> float | None:
    """Dots per inch as the file states them, where they can be meant: cameras write 72 and mean nothing."""
    value = float(stated[0]) if stated else 0.0
    return value if int(value) in _DENSITIES and value > 72 else None


def _opaque(image: Any) -> Any:
    """The picture in red, green and blue, on white where it is transparent."""
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA"):
        from PIL import Image

        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    if image.mode.startswith("I") or image.mode == "F":
        image = image.point(lambda level: level / 256)
    return image.convert("RGB")


def _blue_green_red(image: Any) -> Pixels:
    return np.ascontiguousarray(np.asarray(_opaque(image))[:, :, ::-1])


def _page(number: int, pixels: Pixels, density: float | None) -> PageImage:
    long = max(pixels.shape[:2])
    points = 72 / density if density else _A4_LONG / long
    return scaled(PageImage(number, pixels, points))


def scaled(page: PageImage) -> PageImage:
    """The page no larger than a photo whose sheet takes up two thirds of it; a smaller one is left as it is."""
    height, width = page.pixels.shape[:2]
    factor = 1.5 * LONG_SIDE / max(height, width)
    if factor > 0.99:
        return page
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = cv2.resize(page.pixels, size, interpolation=cv2.INTER_AREA)
    return PageImage(page.number, np.asarray(small, np.uint8), page.points / factor)


def rendered(page: Any, number: int) -> PageImage:
    """A page of an opened pypdfium2 document, at the density of the scan in it."""
    width, height = page.get_size()
    most = math.sqrt(_MOST_PIXELS / max(width * height, 1))
    scale = min(_native_scale(page, width), 300 / 72, 4 * LONG_SIDE / max(width, height, 1), most)
    bitmap = page.render(scale=scale, rev_byteorder=False)
    pixels = bitmap.to_numpy()
    colour = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR) if pixels.ndim == 2 else pixels[:, :, :3]
    return scaled(PageImage(number, np.array(colour, np.uint8), 1 / scale))


def _native_scale(page: Any, width: float) -> float:
    """Pixels per point of the widest picture on the page, at least 150 dots per inch."""
    import pypdfium2.raw as pdfium

    widest = 0.0
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, _, right, _ = found.get_bounds()
        if right - left > 0.5 * width:
            widest = max(widest, max(found.get_px_size()) / max(found_side(found), 1.0))
    return max(widest, 200 / 72) if not widest else max(widest, 150 / 72)


def found_side(found: Any) -> float:
    """The long side of a picture on its page, in points."""
    left, bottom, right, top = found.get_bounds()
    return float(max(right - left, top - bottom))


def _outsized_picture(path: Path, what: str) -> UnreadableFile:
    return UnreadableFile(
        "image-too-large",
        path,
        what=f"过大：{what}",
        why="正常的扫描件和照片没有这样大，读取会耗尽内存",
        remedy="请按 200 至 300 dpi 重新扫描，或拆成几个文件",
    )


def _damaged_picture(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "damaged",
        path,
        what="已损坏，图片打不开",
        why="文件内容不完整，常见于传输中断、下载未完成",
        remedy="请重新扫描、重新下载或让对方重新发送",
    )
