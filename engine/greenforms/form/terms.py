"""The shared vocabulary out of the fact files: what a fact is called, how two statements of it compare, of which day
or year it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from greenforms.errors import FormPackageError
from greenforms.fact.vocabulary import Entity, FactKind, Vocabulary
from greenforms.form.registry import SchemaFile
from greenforms.form.source import shown


def vocabulary_of(files: Iterable[SchemaFile], entities: Any) -> Vocabulary:
    """The vocabulary of some fact files. Raises FormPackageError for a fact that is defined twice or incompletely."""
    facts: dict[str, FactKind] = {}
    first: dict[str, str] = {}
    errors: list[str] = []
    known = {entry["id"]: _entity(entry) for entry in entities["entities"]}
    for file in files:
        entity = file.content.get("x-entity", "")
        if entity not in known:
            errors.append(f"{shown(file.path)}：“/x-entity”：entities.yaml 里没有“{entity}”")
        for place, said in _definitions(file.content):
            if "x-kind" not in said:
                errors.append(f"{shown(file.path)}：“{place}”：事实“{said['x-fact']}”缺少 x-kind")
            elif said["x-fact"] in facts:
                errors.append(
                    f"{shown(file.path)}：“{place}”：事实“{said['x-fact']}”在 {first[said['x-fact']]} 已经定义过"
                )
            else:
                facts[said["x-fact"]] = _kind(said, entity)
                first[said["x-fact"]] = f"{shown(file.path)}“{place}”"
    if errors:
        raise FormPackageError(tuple(errors))
    return Vocabulary(facts, entities["subject"], entities["application"], known)


def _entity(said: Mapping[str, Any]) -> Entity:
    return Entity(said["id"], said["title"], said.get("named_by"), tuple(said.get("words", ())))


def _definitions(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each definition of a fact, with its place in the file."""
    for name, said in content.get("$defs", {}).items():
        if "x-fact" in said and "$ref" not in said:
            yield f"/$defs/{name}", said


def _kind(said: Mapping[str, Any], entity: str) -> FactKind:
    return FactKind(
        id=said["x-fact"],
        title=said["title"],
        kind=said["x-kind"],
        unit=said.get("x-unit"),
        several=said.get("x-several", False),
        per_application=said.get("x-per-application", False),
        synonyms={other: word for word, others in said.get("x-synonyms", {}).items() for other in others},
        entity=entity,
        time=said.get("x-time", "day"),
        note=said.get("x-note"),
        closer=said.get("x-closer", False),
    )
