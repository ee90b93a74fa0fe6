"""The one door to rendering: a form and data in, the bytes of a sealed paper out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from greenforms.errors import InputError, UsageError
from greenforms.form.form import Form
from greenforms.form.tree import misfits
from greenforms.record import Record

Kind = Literal["docx", "xlsx", "pdf"]


def render(form: Form, data: Any, kind: str, base: Path | None = None) -> bytes:
    """Print a data set on the official layout, with the record embedded. Pictures are looked for below `base` alone.

    Raises UsageError when the form has no such output, InputError for data of another shape than the form's (nothing
    may stand in the record that is not on the paper), OfficeError when a PDF is wanted without LibreOffice.
    """
    if (place := next(misfits(form.root, data), None)) is not None:
        where = f"“{place}”处" if place else ""
        raise InputError(f"数据{where}有《{form.title}》上没有的项或类型不对的内容，印不到表上。请先校验并改正。")
    return _print(form, data, kind, base, Record(form.id, form.edition.id, data))


def render_blank(form: Form, kind: str) -> bytes:
    """The empty official form, hints and empty rows as the authority prints them."""
    return _print(form, None, kind, None, None)


def _print(form: Form, data: Any, kind: str, base: Path | None, record: Record | None) -> bytes:
    """A paper with its record, or the blank, which has none."""
    if kind not in form.entry.outputs:
        raise UsageError(
            f"《{form.title}》不输出 {kind} 格式，可选：{'、'.join(form.entry.outputs)}。请更换输出文件的扩展名。"
        )
    if kind == "xlsx":
        from greenforms.render.sheet import fill_sheet

        return fill_sheet(form, data, record)
    if kind == "docx":
        return _word(form, data, base, record, blank=record is None)
    from greenforms.render.office import to_pdf
    from greenforms.render.sealing import seal_pdf

    printed = to_pdf(_word(form, data, base, None, blank=record is None), ".docx")
    return printed if record is None else seal_pdf(printed, record)


def _word(form: Form, data: Any, base: Path | None, record: Record | None, *, blank: bool) -> bytes:
    """The filled template, with the charts of its layout."""
    from greenforms.render.word import fill_word

    filled = fill_word(form, data, base, record, blank=blank)
    if blank or form.layout not in form.library.charts:
        return filled
    from greenforms.render.charts import with_charts

    return with_charts(form, data, filled)
