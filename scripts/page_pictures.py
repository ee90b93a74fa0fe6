"""Pages of papers as small pictures for the documentation: drawn, scaled, and saved in few colours."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

import click
from PIL import Image, ImageFont
from pypdf import PdfReader

from greenforms.render.fonts import font_environment

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
DPI = 110
#: Up to so many colours a picture is black on white with a few marks, which the quantiser must not merge.
FLAT = 48


def font(size: int) -> ImageFont.FreeTypeFont:
    """A Chinese face of this machine."""
    found = subprocess.run(
        ["fc-match", "-f", "%{file}|%{index}", "Noto Sans CJK SC"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    file, _, index = found.stdout.partition("|")
    return ImageFont.truetype(file, size, index=int(index or 0))


def page_image(pdf: bytes, page: int) -> Image.Image:
    """One page of a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        file, target = Path(folder, "paper.pdf"), Path(folder, "page")
        file.write_bytes(pdf)
        command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), "-singlefile", "-png"]
        subprocess.run([*command, file, target], check=True, env=font_environment())  # noqa: S603
        return Image.open(io.BytesIO(target.with_suffix(".png").read_bytes())).convert("RGB")


def save(picture: Image.Image, name: str, colours: int = 32, method: Image.Quantize | None = None) -> None:
    """Few colours, small file."""
    target = FOLDER / f"{name}.png"
    method = method or (Image.Quantize.MAXCOVERAGE if colours <= FLAT else Image.Quantize.MEDIANCUT)
    picture.quantize(colours, method=method, dither=Image.Dither.NONE).save(target, optimize=True)
    click.echo(f"{target.relative_to(FOLDER.parents[1])}  {picture.size}  {target.stat().st_size // 1024} KB")


def page_holding(pdf: bytes, text: str) -> int:
    """The first page on which a text stands."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return next(number for number, page in enumerate(pages, 1) if text in page.extract_text().replace(" ", ""))


def shrunk(picture: Image.Image, width: int) -> Image.Image:
    """No wider than `width`."""
    return picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
