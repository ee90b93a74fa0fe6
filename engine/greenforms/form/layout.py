"""The program and layout of a form's templates, parsed once."""

from __future__ import annotations

from functools import cache

from greenforms.form.package import Form
from greenforms.form.template.layout import TemplateLayout, layout_of
from greenforms.form.template.parse import parse
from greenforms.form.template.program import Program
from greenforms.form.template.readable import key_errors, readable_errors
from greenforms_extractors.match.layout import Layout
from greenforms_extractors.reading import read


@cache
def template_program(form: Form, kind: str) -> Program:
    """The program of a form's template of one kind (`docx` or `xlsx`)."""
    return parse(read(form.templates[kind]), form.root)


@cache
def template_layout(form: Form, kind: str) -> TemplateLayout:
    """The layout of a form's template of one kind."""
    return layout_of(template_program(form, kind))


def template_errors(form: Form, kind: str) -> tuple[str, ...]:
    """What is wrong with a template, each error with its place."""
    where = f"{form.edition.id}/{form.templates[kind].name}"
    program = template_program(form, kind)
    unreadable = (*key_errors(form.root), *readable_errors(program, kind))
    errors = dict.fromkeys((*program.errors, *template_layout(form, kind).errors, *unreadable))
    return tuple(f"{where}：{error}" for error in errors)


def layout_for(form: Form, document_kind: str) -> Layout:
    """The layout to lay over a returned document: sheets by the sheet template, all else by the Word template."""
    kind = document_kind if document_kind in form.templates else next(iter(form.templates))
    return template_layout(form, kind).layout
