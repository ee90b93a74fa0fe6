"""`forms check`: every error of every form package in one pass, each with file and place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from greenforms.check.lint import lint_rules, lint_shared
from greenforms.errors import FormPackageError
from greenforms.form.layout import template_errors, template_program
from greenforms.form.library import Library
from greenforms.form.package import Form, editions, library, load_edition, load_form, load_vocabulary
from greenforms.form.page import page_errors
from greenforms.form.tree import leaves
from greenforms_extractors.errors import UnreadableFile


def lint_packages() -> list[str]:
    """All errors of all packages; empty when they are sound. What hangs on a broken file waits until it is mended."""
    errors = list(_complaints(load_vocabulary))
    for edition_id in editions():
        errors += _complaints(partial(_lint_edition, edition_id))
    errors += _complaints(partial(lint_shared, library()))
    errors += _complaints(partial(_lint_ids, library()))
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
    return [*errors, *lint_rules(edition, library())]


def _lint_ids(packages: Library) -> list[str]:
    """Rules of different files with one id."""
    found: dict[str, str] = {}
    errors = []
    for rules in (packages.shared_rules, *(packages.edition(each).rules for each in packages.edition_ids)):
        for rule in rules:
            if found.setdefault(rule.id, rule.source) != rule.source:
                errors.append(f"{rule.source}：规则编号“{rule.id}”在 {found[rule.id]} 里已经有了")
    return errors


def _lint_form(form_id: str) -> list[str]:
    """All errors of a form's schema or, when that is sound, of its templates."""
    form = load_form(form_id)
    return [error for kind in form.templates for error in _template_errors(form, kind)]


def _template_errors(form: Form, kind: str) -> Iterator[str]:
    path = form.templates[kind]
    where = f"{form.edition.id}/{path.name}"
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
