"""Two scans of every form, read: as printed but for what is stated as unsure, and nothing wrong held as certain.

All are read with `--scans` (`make scans`); the main run reads a few.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import pytest

from greenforms.read.extraction import Extraction
from scans import form_readings
from scans.form_scans import CONDITIONS, FormScan, form_scans
from shipped import form_ids

SCANS = {scan.name: scan for scan in form_scans()}
#: Where something wrong is held as certain: patterns of places by file. What leads to it, in turn: the line of the
#: issuer below the attachments is taken for one more attachment; a table that goes on overleaf begins another year,
#: and the end of the last year is taken for that of another kind of unit; 用地批复文件 is read with 叟 for 复.
KNOWN_WRONG: Mapping[str, str] = {
    "jx-2024.review-opinion.worn.tif": "/letter/attachments",
    "nm-2024.consultation-letter.worn.tif": "/letter/attachments",
    "nm-2024.factory-evaluation-report.worn.tif": "/indicators/i1_3_2/proof",
    "nm-2024.removal-report.clean.tif": "/letter/attachments",
    "nm-2024.review-report.clean.tif": "/(supply_chain|factory)/years/.*",
    "nm-2024.review-report.worn.tif": "/(park|factory)/years/.*",
}
#: What the main run reads beside the forms that test_sample_scans reads: one has an edition's own labels.
ALWAYS = ("jx-2024.cultivation-schedule.clean.png", "nm-2024.renaming-application.worn.jpg")


PARAMETERS = [
    pytest.param(scan, id=name, marks=() if name in ALWAYS else pytest.mark.scans) for name, scan in SCANS.items()
]


@cache
def reading(name: str) -> Extraction:
    """A scan as read, once for all tests."""
    return form_readings.reading(SCANS[name])


def test_every_form_is_there_twice() -> None:
    """This test ensures that every form has a clean and a worn scan, and that the lists here name no other."""
    found = sorted(name.rpartition(".")[0] for name in SCANS)
    assert found == sorted(f"{form.replace('/', '.')}.{each}" for form in form_ids() for each in CONDITIONS)
    assert set(ALWAYS) | set(KNOWN_WRONG) <= set(SCANS)


@pytest.mark.parametrize("scan", PARAMETERS)
def test_what_is_printed_is_read(scan: FormScan) -> None:
    """This test ensures that a scan gives every field as printed, but for those stated as not read or doubted."""
    extraction = reading(scan.name)
    assert extraction.form == scan.form
    assert form_readings.unsure(scan, extraction) == scan.unsure


@pytest.mark.parametrize("scan", PARAMETERS)
def test_nothing_wrong_is_held_as_certain(scan: FormScan) -> None:
    """This test ensures that a field that differs from what is printed is never green."""
    wrong = [field.path for field in form_readings.certain_and_wrong(scan, reading(scan.name))]
    known = KNOWN_WRONG.get(scan.name, "")
    assert [path for path in wrong if not re.fullmatch(known, path)] == []
    assert bool(wrong) == bool(known), "what is mended leaves the list"
