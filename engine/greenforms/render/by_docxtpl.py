"""Fills a Word template by docxtpl, which stands behind this one module: judge and stand-in of the compiler.

Its defaults lose text (`收入<5万元`, `A&B`, a missing name), so it always runs sandboxed, escaped and strict.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from greenforms.form.form import Form
from greenforms.render.annotate import annotated_template, unbroken_fields
from greenforms.render.contents import list_headings
from greenforms.render.context import ContextBuilder, GroupView, Printed, WordText, word_text
from greenforms.render.fit import Sheet, fit_values
from greenforms.render.pictures import caption_of, drawing
from greenforms_extractors.match.flow import Flow


def filled_by_docxtpl(form: Form, data: Any, base: Path | None, *, blank: bool, long: bool) -> bytes:
    """The form's docx for data; `long` for lists that may run over a page. Pictures are looked for below `base`."""
    from docxtpl import DocxTemplate

    from greenforms.render.compiling_once import CompilingOnce

    template = DocxTemplate(io.BytesIO(annotated_template(form, long=long)))
    template.init_docx()
    values = _drawn(ContextBuilder(blank).build(form.root, data), template, base)
    template.render({name: values[name] for name in values}, jinja_env=CompilingOnce(), autoescape=True)
    list_headings(template.docx.element.body, template.docx.styles.element)
    fit_values(template.docx.element.body, Sheet.of(template.docx.styles.element), unbroken_fields(form))
    target = io.BytesIO()
    template.save(target)
    return target.getvalue()


class _Markup(str):
    """Word XML that is already escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


class _WithDrawings:
    """A pictures field whose pictures have become drawings of the document being filled."""

    def __init__(self, printed: Printed, pictures: tuple[Mapping[str, Any], ...]) -> None:
        self.tag = printed.tag
        self.pictures = pictures


def _drawn(view: Any, template: Any, base: Path | None) -> Any:
    """The context with pictures turned into drawings."""
    if isinstance(view, Printed) and view.leaf.codec.flow is Flow.PICTURES:
        return _WithDrawings(view, tuple(_picture(picture, template, base) for picture in view.pictures) or _hint(view))
    if isinstance(view, GroupView):
        for name in view:
            view[name] = _drawn(view[name], template, base)
    elif isinstance(view, list):
        return [_drawn(child, template, base) for child in view]
    return view


def _hint(view: Printed) -> tuple[Mapping[str, Any], ...]:
    """What stands in the pictures' place when there are none: the blank's hint."""
    return ({"drawing": _Markup(word_text(view.text)), "caption": ""},)


def _picture(picture: Mapping[str, Any], template: Any, base: Path | None) -> Mapping[str, Any]:
    part = template.docx.part
    return {
        "drawing": _Markup(drawing(picture, base, part.new_pic_inline, number=1)),  # docxtpl numbers them anew
        "caption": WordText(caption_of(picture)),
    }
