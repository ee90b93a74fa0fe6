"""What comes out of files that are damaged, contradict themselves, or ask for too much: text, a picture, or a refusal.

What is read by its picture is not recognised here: it is enough that its page was drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.model import Document, PageOrigin, Paragraph
from greenforms_extractors.reading import read_here
from greenforms_extractors.scan import page as scanned
from greenforms_extractors.scan import reader as picture_reader
from greenforms_extractors.scan.raster import PageImage
from hostile import image, pdf
from hostile.pdf_file import SAID

SEEN = "drawn and seen"
#: Files that are not read as text: how they are read, or why they are refused.
PDFS = {
    **dict.fromkeys(
        (
            "trailer-lost.pdf",
            "cut-in-two.pdf",
            "cut-at-the-end.pdf",
            "pages-deep.pdf",
            "crop-outside.pdf",
        ),
        "damaged",
    ),
    **dict.fromkeys(
        (
            "endobj-lost.pdf",
            "object-stream-torn.pdf",
            "pages-loop.pdf",
            "page-null.pdf",
            "page-type-lost.pdf",
            "sheet-nan.pdf",
            "sheet-two.pdf",
            "sheet-null.pdf",
            "sheet-words.pdf",
            "content-unknown-filter.pdf",
            "content-predictor-unknown.pdf",
            "content-saved-states.pdf",
            "content-grid-60000.pdf",
            "content-text-500000.pdf",
            "content-inline-pictures-20000.pdf",
            "forms-nested-deep.pdf",
            "type3-nested.pdf",
            "cmap-range-2e32.pdf",
            "cmap-ranges-many.pdf",
            "cmap-cid-range-2e32.pdf",
            "widths-to-2e9.pdf",
            "font-null.pdf",
            "font-without-subtype.pdf",
            "reference-to-itself.pdf",
        ),
        "picture",
    ),
    **dict.fromkeys(
        ("pages-100000.pdf",),
        "too-long",
    ),
    **dict.fromkeys(
        (
            "content-400mb.pdf",
            "content-100mb-packed-twice.pdf",
            "content-filters-50.pdf",
            "content-predictor-huge.pdf",
            "content-runs-huge.pdf",
            "attachment-400mb.pdf",
        ),
        "pdf-bomb",
    ),
    **dict.fromkeys(
        (
            "content-lines-10e6.pdf",
            "forms-nested-5e20.pdf",
            "forms-of-themselves.pdf",
            "pattern-of-small-steps.pdf",
            "annotations-10e6.pdf",
        ),
        "too-complex",
    ),
    **dict.fromkeys(
        ("font-of-itself.pdf",),
        "no-text",
    ),
    **dict.fromkeys(
        (
            "locked-r3-user.pdf",
            "locked-r4-user.pdf",
            "locked-r5-user.pdf",
            "locked-r6-user.pdf",
            "locked-by-nothing.pdf",
            "locked-by-certificate.pdf",
        ),
        "password",
    ),
    **dict.fromkeys(
        (
            "picture-of-10e10.pdf",
            "picture-jpeg-14000.pdf",
        ),
        "image-too-large",
    ),
}
#: Pictures that are not decoded and found blank: what comes of them.
PICTURES = {
    "15x15-striped.png": "picture",  # so dense a print is none of a blank sheet
    **dict.fromkeys(
        (
            "head-only.png",
            "head-only.jpg",
            "head-only.gif",
            "head-only.tif",
            "head-only.bmp",
            "head-only.webp",
            "size-zero.png",
            "text-bomb.png",
            "profile-bomb.png",
            "data-none.png",
            "cut.png",
            "sum-wrong.png",
            "chunk-of-4gb.png",
            "size-zero.jpg",
            "cut.jpg",
            "end-lost.jpg",
            "directory-loop.tif",
            "directory-far.tif",
            "size-zero.tif",
            "size-lost.tif",
            "strips-far.tif",
            "fax-of-nothing.tif",
            "bits-65535.tif",
            "samples-65535.tif",
            "cut.tif",
            "second-frame-broken.tif",
            "size-zero.bmp",
            "colours-many.bmp",
            "bits-99.bmp",
            "runs-torn.bmp",
            "cut.bmp",
            "cut.gif",
            "cut.webp",
            "lzw-of-nonsense.gif",
        ),
        "damaged",
    ),
    **dict.fromkeys(
        (
            "size-30000.png",
            "size-21000-honest.png",
            "size-2e31.png",
            "frames-2e31.png",
            "size-14000-progressive.jpg",
            "size-65000.jpg",
            "directories-20000.tif",
            "size-2e9.tif",
            "fax-of-nonsense.tif",
            "size-both-negative.bmp",
            "size-2e31.bmp",
            "size-lowest.bmp",
            "frames-3000.gif",
            "size-65535.gif",
        ),
        "image-too-large",
    ),
}


class Recognised:
    """A page that says it was seen."""

    def __init__(self, page: PageImage, words: object) -> None:
        self.blocks = [(Paragraph(SEEN, PageOrigin(page.number, (0, 0, 9, 9))), None)]
        self.asides = ()


@pytest.fixture(autouse=True)
def unrecognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are drawn, but not recognised."""
    monkeypatch.setattr(scanned, "ScannedPage", Recognised)
    monkeypatch.setattr(picture_reader, "ScannedPage", Recognised)


def outcome(path: Path) -> str:
    """How a file is read, or the code of its refusal, in whose words no library speaks."""
    try:
        found = read_here(path)
    except UnreadableFile as error:
        said = str(error).replace(path.name, "")
        assert not [word for word in ("Error", "error", "None", "invalid", "failed") if word in said]
        return error.code
    assert isinstance(found, Document)
    texts = [paragraph.text for paragraph in found.paragraphs]
    if SEEN in texts:
        return "picture"
    assert SAID.removeprefix("Annual") in "".join(texts)
    return "text"


def outcomes(files: Iterator[tuple[str, bytes]], folder: Path) -> dict[str, str]:
    found = {}
    for name, content in files:
        path = folder / name
        path.write_bytes(content)
        found[name] = outcome(path)
        path.unlink()
    return found


@pytest.mark.parametrize(
    ("files", "otherwise", "usual"),
    [(pdf.files, PDFS, "text"), (image.files, PICTURES, "no-text")],
    ids=["pdf", "image"],
)
def test_outcomes(
    files: Callable[[], Iterator[tuple[str, bytes]]],
    otherwise: dict[str, str],
    usual: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """This test ensures that each file is read or refused for its own reason, and that no library says a word."""
    found = outcomes(files(), tmp_path)
    assert {name: how for name, how in found.items() if how != usual} == otherwise
    assert capfd.readouterr() == ("", "")
