"""The drawn pages: boxes where the fields stand, head and foot, and the files they are written to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from marked_readings import DOUBTFUL, LIKELY, SURE, Box, coloured, extraction, reading, white
from PIL import Image
from pypdf import PdfReader

from greenforms.errors import InputError, UsageError
from greenforms.read.extraction import MissingField
from greenforms.show.colours import PAINTS
from greenforms.show.face import NO_FACE
from greenforms.show.marks import marks_of
from greenforms.show.page import marked
from greenforms.show.source import page_pictures
from greenforms_extractors.scan.raster import PageImage, frames
from shipped import showing

ROOT = Path(__file__).resolve().parents[2]
#: The box of the black bar of the test page once it is upright, in points: 60 × 12 on A4.
BAR: Box = (100.0, 200.0, 160.0, 212.0)
DPI = 144
#: The outline may stand this far off, in pixels.
NEAR = 8


def page_with_a_bar() -> Image.Image:
    picture = Image.new("RGB", (1190, 1684), "white")
    left, top, right, bottom = (round(edge * DPI / 72) for edge in BAR)
    picture.paste((0, 0, 0), (left + 4, top + 4, right - 4, bottom - 4))
    return picture


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize(("confidence", "grade"), [(SURE, "green"), (LIKELY, "amber"), (DOUBTFUL, "red")])
def test_a_box_is_around_its_text(turned: int, confidence: float, grade: str) -> None:
    """This test ensures that the outline of a field lies around its ink, in its colour, whichever way a page lay."""
    lying = np.rot90(np.asarray(page_with_a_bar()), turned // 90)
    page = PageImage(1, np.ascontiguousarray(lying[:, :, ::-1]), 72 / DPI)
    picture, density = marked(page, marks_of(extraction(reading("/a", confidence, box=BAR, turned=turned))).by_page[1])
    assert picture.size == (1190, 1684)
    assert density == DPI / 72
    around = picture.crop((0, round(BAR[1] * 2) - NEAR, round(BAR[2] * 2) + NEAR, round(BAR[3] * 2) + NEAR))
    left, top, right, bottom = coloured(around, PAINTS[grade].line, 12)
    assert (left, right) == pytest.approx((BAR[0] * 2, BAR[2] * 2), abs=NEAR)
    assert (top, bottom) == pytest.approx((NEAR, NEAR + (BAR[3] - BAR[1]) * 2), abs=NEAR)


def test_what_is_below_a_box_can_be_read() -> None:
    """This test ensures that the ink of a field stays as dark and its paper nearly as light as they were."""
    page = PageImage(1, np.ascontiguousarray(np.asarray(page_with_a_bar())[:, :, ::-1]), 72 / DPI)
    picture, _ = marked(page, marks_of(extraction(reading("/a", DOUBTFUL, box=(90, 190, 170, 222)))).by_page[1])
    grey = np.asarray(picture.convert("L"))
    assert grey[410, 260] < 40
    assert grey[390, 200] > 200


def test_a_small_picture_is_enlarged() -> None:
    """This test ensures that the tags of a picture of few pixels can be read."""
    page = PageImage(1, np.full((842, 595, 3), 255, np.uint8), 1.0)
    picture, density = marked(page, marks_of(extraction(reading("/a"))).by_page[1])
    assert (picture.size, density) == ((1190, 1684), 2.0)


def test_a_box_beyond_the_page() -> None:
    """This test ensures that a box that reaches over the edge, or lies outside, ends the drawing of nothing."""
    page = PageImage(1, np.full((842, 595, 3), 255, np.uint8), 1.0)
    fields = [reading("/a", DOUBTFUL, box=box) for box in ((-20, -5, 700, 900), (600, 850, 620, 870), (5, 5, 5, 5))]
    marked(page, marks_of(extraction(*fields)).by_page[1])


def test_a_pdf_has_the_pages_of_the_paper(tmp_path: Path) -> None:
    """This test ensures that each page is there in its own size with head and foot, and the title is the file's."""
    sizes = [(1240, 1754), (1754, 1240), (620, 877)]
    pages = [Image.new("RGB", size, "white") for size in sizes]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:], dpi=(150, 150))
    read = extraction(reading("/a", page=2), reading("/b", DOUBTFUL, page=3), file="a.tif")
    showing(tmp_path / "a.tif", str(tmp_path / "b.pdf")).write(read)
    document = PdfReader(tmp_path / "b.pdf")
    assert document.metadata is not None
    assert document.metadata.title == "a.tif"
    widths = [float(page.mediabox.width) for page in document.pages]
    assert widths == pytest.approx([595.2, 841.9, 420.0], abs=1.5)
    heads = [float(page.mediabox.height) - size[1] * 0.48 for page, size in zip(document.pages, sizes, strict=True)]
    assert heads[:2] == pytest.approx([26, 26], abs=1.5)
    assert heads[2] > 45  # and the list of what wants a look


