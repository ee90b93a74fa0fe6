"""Loads form packages: an edition's data file, its forms' schemas and templates, and the shared vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from greenforms.bundled import schemas_dir, templates_dir
from greenforms.errors import FormPackageError, UsageError
from greenforms.fact.vocabulary import FactKind, Vocabulary
from greenforms.finding import Citation, Severity
from greenforms.form.edition import Edition, FormEntry, GoverningDocument, Rule
from greenforms.form.grow import Grower
from greenforms.form.naming import id_of
from greenforms.form.source import load_schema, load_yaml
from greenforms.form.tree import Group, leaves, rows_of


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One official form: what its edition says of it, its schema, the field tree and the blank templates by kind."""

    id: str
    edition: Edition
    entry: FormEntry
    schema: Mapping[str, Any]
    root: Group
    templates: Mapping[str, Path]

    @property
    def title(self) -> str:
        """The official title."""
        return self.entry.title

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the edition that apply to this form."""
        return tuple(rule for rule in self.edition.rules if self.entry.name in rule.forms)


def editions() -> tuple[str, ...]:
    """The ids of the editions at hand."""
    return tuple(sorted(path.parent.name for path in schemas_dir().glob("*/edition.yaml")))


def form_ids() -> tuple[str, ...]:
    """The ids of all forms, edition by edition in the order of their annexes."""
    return tuple(f"{edition}/{entry.name}" for edition in editions() for entry in load_edition(edition).forms)


@cache
def load_edition(edition_id: str) -> Edition:
    """One edition. Raises UsageError when there is none of that id, FormPackageError when its file is broken."""
    path = schemas_dir() / edition_id / "edition.yaml"
    if edition_id not in editions():
        raise UsageError(f"没有版本“{edition_id}”。现有版本：{'、'.join(editions())}。")
    return _edition(load_yaml(path, "edition"), path)


@cache
def load_form(form_id: str) -> Form:
    """One form by id, such as `nm-2024/cultivation-plan`, by its short name, its title or a part of the title.

    Raises UsageError when no form or more than one is meant, FormPackageError when its files are broken.
    """
    edition_id, name = _full_id(form_id).split("/")
    edition = load_edition(edition_id)
    entry = next(entry for entry in edition.forms if entry.name == name)
    path = schemas_dir() / edition_id / f"{name}.schema.json"
    schema = load_schema(path)
    grower = Grower(schema, f"{edition_id}/{path.name}")
    root = grower.grow()
    templates = {
        kind: template
        for kind in ("docx", "xlsx")
        if (template := templates_dir() / edition_id / f"{name}.{kind}").is_file()
    }
    missing = [kind for kind in entry.outputs if kind != "pdf" and kind not in templates]
    errors = [*grower.errors, *(f"{edition_id}/{name}：缺少模板 {name}.{kind}" for kind in missing)]
    errors += [f"{edition_id}/{path.name}：{error}" for error in _unknown_facts(root)]
    if errors:
        raise FormPackageError(tuple(errors))
    return Form(f"{edition_id}/{name}", edition, entry, schema, root, templates)


@cache
def load_vocabulary() -> Vocabulary:
    """The shared vocabulary of facts."""
    content = load_yaml(schemas_dir() / "facts.yaml", "facts")
    return Vocabulary(
        {name: _fact_kind(name, entry) for name, entry in content["facts"].items()},
        subject=content["subject"],
        application=content["application"],
    )


def _unknown_facts(root: Group) -> list[str]:
    known = load_vocabulary().facts
    bound = [(leaf.pattern, leaf.fact.fact) for leaf in leaves(root) if leaf.fact]
    stated = [(rows.pattern, fact) for rows in rows_of(root) for fact in rows.states]
    return [f"字段“{pattern}”：facts.yaml 里没有“{fact}”" for pattern, fact in (*bound, *stated) if fact not in known]


def _fact_kind(name: str, entry: Any) -> FactKind:
    return FactKind(
        id=name,
        title=entry["title"],
        kind=entry["kind"],
        unit=entry.get("unit"),
        several=entry.get("several", False),
        per_application=entry.get("per_application", False),
        synonyms={other: word for word, others in entry.get("synonyms", {}).items() for other in others},
    )


def _full_id(form_id: str) -> str:
    edition_id, _, name = form_id.partition("/")
    if edition_id in editions() and any(entry.name == name for entry in load_edition(edition_id).forms):
        return form_id
    return id_of(
        form_id,
        {
            f"{edition}/{entry.name}": (entry.title, *entry.titles)
            for edition in editions()
            for entry in load_edition(edition).forms
        },
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _edition(content: Any, path: Path) -> Edition:
    documents = tuple(
        GoverningDocument(entry["id"], entry["title"], entry.get("number"), entry.get("issued"), entry.get("note"))
        for entry in content["documents"]
    )
    edition = Edition(
        id=content["edition"],
        title=content["title"],
        authority=content["authority"],
        region=content.get("region"),
        in_force_from=_day(content["in_force"]["from"]),
        in_force_to=_day(content["in_force"]["to"]),
        documents=documents,
        forms=tuple(_entry(entry) for entry in content["forms"]),
        rules=tuple(_rule(entry) for entry in content["rules"]),
    )
    if errors := tuple(_dangling(edition, path)):
        raise FormPackageError(errors)
    return edition


def _entry(entry: Any) -> FormEntry:
    lists = {"outputs": tuple(entry["outputs"]), "titles": tuple(entry["titles"])}
    return FormEntry(**{**entry, **lists})


def _rule(entry: Any) -> Rule:
    in_force = entry.get("in_force", {})
    return Rule(
        id=entry["id"],
        title=entry["title"],
        forms=tuple(entry["forms"]),
        check=entry["check"],
        parameters=entry.get("with", {}),
        severity=Severity(entry["severity"]),
        citation=Citation(**entry["citation"]),
        when=entry.get("when"),
        reasons=tuple(entry.get("reasons", ())),
        in_force_from=_day(in_force.get("from")),
        in_force_to=_day(in_force.get("to")),
    )


def _dangling(edition: Edition, path: Path) -> list[str]:
    """References that point nowhere."""
    where = f"{path.parent.name}/{path.name}"
    documents = {document.id for document in edition.documents}
    names = {entry.name for entry in edition.forms}
    errors = [] if edition.id == path.parent.name else [f"{where}：edition 应与目录同名"]
    errors += [
        f"{where}：表单“{entry.name}”引用的文件“{entry.document}”不在 documents 中"
        for entry in edition.forms
        if entry.document not in documents
    ]
    for rule in edition.rules:
        if rule.citation.document not in documents:
            errors.append(f"{where}：规则“{rule.id}”引用的文件“{rule.citation.document}”不在 documents 中")
        errors += [f"{where}：规则“{rule.id}”所列表单“{name}”不存在" for name in rule.forms if name not in names]
    return errors
