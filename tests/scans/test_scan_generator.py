"""The generator of test scans: papers, faults and the committed sample."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image as Picture

from greenforms.api import load_form
from greenforms.finding import Severity
from greenforms_scans.degrade import DEGRADATIONS, MIXED, SINGLE, degraded
from greenforms_scans.lost import lost_in_print
from greenforms_scans.made_up import made_up
from greenforms_scans.pen import pen_marked
from greenforms_scans.printing import printed, rasters
from greenforms_scans.scan_files import image_pdf, jpeg_file, png, tiff
from greenforms_scans.sheets import Image
from scans.write_sample import sample

QUARTERS = {"quarter90", "quarter270"}
DPI = 100


@pytest.fixture(scope="module")
def page() -> Image:
    """A page of rules and words, like a form's."""
    sheet = np.full((1170, 827, 3), 255, np.uint8)
    for y in range(150, 1000, 50):
        cv2.line(sheet, (90, y), (740, y), (0, 0, 0), 1)
        for x in range(100, 700, 130):
            cv2.putText(sheet, f"No {x}{y}", (x, y + 32), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (20, 20, 20), 1)
    return sheet


@pytest.fixture(scope="module")
def once(page: Image) -> Callable[[str], Image]:
    """The page with a fault, made once by one seed."""
    return cache(lambda name: degraded(page, name, 1, DPI))


def test_every_fault_has_a_group() -> None:
    """This test ensures that the groups name every fault once."""
    assert (*SINGLE, *MIXED) == tuple(DEGRADATIONS)


@pytest.mark.parametrize("name", DEGRADATIONS)
def test_fault_follows_the_seed_and_shows(page: Image, once: Callable[[str], Image], name: str) -> None:
    """This test ensures that a fault changes the page, the same way for the same seed, and leaves it a page."""
    before = page.copy()
    found = degraded(page, name, 1, DPI)
    assert np.array_equal(found, once(name))
    assert np.array_equal(page, before)
    assert found.dtype == np.uint8
    assert (name == "clean") == (found.shape == page.shape and np.array_equal(found, page))


@pytest.mark.parametrize("name", DEGRADATIONS)
def test_fault_keeps_the_shape(page: Image, once: Callable[[str], Image], name: str) -> None:
    """This test ensures that quarter turns swap the sides and everything else stays about as large as it was."""
    height, width = once(name).shape[:2]
    expected = page.shape[1::-1] if name in QUARTERS else page.shape[:2]
    assert (height, width) == pytest.approx(expected, rel=0.16 if name == "photo" else 0)


@pytest.mark.parametrize("name", sorted(set(DEGRADATIONS) - {"clean", *QUARTERS, "quarter180", "jpeg40", "blur"}))
def test_random_faults_differ_by_seed(page: Image, once: Callable[[str], Image], name: str) -> None:
    """This test ensures that two seeds give two pictures where a fault has anything random."""
    assert not np.array_equal(once(name), degraded(page, name, 2, DPI))


def test_turns_are_clockwise(page: Image) -> None:
    """This test ensures that 90 means turned to the right, so that the first line ends up at the right."""
    marked = page.copy()
    marked[:5, :5] = 0
    assert degraded(marked, "quarter90", 1, DPI)[0, -1].tolist() == [0, 0, 0]


def test_seal_is_red_and_of_its_size(page: Image) -> None:
    """This test ensures that a seal is red, 40 to 42 mm across, and lets the print below be seen."""
    sealed = degraded(page, "red-seal", 5, DPI).astype(int)
    red = (sealed[..., 2] - sealed[..., 1] > 60).any(axis=0).nonzero()[0]
    assert 39.3 <= (red.max() - red.min() + 1) / DPI * 25.4 <= 43
    dark = page.max(axis=2) < 60
    assert (sealed[dark].max(axis=1) < 60).all()


@pytest.mark.parametrize("name", ["grey", "grey-seal", "fax"])
def test_scans_without_colour(page: Image, name: str) -> None:
    """This test ensures that a scanner without colour leaves none, and a fax machine no grey."""
    found = degraded(page, name, 5, DPI)
    assert (found == found[..., :1]).all()
    assert (name == "fax") == (set(np.unique(found)) == {0, 255})


def test_pen_says_where_it_wrote(page: Image) -> None:
    """This test ensures that pen strokes change nothing outside their box."""
    for seed in range(8):
        marked = pen_marked(page, np.random.default_rng(seed), DPI)
        left, top, right, bottom = marked.box
        changed = (marked.page != page).any(axis=2)
        changed[max(0, top - 6) : bottom + 6, max(0, left - 6) : right + 6] = False
        assert not changed.any()


def test_paper_is_printed_as_the_data_say() -> None:
    """This test ensures that a printed paper holds the data, and that what it does not hold is told."""
    form = load_form("nm-2024/cultivation-roster").definition
    data = made_up(form, 4, rows=5)
    pdf = printed(form, data)
    assert rasters(pdf, 72)[0].shape == (842, 596, 3)
    assert lost_in_print(form, data, pdf) == frozenset()
    data["rows"][2]["name"] += "分公司"
    assert lost_in_print(form, data, pdf) == {"/rows/2/name"}


def test_files_hold_the_pages(page: Image) -> None:
    """This test ensures that each kind of file keeps pages, resolution and orientation, and is the same again."""
    assert np.asarray(Picture.open(io.BytesIO(png(page, 150))).convert("RGB")).shape == page.shape
    several = Picture.open(io.BytesIO(tiff([page, page], 200)))
    assert (several.n_frames, several.size, several.mode) == (2, (827, 1170), "1")  # type: ignore[attr-defined]
    sideways = Picture.open(io.BytesIO(jpeg_file(page, 150, sideways=True)))
    assert (sideways.size, sideways.getexif()[0x0112]) == ((1170, 827), 6)
    document = pdfium.PdfDocument(image_pdf([page, page], 100))
    assert (len(document), round(document[0].get_width())) == (2, round(827 * 0.72))
    document.close()
    assert image_pdf([page], 100) == image_pdf([page], 100)


def test_sample_is_complete_and_small() -> None:
    """This test ensures that every scan of the sample has its truth, and that the sample stays small."""
    found = sample()
    assert len(found) == 10
    assert sum(len(scan.content) for scan in found) < 1_500_000
    for scan in found:
        if scan.data:
            findings = load_form(scan.form).validate(scan.data)
            assert not [finding for finding in findings if finding.severity == Severity.BLOCK], scan.file
