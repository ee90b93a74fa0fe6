"""Fills an Excel template: compiled once for all its papers, or by openpyxl where the compiler does not take it."""

from __future__ import annotations

from typing import Any

from greenforms.form.form import Form
from greenforms.record import Record
from greenforms.render.compiled_sheet import CompiledSheet, compiled_sheet


def fill_sheet(form: Form, data: Any, record: Record | None) -> bytes:
    """The form's xlsx for data, with the record embedded; without one, the blank.

    Raises FormPackageError when the template has errors.
    """
    compiled = compiled_sheet(form)
    if isinstance(compiled, CompiledSheet):
        return compiled.fill(data, record)
    from greenforms.render.by_openpyxl import filled_by_openpyxl
    from greenforms.render.sealing import seal_package

    filled = filled_by_openpyxl(form, data, blank=record is None)
    return filled if record is None else seal_package(filled, record)


def sheet_not_compiled(form: Form) -> str:
    """Why a form's Excel template is left to openpyxl, as a Chinese clause; "" where it is compiled."""
    compiled = compiled_sheet(form)
    return compiled if isinstance(compiled, str) else ""