def test_the_last_page_lists_what_is_missing(tmp_path: Path) -> None:
    """This test ensures that missing fields, and those without a place, stand below the last page and no other."""
    pages = [Image.new("RGB", (1240, 1754), "white") for _ in range(2)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:], dpi=(150, 150))

    def heights(
        name: str, *fields: str, missing: tuple[MissingField, ...] = (), page: int | None = None
    ) -> list[float]:
        read = extraction(*(reading(path, page=page) for path in fields), missing=missing)
        showing(tmp_path / "a.tif", str(tmp_path / name)).write(read)
        return [float(page.mediabox.height) for page in PdfReader(tmp_path / name).pages]

    bare = heights("bare.pdf")
    lacking = heights("lacking.pdf", missing=(MissingField("/unit", "单位"),))
    assert lacking[0] == bare[0]
    assert lacking[1] > bare[1] + 25
    assert heights("both.pdf", "/a", missing=(MissingField("/unit", "单位"),))[1] > lacking[1] + 25
    assert heights("seen.pdf", "/unit", missing=(MissingField("/unit", "单位"),), page=1)[1] == bare[1]


def test_hundreds_of_fields(tmp_path: Path) -> None:
    """This test ensures that a dense list is drawn, and that what is listed below it is bounded."""
    paper = white(tmp_path)
    cells = [
        reading(f"/rows/{row}/name", DOUBTFUL, box=(40 + 50 * column, 60 + 12 * row, 90 + 50 * column, 72 + 12 * row))
        for row in range(30)
        for column in range(10)
    ]
    showing(paper, str(tmp_path / "b.png")).write(extraction(*cells))
    with Image.open(tmp_path / "b.png") as picture:
        assert 1754 * 1.2 < picture.height < 1754 * 1.6


def test_turned_pages_of_a_pdf(tmp_path: Path) -> None:
    """This test ensures that a page of a PDF is shown as a viewer shows it: turned and cropped."""
    source = pdfium.PdfDocument.new()
    page = source.new_page(842, 595)
    page.set_rotation(90)
    source.save(str(tmp_path / "a.pdf"))
    showing(tmp_path / "a.pdf", str(tmp_path / "b.pdf")).write(extraction(reading("/a"), file="a.pdf"))
    assert float(PdfReader(tmp_path / "b.pdf").pages[0].mediabox.width) == pytest.approx(595, abs=1)


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    """This test ensures that a page that cannot be drawn leaves the old file and no part of a new one."""
    pages = [Image.new("RGB", (300, 300), "white") for _ in range(3)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    (tmp_path / "b.pdf").write_bytes(b"old")
    shown = showing(tmp_path / "a.tif", str(tmp_path / "b.pdf"), force=True)

    def interrupted(page: int, pages: int) -> None:
        if page == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shown.write(extraction(), interrupted)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tif", "b.pdf"]
    assert (tmp_path / "b.pdf").read_bytes() == b"old"


def test_a_pdf_that_cannot_be_drawn(tmp_path: Path) -> None:
    """This test ensures that a PDF without usable pages is refused in Chinese."""
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(InputError, match="的页面画不出来"):
        list(page_pictures(tmp_path / "坏.pdf", 1, is_pdf=True))


def test_a_paper_is_not_drawn_over(tmp_path: Path) -> None:
    """This test ensures that a slip of the hand does not replace the paper itself, --force or not."""
    paper = white(tmp_path)
    before = paper.read_bytes()
    with pytest.raises(UsageError, match="要读取的文件本身"):
        showing(paper, str(paper), force=True)
    assert paper.read_bytes() == before


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    """This test ensures that odd bytes and line breaks of a file name stop neither the head nor the title."""
    paper = white(tmp_path)
    for number, name in enumerate(("\udcff\udcfe.png", "甲\n乙.png", "长" * 300)):
        showing(paper, str(tmp_path / f"{number}.pdf")).write(extraction(reading("/a"), file=name))


def test_without_a_chinese_face(tmp_path: Path) -> None:
    """This test ensures that boxes are drawn and the user is told where the computer has no Chinese face."""
    paper = white(tmp_path)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from shipped import showing\n"
        "from marked_readings import *\n"
        "shown = showing(Path(sys.argv[2]), sys.argv[3])\n"
        "shown.write(extraction(reading('/a', DOUBTFUL), reading('/b', page=None)))\n"
        "print(shown.note)\n"
    )
    sources = os.pathsep.join(str(ROOT / source) for source in ("engine", "extractors", "tests"))
    done = subprocess.run(
        [sys.executable, "-c", program, Path(__file__).parent, paper, tmp_path / "b.png"],
        env={"PATH": str(tmp_path), "PYTHONPATH": sources, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode("utf-8").strip() == NO_FACE
    with Image.open(tmp_path / "b.png") as picture:
        coloured(picture, PAINTS["red"].line, 4)


def test_the_pages_of_a_shown_file_are_read_in_order(tmp_path: Path) -> None:
    """This test ensures that a numbered picture holds the page of its number."""
    pages = [Image.new("RGB", (400 + 100 * number, 900), "white") for number in range(3)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:], dpi=(100, 100))
    shown = showing(tmp_path / "a.tif", str(tmp_path / "b.png"))
    assert [target.name for target in shown.targets] == ["b-1.png", "b-2.png", "b-3.png"]
    shown.write(extraction())
    assert [frame.pixels.shape[1] for path in shown.targets for frame in frames(path)] == [840, 840, 864]
