"""The one door to rendering: a form and data in, the bytes of a sealed paper out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from greenforms.errors import InputError, UsageError
from greenforms.form.form import Form
from greenforms.form.tree import misfits
from greenforms.record import Record
from greenforms.render.context import ContextBuilder, GroupView

Kind = Literal["docx", "xlsx", "pdf"]


def render(form: Form, data: Any, kind: str, base: Path | None = None) -> bytes:
    """Print a data set on the official layout, with the record embedded. Picture files are looked for below `base`.

    Raises UsageError when the form has no such output, InputError for data of another shape than the form's (nothing
    may stand in the record that is not on the paper), OfficeError when a PDF is wanted without LibreOffice.
    """
    from greenforms.render.sealing import seal_package, seal_pdf

    if (place := next(misfits(form.root, data), None)) is not None:
        where = f"“{place}”处" if place else ""
        raise InputError(f"数据{where}有《{form.title}》上没有的项或类型不对的内容，印不到表上。请先校验并改正。")
    record = Record(form.id, form.edition.id, data)
    printed = _print(form, ContextBuilder().build(form.root, data), kind, base)
    return seal_pdf(printed, record) if kind == "pdf" else seal_package(printed, record)


def render_blank(form: Form, kind: str) -> bytes:
    """The empty official form, hints and empty rows as the authority prints them."""
    return _print(form, ContextBuilder(blank=True).build(form.root, None), kind, None)


def _print(form: Form, context: GroupView, kind: str, base: Path | None) -> bytes:
    if kind not in form.entry.outputs:
        raise UsageError(
            f"《{form.title}》不输出 {kind} 格式，可选：{'、'.join(form.entry.outputs)}。请更换输出文件的扩展名。"
        )
    if kind == "xlsx":
        from greenforms.render.sheet import fill_sheet

        return fill_sheet(form, context)
    from greenforms.render.word import fill_word

    document = fill_word(form, context, base)
    if kind == "docx":
        return document
    from greenforms.render.office import to_pdf

    return to_pdf(document, ".docx")
