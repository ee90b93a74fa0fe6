"""The unrolled templates of a form, their programs and layouts, each made once."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from greenforms.form.form import Form
from greenforms.form.source import shown
from greenforms.form.template.expand_word import Expanded, Sources, expand_word
from greenforms.form.template.layout import TemplateLayout, layout_of
from greenforms.form.template.name_sheet import has_catalogue, name_sheet
from greenforms.form.template.parse import parse
from greenforms.form.template.program import Box, Line, Program, RowNode, walk
from greenforms.form.template.readable import key_errors, readable_errors
from greenforms.form.tree import leaves
from greenforms_extractors.folding import fold_label
from greenforms_extractors.guard import inspect
from greenforms_extractors.match.layout import Label, Layout
from greenforms_extractors.reading import read


@cache
def expanded_template(form: Form, kind: str) -> Expanded:
    """The form's template of one kind with catalogues, included layouts and the edition's texts in it.

    Raises UnreadableFile when the template is none.
    """
    inspect(form.templates[kind])  # refuses what is no such file
    if kind == "docx":
        return expand_word(form.templates[kind], form.root, _sources(form))
    if not has_catalogue(form.root):
        return name_sheet(form.templates[kind], form.root, _sources(form))
    from greenforms.form.template.expand_sheet import expand_sheet  # the library of sheets takes long to load

    return expand_sheet(form.templates[kind], form.root, _sources(form))


@cache
def template_program(form: Form, kind: str) -> Program:
    """The program of a form's template of one kind (`docx` or `xlsx`)."""
    with tempfile.TemporaryDirectory(prefix="greenforms-") as folder:
        path = Path(folder) / form.templates[kind].name
        path.write_bytes(expanded_template(form, kind).content)
        return parse(read(path), form.root)


@cache
def template_layout(form: Form, kind: str) -> TemplateLayout:
    """The layout of a form's template of one kind."""
    return layout_of(template_program(form, kind))


def template_errors(form: Form, kind: str) -> tuple[str, ...]:
    """What is wrong with a template, each error with its place."""
    where = shown(form.templates[kind])
    program = template_program(form, kind)
    unreadable = (*key_errors(form.root), *readable_errors(program))
    errors = dict.fromkeys(
        (*expanded_template(form, kind).errors, *program.errors, *template_layout(form, kind).errors, *unreadable)
    )
    return tuple(f"{where}：{error}" for error in errors)


def layout_for(form: Form, document_kind: str) -> Layout:
    """The layout to lay over a returned document: sheets by the sheet template, all else by the Word template."""
    return template_layout(form, _kind_for(form, document_kind)).layout


@cache
def blank_texts(form: Form, document_kind: str) -> frozenset[str]:
    """The texts that the empty form alone prints, folded; not those that stand on the filled paper as well."""
    program = template_program(form, _kind_for(form, document_kind))
    every, filled = (_statics(program, blank=blank) for blank in (True, False))
    hints = {fold_label(text) for leaf in leaves(form.root) for text in (leaf.blank, *leaf.row_blanks)}
    return frozenset(every - filled - hints)


@cache
def printed_labels(form: Form, document_kind: str) -> frozenset[str]:
    """The labels and titles that the form prints outside the rows of lists, folded."""
    anchors = layout_for(form, document_kind).anchors
    return frozenset(fold_label(text) for anchor in anchors if isinstance(anchor, Label) for text in anchor.texts)


def _statics(program: Program, *, blank: bool) -> set[str]:
    """The texts of lines and cells that print no field, folded."""
    nodes = tuple(walk(program.body, blank=blank))
    lines: list[Line | Box] = [node for node in nodes if isinstance(node, Line)]
    boxes = [box for node in nodes if isinstance(node, RowNode) for box in node.boxes]
    return {fold_label(each.static) for each in (*lines, *boxes) if each.static and not each.slots}


def _kind_for(form: Form, document_kind: str) -> str:
    return document_kind if document_kind in form.templates else next(iter(form.templates))


def _sources(form: Form) -> Sources:
    def template_of(layout: str) -> tuple[Path, Mapping[str, str]] | None:
        path = form.library.template(layout, "docx")
        entry = next((entry for entry in form.edition.forms if entry.layout == layout), None)
        if path is None:
            return None
        if entry is None:
            return path, _texts(form.library.layout_title(layout), "", form.entry.texts)
        return path, _texts(entry.title, entry.annex, entry.texts)

    def merged_of(catalogue: str) -> tuple[str, ...]:
        return form.library.catalogues[catalogue.partition("#")[0]].merged

    return Sources(_texts(form.entry.title, form.entry.annex, form.entry.texts), template_of, merged_of)


def _texts(title: str, annex: str, texts: Mapping[str, str]) -> Mapping[str, str]:
    """What a template may print of the edition's form: `{{ form.title }}`, `{{ form.annex }}` and texts of its own."""
    return {"title": title, "annex": annex, **texts}
