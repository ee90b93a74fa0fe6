"""Word templates compiled: the body as a program of ready-made XML, every other part of the package deflated once."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from greenforms.form.form import Form
from greenforms.record import Record
from greenforms.render.annotate import annotated_template, unbroken_fields
from greenforms.render.contents import has_contents, with_headings
from greenforms.render.fit import Sheet
from greenforms.render.fitting import Fitter
from greenforms.render.obstacle import obstacle
from greenforms.render.package import Deflating, Parts, deflated
from greenforms.render.pictures import Pictures
from greenforms.render.sealing import parts_of, seal_parts, with_place
from greenforms.render.segments import WordWriting
from greenforms.render.word_compiler import NotCompiled, WordCompiler
from greenforms.render.writing import Body, write

_MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
_BODY = re.compile(r"<w:body\b.*</w:body>", re.DOTALL)
_DECLARED = re.compile(r' xmlns:\w+="[^"]*"')


@dataclass(frozen=True, slots=True)
class CompiledWord:
    """A template compiled: what stands before, in and behind its body; the other parts without and with a record.

    A table of contents (`listed`) is known when all else is written.
    """

    form: str
    head: str
    body: Body
    tail: str
    listed: bool
    plain: Parts
    sealed: Parts

    def fill(self, data: Any, base: Path | None, record: Record | None, *, blank: bool) -> bytes:
        """The docx for data, with the record embedded if there is one."""
        pictures = Pictures(self.plain, _MAIN, base)
        document = Deflating()
        texts: list[str] = []
        put = texts.append if self.listed else lambda xml: document.write(xml.encode())
        writing = WordWriting(data, blank, put, pictures.draw)
        write((self.head, *self.body, self.tail), writing)
        writing.flush()
        if self.listed:
            document.write(with_headings("".join(texts).encode(), self.plain[_STYLES]))
        written = {_MAIN: document.finish()}
        parts, place = self._parts(pictures, record)
        if record is not None:
            written[place] = deflated(record.xml_pieces())
        return self.plain.packed(parts, written) if record is None else self.sealed.packed(parts, written)

    def _parts(self, pictures: Pictures, record: Record | None) -> tuple[Mapping[str, bytes], str]:
        """The parts of one paper, and where its record goes."""
        if pictures.parts is None:
            return (self.plain, "") if record is None else (self.sealed, self.sealed.record)
        return pictures.parts, "" if record is None else seal_parts(pictures.parts, self.form)


@cache
def compiled_word(form: Form, *, long: bool) -> CompiledWord | str:
    """A form's Word template compiled, or why it is not: a Chinese clause.

    Raises FormPackageError when the template has errors.
    """
    from docxtpl import DocxTemplate

    annotated = annotated_template(form, long=long)
    if reason := obstacle(parts_of(annotated)):
        return reason
    template = DocxTemplate(io.BytesIO(annotated))
    template.render_init()
    body = template.docx.element.body
    fitter = Fitter(body, Sheet.of(template.docx.styles.element), unbroken_fields(form))
    try:
        steps, _ = WordCompiler.of(form.root, _patched(template), fitter).body()
    except NotCompiled as error:
        return str(error)
    parts = parts_of(_with_other_parts(template))
    document = parts[_MAIN].decode()
    start, end = _BODY.search(document).span()  # type: ignore[union-attr]
    around = document[:start], steps, document[end:]
    return CompiledWord(form.id, *around, has_contents(body), *with_place(parts, form.id))


def _patched(template: Any) -> str:
    """The body as docxtpl has patched it, with what it makes of line breaks in static text."""
    xml = re.sub(r"\n<w:p([ >])", r"<w:p\1", template.patch_xml(template.get_xml()))
    opening, bracket, rest = str(template.resolve_listing(xml)).partition(">")
    return _DECLARED.sub("", opening) + bracket + rest


def _with_other_parts(template: Any) -> bytes:
    """The template saved with the parts besides the body as docxtpl makes them for every paper."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for relation, xml in template.build_headers_footers_xml({}, kind, environment):
            template.map_headers_footers_xml(relation, xml)
    template.render_properties({}, environment)
    template.render_footnotes({}, environment)
    target = io.BytesIO()
    template.is_rendered = True
    template.save(target)
    return target.getvalue()
