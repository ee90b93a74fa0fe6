"""Pictures that are damaged, contradict themselves, or ask for more time and memory than a page may."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import Image

_PNG = b"\x89PNG\r\n\x1a\n"
#: A square that nobody scans: 900 megapixels.
_HUGE = 30_000


def files() -> Iterator[tuple[str, bytes]]:
    """The name and content of each; none of them says anything that could be read."""
    for group in (_small, _png, _jpeg, _tiff, _bmp, _animated, _colours):
        yield from group()


def _small() -> Iterator[tuple[str, bytes]]:
    """Sides of one pixel, and no picture at all."""
    for kind, ending in (("PNG", "png"), ("JPEG", "jpg"), ("BMP", "bmp"), ("GIF", "gif"), ("TIFF", "tif")):
        yield f"1x1.{ending}", _saved(Image.new("L", (1, 1), 0), kind)
    yield "1x1.webp", _saved(Image.new("RGB", (1, 1)), "WEBP")
    for size in ((1, 3000), (3000, 1), (2, 2), (1, 60_000), (60_000, 1), (15, 15)):
        yield f"{size[0]}x{size[1]}-striped.png", _saved(_striped(size), "PNG")
    for name, head in (("png", _PNG), ("jpg", b"\xff\xd8\xff"), ("gif", b"GIF89a"), ("tif", b"II*\0")):
        yield f"head-only.{name}", head
    yield "head-only.bmp", b"BM" + bytes(8) + b"\x36\0\0\0"
    yield "head-only.webp", b"RIFF\xff\xff\xff\xffWEBP"


def _png() -> Iterator[tuple[str, bytes]]:
    """Chunks that are too large, too many, or lie."""
    sound = _saved(_striped((400, 300)), "PNG")
    end = sound.rindex(b"\0\0\0\0IEND")
    packed = zlib.compress(bytes(20_000_000), 9)
    yield "size-30000.png", _png_of(_HUGE, _HUGE, b"")
    yield "size-7000-honest.png", _blank_png(7000, 7000)
    yield "size-21000-honest.png", _blank_png(21_000, 21_000)
    yield "size-zero.png", _png_of(0, 0, b"")
    yield "size-2e31.png", _png_of(2**31 - 1, 2**31 - 1, b"")
    yield "text-bomb.png", sound[:33] + _chunk(b"zTXt", b"a\0\0" + packed) + sound[33:]
    yield "text-long.png", sound[:33] + _chunk(b"tEXt", b"a\0" + b"x" * 3_000_000) + sound[33:]
    yield "text-many.png", sound[:33] + _chunk(b"tEXt", b"a\0b") * 100_000 + sound[33:]
    yield "profile-bomb.png", sound[:33] + _chunk(b"iCCP", b"a\0\0" + packed) + sound[33:]
    yield "data-bomb.png", _png_of(9, 9, packed)
    yield "data-none.png", _png_of(400, 300, zlib.compress(b""))
    yield "cut.png", sound[: len(sound) // 2]
    yield "end-lost.png", sound[:end]
    yield "sum-wrong.png", sound[:-20] + bytes(8) + sound[-12:]
    yield "chunk-of-4gb.png", sound[:33] + struct.pack(">I", 2**32 - 1) + b"tEXt" + sound[33:]
    yield "chunk-unknown.png", sound[:33] + _chunk(b"ABCD", b"x") + sound[33:]
    yield "palette-lost.png", _png_of(9, 9, zlib.compress(bytes(90)), colour=3)
    frames = _chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
    yield "frames-2e31.png", sound[:33] + frames + sound[33:]


def _jpeg() -> Iterator[tuple[str, bytes]]:
    """Sizes, turns and resolutions that are not so."""
    sound = _saved(_striped((400, 300)), "JPEG")
    progressive = _saved(_striped((400, 300)), "JPEG", progressive=True)
    yield "size-14000-progressive.jpg", _sized_jpeg(progressive, 14_000, b"\xff\xc2")
    yield "size-65000.jpg", _sized_jpeg(sound, 65_000, b"\xff\xc0")
    yield "size-zero.jpg", _sized_jpeg(sound, 0, b"\xff\xc0")
    yield "scans-thousands.jpg", _many_scans()
    yield "cut.jpg", sound[: len(sound) // 2]
    yield "end-lost.jpg", sound[:-2]
    yield "zeros-inside.jpg", sound[: len(sound) // 2] + bytes(500) + sound[len(sound) // 2 :]
    yield "garbage-behind.jpg", sound + b"<?php" * 1000
    yield "turned-by-99.jpg", _saved(_striped((400, 300)), "JPEG", exif=_exif(0x0112, 99))
    yield "exif-of-nonsense.jpg", _saved(_striped((400, 300)), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    yield "exif-loop.jpg", _saved(_striped((400, 300)), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\x08\0\0\0")
    yield "density-zero.jpg", _saved(_striped((400, 300)), "JPEG", dpi=(0, 0))
    yield "comment-many.jpg", sound[:2] + b"\xff\xfe\0\x04ab" * 200_000 + sound[2:]
    yield "tables-lost.jpg", sound.replace(b"\xff\xc4", b"\xff\xee")


def _tiff() -> Iterator[tuple[str, bytes]]:
    """Directories that loop, and frames without end."""
    sound = _saved(_striped((400, 300)), "TIFF")
    yield "directory-loop.tif", _tiff_of([(256, 1), (257, 1)], loop=True)
    yield "directories-20000.tif", _many_directories(20_000)
    yield "directory-far.tif", b"II*\0\xff\xff\xff\xff"
    yield "size-2e9.tif", _tiff_of([(256, 2_000_000_000), (257, 2_000_000_000), (258, 8), (262, 1), (273, 8), (279, 9)])
    yield "size-zero.tif", _tiff_of([(256, 0), (257, 0), (258, 8), (262, 1), (273, 8), (279, 9)])
    yield "size-lost.tif", _tiff_of([(258, 8), (262, 1)])
    yield (
        "strips-far.tif",
        _tiff_of([(256, 400), (257, 300), (258, 8), (259, 1), (262, 1), (273, 2**31), (279, 120_000)]),
    )
    yield "fax-of-nothing.tif", _tiff_of([(256, 2000), (257, 3000), (258, 1), (259, 4), (262, 0), (273, 8), (279, 0)])
    yield (
        "fax-of-nonsense.tif",
        _tiff_of([(256, 20_000), (257, 40_000), (258, 1), (259, 4), (262, 0), (273, 8), (278, 40_000), (279, 90)]),
    )
    yield "bits-65535.tif", _tiff_of([(256, 9), (257, 9), (258, 65_535), (262, 1), (273, 8), (279, 9)])
    yield "samples-65535.tif", _tiff_of([(256, 9), (257, 9), (258, 8), (262, 2), (277, 65_535), (273, 8), (279, 9)])
    yield "cut.tif", sound[: len(sound) // 2]
    yield "second-frame-broken.tif", _second_broken()
    pages = [_striped((400, 300)), *(Image.new("L", (400, 300), 250) for _ in range(5))]
    yield "second-frame-blank.tif", _saved(Image.new("L", (9, 9)), "TIFF", save_all=True, append_images=pages[1:])


def _bmp() -> Iterator[tuple[str, bytes]]:
    sound = _saved(_striped((40, 30)), "BMP")
    for name, width, height in (
        ("negative", 40, -30),
        ("both-negative", -40, -30),
        ("2e31", 2**31 - 1, 2**31 - 1),
        ("lowest", -(2**31), -(2**31)),
        ("zero", 0, 0),
    ):
        yield f"size-{name}.bmp", sound[:18] + struct.pack("<ii", width, height) + sound[26:]
    yield "colours-many.bmp", sound[:46] + struct.pack("<I", 2**32 - 1) + sound[50:]
    yield "bits-99.bmp", sound[:28] + struct.pack("<H", 99) + sound[30:]
    yield "runs-torn.bmp", sound[:28] + struct.pack("<HI", 8, 1) + sound[34:]
    yield "cut.bmp", sound[: len(sound) // 2]


def _animated() -> Iterator[tuple[str, bytes]]:
    """Frames that move; a paper does not."""
    blank = Image.new("P", (9, 9), 255)
    other = Image.new("P", (9, 9), 3)
    one = b",\0\0\0\0\x09\0\x09\0\0\x02\x02D\x01\0"
    yield "frames-3000.gif", b"GIF89a\x09\0\x09\0\x80\0\0\xff\xff\xff\0\0\0" + one * 3000 + b";"
    yield "frames-9.gif", _saved(blank, "GIF", save_all=True, append_images=[other, blank] * 4)
    colours = [Image.new("RGB", (9, 9), (n, n, n)) for n in range(5)]
    yield "frames-5.webp", _saved(colours[0], "WEBP", save_all=True, append_images=colours[1:])
    yield "size-65535.gif", b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;"
    yield "cut.gif", _saved(_striped((400, 300)), "GIF")[:400]
    yield "cut.webp", _saved(_striped((400, 300)).convert("RGB"), "WEBP")[:60]
    yield "lzw-of-nonsense.gif", b"GIF89a\x09\0\x09\0\0\0\0,\0\0\0\0\x09\0\x09\0\0\x0c\xff" + b"\xff" * 255 + b"\0;"


def _colours() -> Iterator[tuple[str, bytes]]:
    """Depths and colour models that scanners write, without anything on them."""
    for mode, kind in (
        ("1", "png"),
        ("P", "png"),
        ("LA", "png"),
        ("RGBA", "png"),
        ("I;16", "png"),
        ("CMYK", "tiff"),
        ("F", "tiff"),
        ("I", "tiff"),
        ("LAB", "tiff"),
        ("YCbCr", "jpeg"),
        ("CMYK", "jpeg"),
    ):
        yield f"blank-{mode.replace(';', '-')}.{kind}", _saved(Image.new(mode, (300, 400)), kind)
    yield "nan.tiff", _saved(Image.new("F", (300, 400), float("nan")), "TIFF")
    yield "infinite.tiff", _saved(Image.new("F", (300, 400), float("inf")), "TIFF")


def _striped(size: tuple[int, int]) -> Image.Image:
    """A picture that is not blank and says nothing."""
    picture = Image.new("L", size, 255)
    for row in range(0, size[1], 8):
        picture.paste(0, (0, row, size[0], row + 2))
    return picture


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _png_of(width: int, height: int, packed: bytes, colour: int = 0) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return _PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _blank_png(width: int, height: int) -> bytes:
    """A white picture of so many pixels, all of them there:"""
    row = -(-width // 8) + 1
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    packed = zlib.compress((b"\0" + b"\xff" * (row - 1)) * height, 1)
    return _PNG + head + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _sized_jpeg(jpeg: bytes, side: int, marker: bytes) -> bytes:
    """A JPEG that says it is a square of so many pixels."""
    place = jpeg.index(marker) + 5
    return jpeg[:place] + side.to_bytes(2, "big") * 2 + jpeg[place + 4 :]


def _many_scans() -> bytes:
    """A progressive JPEG that refines itself over and over."""
    large = _saved(_striped((1000, 1000)), "JPEG", progressive=True, quality=5)
    scans = large[large.index(b"\xff\xda") : -2]
    last = scans[scans.rindex(b"\xff\xda") :]
    return large[:-2] + last * (3_000_000 // len(last)) + large[-2:]


def _exif(tag: int, value: int) -> bytes:
    exif = Image.Exif()
    exif[tag] = value
    return exif.tobytes()


def _tiff_of(tags: list[tuple[int, int]], *, loop: bool = False) -> bytes:
    """A TIFF of one directory with these numbers."""
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags))
    body = b"II*\0" + struct.pack("<I", 108) + bytes(range(100))
    return body + struct.pack("<H", len(tags)) + rows + struct.pack("<I", 108 if loop else 0)


def _many_directories(count: int) -> bytes:
    """So many frames of one pixel."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    for number in range(count):
        rows = [(256, 1), (257, 1), (258, 8), (262, 1), (273, 4), (279, 1)]
        out += struct.pack("<H", len(rows)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in rows)
        out += struct.pack("<I", len(out) + 4 if number + 1 < count else 0)
    return bytes(out)


def _second_broken() -> bytes:
    """Two frames, the second of which leads nowhere."""
    out = io.BytesIO()
    first, second = Image.new("L", (300, 400), 255), Image.new("L", (300, 400), 250)
    first.save(out, "TIFF", save_all=True, append_images=[second])
    content = out.getvalue()
    return content[: len(content) - 60_000]
