"""On real pages: nothing printed is covered by a mark, and the colours mean what the handbook says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from greenforms.read.extraction import FieldReading
from greenforms.show.colours import PAINTS
from greenforms.show.marks import marks_of
from greenforms.show.page import marked
from greenforms.show.source import page_count, page_pictures
from shipped import read_paper

ROOT = Path(__file__).resolve().parents[2]
CASES, SCANS = ROOT / "tests" / "variants" / "cases", ROOT / "tests" / "scans" / "sample"
PAPERS = (
    CASES / "cultivation-plan/factory-pdf/paper.pdf",
    CASES / "cultivation-roster/two-pages-pdf/paper.pdf",
    CASES / "recommendation-summary/ticks-pdf/paper.pdf",
    CASES / "typical-experience/untagged-pdf/paper.pdf",
    SCANS / "summary-red-seal.jpg",
)
#: Print is what is darker than the paper around it by so many levels of grey; it stays visible while half of that is
#: left. A box may run along the edge of a picture, which is that much of the print.
PRINT, LEFT = 60, 0.5
REACH = np.ones((15, 15), np.uint8)
MOST_LOST = 0.02


def doubtful(field: FieldReading) -> FieldReading:
    """A field as it is marked at its worst: with a number, which has to stand somewhere."""
    return replace(field, grade="red", confidence=0.3)


def pictures(paper: Path) -> Iterator[tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]]:
    """Each page in levels of grey, as it was and as it is marked."""
    read = read_paper(paper)
    marks = marks_of(replace(read, fields=tuple(map(doubtful, read.fields))))
    is_pdf = paper.suffix == ".pdf"
    for page in page_pictures(paper, page_count(paper, is_pdf=is_pdf), is_pdf=is_pdf):
        bare, _ = marked(page, ())
        shown, _ = marked(page, marks.by_page.get(page.number, ()))
        yield np.asarray(bare.convert("L"), np.int16), np.asarray(shown.convert("L"), np.int16)


def contrast(grey: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """How much darker each place is than the lightest around it."""
    return np.asarray(cv2.dilate(grey, REACH) - grey, np.int16)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.parent.name}/{paper.name}")
def test_print_stays_visible(paper: Path) -> None:
    """This test ensures that what is printed on a real page can be read on the marked one."""
    for bare, shown in pictures(paper):
        printed = contrast(bare) > PRINT
        lost = printed & (contrast(shown) < LEFT * contrast(bare))
        assert not (shown > bare)[printed].any()
        assert lost.sum() <= MOST_LOST * printed.sum()
        assert (bare != shown).any() or not printed.any()


def test_the_colours_mean_what_the_handbook_says() -> None:
    """This test ensures that the legend, the list below a page and the table of the handbook use the same words."""
    handbook = (ROOT / "docs/handbook/clerks.md").read_text("utf-8")
    rows = re.findall(r"^\| ([绿黄红]) \| (.+?) \| (.+?) \|$", handbook, re.MULTILINE)
    assert rows == [(paint.word, paint.meaning, paint.action) for paint in PAINTS.values()]
    readme = (ROOT / "README.zh-CN.md").read_text("utf-8")
    assert "、".join(f"{paint.word}（{paint.meaning}）" for paint in PAINTS.values()) in readme
