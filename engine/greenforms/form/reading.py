"""Makes an edition of what its file says, and refuses references that point nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms.errors import FormPackageError
from greenforms.form.edition import Edition, FormEntry, GoverningDocument
from greenforms.form.source import shown

if TYPE_CHECKING:
    from greenforms.form.rule import Rule


def edition_of(content: Any, path: Path) -> Edition:
    """The edition of a file. Raises FormPackageError naming every reference that points nowhere."""
    edition = Edition(
        id=content["edition"],
        title=content["title"],
        authority=content["authority"],
        region=content.get("region"),
        in_force_from=_day(content["in_force"]["from"]),
        in_force_to=_day(content["in_force"]["to"]),
        documents=tuple(
            GoverningDocument(entry["id"], entry["title"], entry.get("number"), entry.get("issued"), entry.get("note"))
            for entry in content["documents"]
        ),
        forms=tuple(map(_entry, content["forms"])),
        note=content.get("note", ""),
    )
    if errors := tuple(_dangling(edition, path)):
        raise FormPackageError(errors)
    return edition


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _entry(entry: Any) -> FormEntry:
    lists = {"outputs": tuple(entry["outputs"]), "titles": tuple(entry["titles"])}
    return FormEntry(**{"layout": entry["name"], **entry, **lists})


def _dangling(edition: Edition, path: Path) -> list[str]:
    """References that point nowhere."""
    where = shown(path)
    documents = {document.id for document in edition.documents}
    errors = [] if edition.id == path.stem else [f"{where}：edition 应与文件同名"]
    if not edition.forms and not edition.note:
        errors.append(f"{where}：没有表单，请用 note 说明原因")
    errors += [
        f"{where}：表单“{entry.name}”引用的文件“{entry.document}”不在 documents 中"
        for entry in edition.forms
        if entry.document not in documents
    ]
    return errors


def dangling_rules(edition: Edition, rules: Iterable[Rule]) -> list[str]:
    """Documents and forms that rules of an edition name and it does not have."""
    documents = {document.id for document in edition.documents}
    names = {entry.name for entry in edition.forms}
    errors = []
    for rule in rules:
        if rule.citation is not None and rule.citation.document not in documents:
            errors.append(f"{rule.source}：规则“{rule.id}”引用的文件“{rule.citation.document}”不在 documents 中")
        errors += [f"{rule.source}：规则“{rule.id}”所列表单“{name}”不存在" for name in rule.forms if name not in names]
    return errors
