"""Makes a form of its layout's schema, what its edition says of it, and its templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenforms.errors import FormPackageError
from greenforms.form.bundle import Bundler
from greenforms.form.edition import Edition, FormEntry
from greenforms.form.form import Form
from greenforms.form.grow import Grower
from greenforms.form.override import overridden
from greenforms.form.registry import layout_address
from greenforms.form.source import shown
from greenforms.form.tree import Group, leaves, rows_of

if TYPE_CHECKING:
    from greenforms.form.library import Library


def form_of(library: Library, edition: Edition, entry: FormEntry) -> Form:
    """The form of an entry, which need not be one of the edition's own.

    Raises FormPackageError with everything that is wrong with its files.
    """
    where = shown(library.edition_files[edition.id])
    address = layout_address(entry.layout)
    if address not in library.registry:
        raise FormPackageError((f"{where}：表单“{entry.name}”的版式“{entry.layout}”不存在",))
    file = library.registry[address]
    bundler = Bundler(library.registry, library.catalogues, entry.parts)
    schema = bundler.bundle(file)
    errors = [*bundler.errors]
    errors += [f"{where}：表单“{entry.name}”：parts 里的“{id_}”不是本版式的指标目录" for id_ in sorted(bundler.unused)]
    if entry.fields and not errors:
        schema, strange = overridden(schema, entry.fields)
        errors += [f"{where}：表单“{entry.name}”：{each}" for each in strange]
    grower = Grower(schema, shown(file.path))
    root = grower.grow() if not errors else Group("", "", True, {})
    templates = {kind: path for kind in ("docx", "xlsx") if (path := library.template(entry.layout, kind))}
    missing = [kind for kind in entry.outputs if kind != "pdf" and kind not in templates]
    errors += [*grower.errors, *(f"{where}：{entry.name}：缺少模板 {entry.layout}.{kind}" for kind in missing)]
    errors += [f"{shown(file.path)}：{error}" for error in _unknown_facts(library, root)]
    if errors:
        raise FormPackageError(tuple(dict.fromkeys(errors)))
    return Form(f"{edition.id}/{entry.name}", edition, entry, schema, root, templates, library)


def _unknown_facts(library: Library, root: Group) -> list[str]:
    known = library.vocabulary.facts
    bound = [(leaf.pattern, leaf.fact.fact) for leaf in leaves(root) if leaf.fact]
    stated = [(rows.pattern, fact) for rows in rows_of(root) for fact in rows.states]
    return [f"字段“{pattern}”：词汇表里没有“{fact}”" for pattern, fact in (*bound, *stated) if fact not in known]
