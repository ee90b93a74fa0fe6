"""Prints data sets on the official forms and turns the pages into pictures."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pypdfium2 as pdfium

from greenforms.bundled import examples_dir
from greenforms.form.form import Form
from greenforms.render.office import to_pdf
from greenforms.render.paper import render, render_blank
from greenforms_scans.sheets import Image

Kind = Literal["docx", "xlsx"]


def printed(form: Form, data: Any, kind: Kind = "docx") -> bytes:
    """The PDF that LibreOffice prints of the filled form, kept between runs by the content of the paper."""
    return _printed(render(form, data, kind, examples_dir()), kind)


def blank_printed(form: Form, kind: Kind = "docx") -> bytes:
    """The PDF of the empty official form."""
    return _printed(render_blank(form, kind), kind)


def rasters(pdf: bytes, dpi: int) -> list[Image]:
    """Every page as blue-green-red bytes, height × width × 3, as a scanner of that resolution would see it."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[..., :3]) for page in document]
    finally:
        document.close()


def _printed(paper: bytes, kind: Kind) -> bytes:
    kept = Path(tempfile.gettempdir()) / "greenforms-scans" / f"{hashlib.sha256(paper).hexdigest()}.pdf"
    if kept.is_file():
        return kept.read_bytes()
    pdf = to_pdf(paper, ".xlsx" if kind == "xlsx" else ".docx")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as draft:
        draft.write(pdf)
    Path(draft.name).replace(kept)  # in one step: two runs at once never see half a file
    return pdf
