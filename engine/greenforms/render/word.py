"""Fills a Word template. docxtpl does the filling and stands behind this one module.

Its defaults lose text (`收入<5万元`, `A&B`, a missing name), so it always runs sandboxed, escaped and strict.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from greenforms.codec.printable import show_controls
from greenforms.errors import InputError
from greenforms.form.form import Form
from greenforms.form.layout import template_program
from greenforms.render.annotate import annotated_template
from greenforms.render.contents import list_headings
from greenforms.render.context import GroupView, Printed, WordText, word_text
from greenforms.render.fit import Sheet, fit_values
from greenforms_extractors.match.layout import Flow

#: Widest and tallest a picture may stand on the page, in EMU (914,400 to the inch): 14 cm × 9 cm.
_WIDEST, _TALLEST = 5_040_000, 3_240_000
#: So many rows of lists stand on one page together with what is around them; more may need their headings again.
_ROWS_OF_A_PAGE = 12


def fill_word(form: Form, context: GroupView, base: Path | None) -> bytes:
    """The form's docx for a context. Picture files are looked for below `base`."""
    from docxtpl import DocxTemplate

    from greenforms.render.compiled import CompilingOnce

    template = DocxTemplate(io.BytesIO(annotated_template(form, long=_rows_in(context) > _ROWS_OF_A_PAGE)))
    template.init_docx()
    values = _drawn(context, template, base)
    template.render({name: values[name] for name in values}, jinja_env=CompilingOnce(), autoescape=True)
    unbroken = {slot.leaf.pattern for slot in template_program(form, "docx").slots if slot.leaf.codec.unbroken}
    list_headings(template.docx.element.body, template.docx.styles.element)
    fit_values(template.docx.element.body, Sheet.of(template.docx.styles.element), unbroken)
    target = io.BytesIO()
    template.save(target)
    return target.getvalue()


def _rows_in(view: Any) -> int:
    """How many items all lists of a context have."""
    if isinstance(view, GroupView):
        return sum(_rows_in(view[name]) for name in view)
    return sum(1 + _rows_in(child) for child in view) if isinstance(view, list) else 0


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
    path = (base or Path()) / picture["file"]
    return {
        "drawing": _Markup(_drawing(path, picture, template)),
        "caption": WordText(show_controls(picture["caption"])),
    }


def _drawing(path: Path, picture: Mapping[str, Any], template: Any) -> str:
    try:
        if not path.is_file():  # a pipe would keep us waiting
            raise FileNotFoundError(path)
        inline = template.docx.part.new_pic_inline(str(path))
        _fit(inline)
    except Exception as error:  # a damaged picture makes python-docx fail in a dozen ways
        raise InputError(
            f"图片“{picture['file']}”读不出来：文件不存在、已损坏，或不是 PNG、JPG 图片。"
            "请把图片放在数据文件旁边，并核对文件名。"
        ) from error
    inline.docPr.set("name", show_controls(picture["file"]))
    inline.docPr.set("descr", show_controls(picture["caption"]))
    return f"</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space='preserve'>"


def _fit(inline: Any) -> None:
    """Scale a picture down to the page; never up."""
    width, height = inline.extent.cx, inline.extent.cy
    factor = min(Decimal(1), Decimal(_WIDEST) / width, Decimal(_TALLEST) / height)
    for extent in (inline.extent, inline.graphic.graphicData.pic.spPr.xfrm.ext):
        extent.cx, extent.cy = int(width * factor), int(height * factor)
