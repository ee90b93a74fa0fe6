"""One scan from beginning to end: data, paper, picture, fault."""

from __future__ import annotations

from typing import Any

from greenforms.form.form import Form
from greenforms_scans.degrade import degraded
from greenforms_scans.printing import Kind, printed, rasters
from greenforms_scans.sheets import Image


def scanned(form: Form, data: Any, fault: str, seed: int, dpi: int, kind: Kind = "docx") -> list[Image]:
    """All pages of a filled form as a scanner or telephone with that fault delivers them."""
    pages = rasters(printed(form, data, kind), dpi)
    return [degraded(page, fault, 1000 * seed + number, dpi) for number, page in enumerate(pages)]
