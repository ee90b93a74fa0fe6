"""`forms check`: every error of every form package in one pass, each with file and place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from greenforms.check.charts import chart_errors
from greenforms.check.drafting import drafting_errors
from greenforms.check.lint import lint_rules, lint_shared
from greenforms.check.procedures import lint_procedures
from greenforms.errors import FormPackageError
from greenforms.form.derive import derived_errors
from greenforms.form.evidence import evidence_rules
from greenforms.form.form import Form
from greenforms.form.layout import template_errors, template_program
from greenforms.form.letter import letters_of
from greenforms.form.library import Library
from greenforms.form.page import page_errors
from greenforms.form.source import shown
from greenforms.form.template.program import Line, RowNode, walk
from greenforms.form.tree import leaves
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.folding import fold_label


def lint_packages(library: Library) -> list[str]:
    """All errors of all packages; empty when they are sound. What hangs on a broken file waits until it is mended."""
    errors = [
        *library.registry.errors,
        *_complaints(lambda: library.vocabulary),
        *_complaints(lambda: library.catalogues),
        *_complaints(lambda: library.formulas),
        *_complaints(partial(_lint_drafting, library)),
        *_complaints(lambda: library.charts),
        *_complaints(partial(_lint_formula_names, library)),
    ]
    for edition_id in library.edition_ids:
        errors += _complaints(partial(lint_edition, library, edition_id))
    errors += _complaints(partial(lint_shared, library))
    errors += _complaints(partial(_lint_ids, library))
    errors += _complaints(partial(lint_procedures, library))
    errors += _complaints(partial(_lint_letters, library))
    errors += _complaints(partial(evidence_rules, library))
    return list(dict.fromkeys(errors))


def _complaints(act: Callable[[], object]) -> Iterator[str]:
    """The errors an act returns or raises."""
    try:
        found = act()
    except FormPackageError as error:
        found = error.errors
    if isinstance(found, list | tuple):
        yield from found


def _lint_formula_names(library: Library) -> list[str]:
    """The formulas that catalogues name and nobody has."""
    return [
        f"indicators/{catalogue.id}.yaml：“{row.id}”：没有编号为“{id_}”的算式（formulas）"
        for catalogue in library.catalogues.values()
        for row in catalogue.rows
        for id_ in row.attributes.get("formulas", "").split()
        if id_ not in library.formulas
    ]


def _lint_drafting(library: Library) -> list[str]:
    """Drafting and charts of layouts that nobody has."""
    files = [
        *((layout, each.source) for layout, each in library.drafting.items()),
        *((layout, f"charts/{layout}.yaml") for layout in library.charts),
    ]
    return [f"{source}：没有版式“{layout}”" for layout, source in files if layout not in library.layouts]


def lint_edition(library: Library, edition_id: str) -> list[str]:
    """All errors of one edition's forms and rules. Raises FormPackageError when the edition itself is broken."""
    edition = library.edition(edition_id)
    errors: list[str] = []
    for entry in edition.forms:
        errors += _complaints(partial(_lint_form, library, f"{edition.id}/{entry.name}"))
    errors += _complaints(lambda: lint_rules(library, edition, library.rules_of(edition_id)))
    return errors


def _lint_ids(library: Library) -> list[str]:
    """Rules of different files with one id, and ids that rules name and none has."""
    rules = library.all_rules
    found: dict[str, str] = {}
    errors = []
    for rule in rules:
        if found.setdefault(rule.id, rule.source) != rule.source:
            errors.append(f"{rule.source}：规则编号“{rule.id}”在 {found[rule.id]} 里已经有了")
    for rule in rules:
        strange = [each for each in rule.yields_to if each not in found]
        errors += [f"{rule.source}：规则“{rule.id}”：没有编号为“{each}”的规则（yields_to）" for each in strange]
    return errors


def _lint_letters(library: Library) -> list[str]:
    """All errors of the letters that are no form of an edition; they are the same under each."""
    first = library.edition_ids[0]
    return [error for form in letters_of(library, first) for error in _form_errors(form)]


def _lint_form(library: Library, form_id: str) -> list[str]:
    """All errors of a form's schema or, when that is sound, of its templates."""
    return _form_errors(library.form(form_id))


def _form_errors(form: Form) -> list[str]:
    where = f"layouts/{form.layout}.schema.json"
    errors = [f"{where}：{error}" for error in derived_errors(form.root, form.root)]
    if (drafting := form.library.drafting.get(form.layout)) is not None:
        errors += drafting_errors(drafting, form.root)
    for chart in form.library.charts.get(form.layout, ()):
        errors += [f"charts/{form.layout}.yaml：“{chart.id}”：{each}" for each in chart_errors(chart, form.root)]
    return [*errors, *(error for kind in form.templates for error in _template_errors(form, kind))]


def _missing_words(form: Form, kind: str) -> Iterator[str]:
    """What an edition says of a layout and the template, which other editions may share, does not print."""
    nodes = list(walk(template_program(form, kind).body))
    lines = (node.static for node in nodes if isinstance(node, Line))
    boxes = (box.static for node in nodes if isinstance(node, RowNode) for box in node.boxes)
    texts = [fold_label(text) for text in (*lines, *boxes)]
    if not any(fold_label(title) in text for title in form.entry.titles for text in texts):
        listed = "”或“".join(form.entry.titles)
        yield f"没有印上 {form.edition.id} 的标题“{listed}”，模板里标题处请写 {{{{ form.title }}}}"
    for pattern, said in form.entry.fields.items():
        if (title := said.get("title")) and not any(fold_label(title) in text for text in texts):
            name = pattern[1:].replace("/*", "[0]").replace("/", ".")
            yield f"没有印上 {form.edition.id} 的栏名“{title}”，模板里栏名处请写 {{{{ {name}.title }}}}"


def _template_errors(form: Form, kind: str) -> Iterator[str]:
    path = form.templates[kind]
    where = shown(path)
    try:
        errors = template_errors(form, kind)
    except UnreadableFile as error:
        yield f"{where}：{error}"
        return
    yield from errors
    yield from (f"{where}：{error}" for error in _missing_words(form, kind))
    printed = template_program(form, kind).printed
    for leaf in leaves(form.root):
        if leaf.required and leaf.printed and leaf.pattern not in printed:
            yield f"{where}：必填字段“{leaf.title}”（{leaf.pattern}）没有印在模板上"
    yield from (f"{where}：{error}" for error in page_errors(path))
