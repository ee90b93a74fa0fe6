"""`forms check`: every error of every form package in one pass, each with file and place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from greenforms.check.rules import lint_rules
from greenforms.errors import FormPackageError
from greenforms.form.layout import template_errors, template_program
from greenforms.form.package import Form, editions, load_edition, load_form, load_vocabulary
from greenforms.form.page import page_errors
from greenforms.form.tree import leaves
from greenforms_extractors.errors import UnreadableFile


def lint_packages() -> list[str]:
    """All errors of all packages; empty when they are sound. What hangs on a broken file waits until it is mended."""
    errors = list(_complaints(load_vocabulary))
    for edition_id in editions():
        errors += _complaints(partial(_lint_edition, edition_id))
    return list(dict.fromkeys(errors))


def _complaints(act: Callable[[], object]) -> Iterator[str]:
    """The errors an act returns or raises."""
    try:
        found = act()
    except FormPackageError as error:
        found = error.errors
    if isinstance(found, list | tuple):
        yield from found


def _lint_edition(edition_id: str) -> list[str]:
    edition = load_edition(edition_id)
    errors: list[str] = []
    for entry in edition.forms:
        errors += _complaints(partial(_lint_form, f"{edition.id}/{entry.name}"))
    return [*errors, *lint_rules(edition)]


def _lint_form(form_id: str) -> list[str]:
    """All errors of a form's schema or, when that is sound, of its templates."""
    form = load_form(form_id)
    return [error for kind in form.templates for error in _template_errors(form, kind)]


def _template_errors(form: Form, kind: str) -> Iterator[str]:
    path = form.templates[kind]
    where = f"templates/{path.name}"
    try:
        errors = template_errors(form, kind)
    except UnreadableFile as error:
        yield f"{where}：{error}"
        return
    yield from errors
    for leaf in leaves(form.root):
        if leaf.required and leaf.printed and leaf.pattern not in template_program(form, kind).printed:
            yield f"{where}：必填字段“{leaf.title}”（{leaf.pattern}）没有印在模板上"
    yield from (f"{where}：{error}" for error in page_errors(path))
