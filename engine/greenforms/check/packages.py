"""`forms check`: every error of every form package in one pass, each with file and place."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms.check.rules import lint_rules
from greenforms.errors import FormPackageError
from greenforms.form.layout import template_layout
from greenforms.form.package import Form, editions, form_ids, load_edition, load_form, load_vocabulary
from greenforms.form.page import page_errors
from greenforms.form.tree import leaves, rows_of


def lint_packages() -> list[str]:
    """All errors of all packages; empty when they are sound."""
    errors: list[str] = []
    for edition_id in editions():
        try:
            errors += lint_rules(load_edition(edition_id))
        except FormPackageError as error:
            errors += error.errors
    if errors:
        return errors
    for form_id in form_ids():
        try:
            errors += lint_form(load_form(form_id))
        except FormPackageError as error:
            errors += error.errors
    return errors


def lint_form(form: Form) -> list[str]:
    """All errors of one form that loaded."""
    return [*_fact_errors(form), *_subject_errors(form), *_template_errors(form)]


def _fact_errors(form: Form) -> Iterator[str]:
    known = load_vocabulary().facts
    for leaf in leaves(form.root):
        if leaf.fact is not None and leaf.fact.fact not in known:
            yield f"{form.id}：字段“{leaf.pattern}”的 x-fact“{leaf.fact.fact}”不在 facts.yaml 中"


def _subject_errors(form: Form) -> Iterator[str]:
    for rows in rows_of(form.root):
        if rows.subject is not None and rows.subject not in rows.item.children:
            yield f"{form.id}：字段“{rows.pattern}”的 x-subject“{rows.subject}”不是行内的字段"


def _template_errors(form: Form) -> Iterator[str]:
    for kind, path in form.templates.items():
        layout = template_layout(form, kind)
        yield from layout.errors
        where = f"{form.edition.id}/{path.name}"
        for leaf in leaves(form.root):
            if leaf.required and leaf.printed and leaf.pattern not in layout.printed:
                yield f"{where}：必填字段“{leaf.title}”（{leaf.pattern}）没有印在模板上"
        yield from (f"{where}：{error}" for error in page_errors(path))
