"""The first pages of every form, blank and filled with its example, in docs/pictures/forms."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from page_pictures import FOLDER, page_image, save, shrunk
from pypdf import PdfReader

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.form.form import Form
from greenforms.form.library import open_library
from greenforms.render.paper import render, render_blank

FORMS = FOLDER / "forms"
#: Dots across the width of A4 held upright, shades of grey, and pages of the example that are shown.
_WIDTH, _SHADES, _PAGES = 420, 12, 2
#: Thin strokes grow pale when a page is made small; this darkens what is between black and white.
_DARKER = 1.7


def blank_name(form: Form) -> str:
    """The name of the picture of the blank's first page, without its ending."""
    return f"{form.edition.id}.{form.entry.name}.blank"


def filled_name(form: Form, page: int) -> str:
    """The name of the picture of one page of the example, from 1, without its ending."""
    return f"{form.edition.id}.{form.entry.name}.{page}"


def pictures(form: Form) -> list[Path]:
    """The pictures of a form that are there: its blank's first page, and the first pages of its example."""
    names = [blank_name(form), *(filled_name(form, page) for page in range(1, _PAGES + 1))]
    return [file for file in (FORMS / f"{name}.png" for name in names) if file.is_file()]


def write(form_ids: Sequence[str] = ()) -> None:
    """The pictures of these forms, of all where none is named."""
    library = open_library()
    FORMS.mkdir(parents=True, exist_ok=True)
    for form in map(library.form, form_ids or library.form_ids):
        for old in pictures(form):
            old.unlink()
        _write(form)


def _write(form: Form) -> None:
    example = datafile.load(str(examples_dir() / str(form.entry.example)))
    filled = render(form, example.data, "pdf", example.base)
    _save(render_blank(form, "pdf"), 1, blank_name(form))
    for page in range(1, min(_PAGES, len(PdfReader(io.BytesIO(filled)).pages)) + 1):
        _save(filled, page, filled_name(form, page))


def _save(pdf: bytes, page: int, name: str) -> None:
    whole = page_image(pdf, page).convert("L")
    small = shrunk(whole, round(_WIDTH * whole.width / min(whole.size)))
    save(small.point([round(255 * (grey / 255) ** _DARKER) for grey in range(256)]), f"forms/{name}", _SHADES)
