"""The committed scans read as a clerk would read them: from the file to the data printed on the paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from greenforms.errors import InputError
from greenforms.read.extraction import Extraction, FieldReading
from greenforms_extractors.model import PageOrigin, Table
from greenforms_extractors.reading import read
from greenforms_scans.seal import song_face
from greenforms_scans.truth import score
from scans.write_sample import SAMPLE, Scan, sample
from shipped import load_form, read_paper

ROSTER_CLEAN = "roster-clean.png"


def scans() -> list[Scan]:
    return sample()


@cache
def reading(file: str) -> Extraction:
    """A scan of the sample as read, once for all tests."""
    return read_paper(SAMPLE / file)


def recognised(file: str) -> list[FieldReading]:
    """The fields of a scan that were read from a picture."""
    return [field for field in reading(file).fields if field.source == "ocr"]


@pytest.mark.parametrize("scan", scans(), ids=lambda scan: scan.file)
def test_every_field(scan: Scan) -> None:
    """this test ensures that every field of every scan is read as printed, with nothing invented and nothing missing"""
    extraction = reading(scan.file)
    found = score(load_form(scan.form), scan.data, extraction.data)
    assert extraction.form == scan.form
    assert (found.details, found.right) == ((), found.total)


@pytest.mark.parametrize("scan", scans(), ids=lambda scan: scan.file)
def test_every_field_says_how_sure_it_is(scan: Scan) -> None:
    """this test ensures that a field read from a picture has its page, box and chance"""
    for field in recognised(scan.file):
        assert isinstance(field.evidence, PageOrigin)
        left, top, right, bottom = field.evidence.box
        assert field.evidence.page >= 1
        assert 0 <= left < right <= 1200
        assert 0 <= top < bottom <= 1200
        assert 0 < field.confidence < 1


def test_most_fields_are_green() -> None:
    """this test ensures that of all fields, which are all read right, no more than one in twenty must be looked at"""
    grades = [field.grade for scan in scans() for field in recognised(scan.file)]
    assert grades.count("green") >= 0.95 * len(grades)


def test_blank_form() -> None:
    """this test ensures that an empty form is read as empty: no value, and nothing to ask about"""
    blank = reading("roster-blank.png")
    assert (blank.data, blank.fields, blank.findings) == ({"rows": []}, (), ())


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages(turn: int, tmp_path: Path) -> None:
    """this test ensures that a page scanned lying or upside down is read the same, and its places are of the page"""
    from PIL import Image

    path = tmp_path / "turned.png"
    with Image.open(SAMPLE / ROSTER_CLEAN) as picture:
        picture.rotate(turn, expand=True).save(path, dpi=(150, 150))
    turned, straight = read_paper(path), reading(ROSTER_CLEAN)
    assert turned.data == straight.data
    assert {field.evidence.turned for field in turned.fields if isinstance(field.evidence, PageOrigin)} == {turn}
    assert all(not field.evidence.turned for field in straight.fields if isinstance(field.evidence, PageOrigin))


def test_wrong_form() -> None:
    """this test ensures that a scan of another form is refused, with the names of the file and of the form it is not"""
    with pytest.raises(InputError) as refusal:
        read_paper(SAMPLE / ROSTER_CLEAN, "he-2024/recommendation-summary")
    assert ROSTER_CLEAN in str(refusal.value)
    assert "推荐汇总表" in str(refusal.value)


def test_cells_of_a_photo() -> None:
    """this test ensures that the ruled cells of a photo taken from the side are those of the printed table"""
    (photo,) = (block for block in read(SAMPLE / "roster-photo.jpg").blocks if isinstance(block, Table))
    (clean,) = (block for block in read(SAMPLE / ROSTER_CLEAN).blocks if isinstance(block, Table))
    places = [[(cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells] for table in (photo, clean)]
    assert places[0] == places[1]


def test_a_note_in_the_margin(tmp_path: Path) -> None:
    """this test ensures that a note beside the table is asked about, and changes nothing of what is read"""
    from PIL import Image, ImageDraw

    path = tmp_path / "noted.png"
    with Image.open(SAMPLE / ROSTER_CLEAN) as picture:
        page = picture.convert("RGB")
        ImageDraw.Draw(page).text((1110, 900), "已阅", font=song_face(48), fill=(30, 40, 120))
        page.save(path, dpi=(150, 150))
    noted = read_paper(path)
    assert noted.data == reading(ROSTER_CLEAN).data
    (finding,) = (finding for finding in noted.findings if finding.rule == "read/unread")
    assert "已阅" in finding.message
