"""The fixed sample of scans in tests/scans/sample, each with the form and data printed on it; see the README there.

Run as a program it makes the scans anew from those data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import simplejson

from greenforms.form.form import Form
from greenforms_scans import scan_files
from greenforms_scans.degrade import degraded
from greenforms_scans.printing import blank_printed, printed, rasters
from shipped import load_form

SAMPLE = Path(__file__).with_name("sample")


@dataclass(frozen=True, slots=True)
class Scan:
    """One file of the sample: its name, the form and the data that were printed on it."""

    file: str
    form: str
    data: Any
    content: bytes = field(repr=False)


def sample() -> list[Scan]:
    """The scans of the committed sample with their truth, in order of name."""
    found = []
    for truth in sorted(SAMPLE.glob("*.json")):
        known = simplejson.loads(truth.read_text(encoding="utf-8"), use_decimal=True)
        file = truth.with_suffix("")
        found.append(Scan(file.name, known["form"], known["data"], file.read_bytes()))
    return found


def write_sample(folder: Path = SAMPLE) -> None:
    """Make every scan anew from the form and data beside it."""
    for scan in sample():
        (folder / scan.file).write_bytes(_MAKERS[scan.file](load_form(scan.form), scan.data))


def _clean(form: Form, data: Any) -> bytes:
    return scan_files.png(rasters(printed(form, data), 150)[0], 150, "palette")


def _photo(form: Form, data: Any) -> bytes:
    photo = degraded(rasters(printed(form, data), 170)[0], "photo", 3, 170)
    return scan_files.jpeg_file(photo, 72, 62)


def _sealed(form: Form, data: Any) -> bytes:
    sealed = degraded(rasters(printed(form, data), 200)[0], "red-seal", 4, 200)
    return scan_files.jpeg_file(sealed, 200, 55)


def _sideways(form: Form, data: Any) -> bytes:
    grey = degraded(rasters(printed(form, data), 150)[0], "rotate", 5, 150)
    return scan_files.jpeg_file(grey, 150, 50, sideways=True)


def _upside_down(form: Form, data: Any) -> bytes:
    turned = degraded(rasters(printed(form, data, "xlsx"), 200)[0], "quarter180", 6, 200)
    return scan_files.png(turned, 200, "bilevel")


def _blank(form: Form, data: Any) -> bytes:
    blank = degraded(rasters(blank_printed(form), 150)[0], "rotate", 7, 150)
    return scan_files.png(blank, 150, "bilevel")


def _copier_file(form: Form, data: Any) -> bytes:
    pages = rasters(printed(form, data), 200)
    return scan_files.tiff([degraded(page, "rotate", number, 200) for number, page in enumerate(pages)], 200)


def _office(form: Form, data: Any) -> bytes:
    pages = rasters(printed(form, data), 150)
    copies = [degraded(page, "office", number, 150) for number, page in enumerate(pages)]
    return scan_files.image_pdf(copies, 150, "colour", 45)


def _mixed(form: Form, data: Any) -> bytes:
    paper = printed(form, data)
    pages = rasters(paper, 150)
    scanned = scan_files.image_pdf(pages, 150, "bilevel")
    return scan_files.joined_pdf((paper, 0), *((scanned, number) for number in range(1, len(pages))))


def _nonsense(form: Form, data: Any) -> bytes:
    paper = printed(form, data)
    noisy = [degraded(page, "rotate", 8, 150) for page in rasters(paper, 150)]
    return scan_files.with_nonsense_text(scan_files.image_pdf(noisy, 150, "bilevel"), paper, 9)


_MAKERS: dict[str, Callable[[Form, Any], bytes]] = {
    "plan.tif": _copier_file,
    "roster-blank.png": _blank,
    "roster-clean.png": _clean,
    "roster-nonsense-text.pdf": _nonsense,
    "roster-photo.jpg": _photo,
    "roster-upside-down.png": _upside_down,
    "summary-mixed.pdf": _mixed,
    "summary-office.pdf": _office,
    "summary-red-seal.jpg": _sealed,
    "summary-sideways.jpg": _sideways,
}

if __name__ == "__main__":
    write_sample()
