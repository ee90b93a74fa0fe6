"""The shapes in which facts can be asked for: what a schema's `$ref` can name, and what such fields are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from greenforms.form.library import Library

_SHAPE = 2


@dataclass(frozen=True, slots=True)
class FactShape:
    """A shape of a fact that fields can refer to. `called` are its title and the labels of the fields that do."""

    id: str
    name: str
    title: str
    called: frozenset[str]
    reference: str
    codec: str
    unit: str
    time: str


def fact_shapes(library: Library) -> Iterator[FactShape]:
    """All shapes of a library's facts that take no null, in order of their files."""
    facts = tuple(library.registry.below("facts"))
    labels = defaultdict[str, set[str]](set)
    for file in (*facts, *library.registry.below("layouts")):
        for address, said in _references(file.content):
            target = address if "/facts/" in address else f"../facts/{file.name}.schema.json{address}"
            labels[target.partition("/$defs/")[0] + "/" + target.split("/")[-3]].update(_called(said))
    for file in facts:
        yield from _shapes(file.name, file.content["$defs"], labels)


def _references(node: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every place that takes a shape of a fact, with the address it gives."""
    if isinstance(node, Mapping):
        if str(node.get("$ref", "")).count("/$defs/") == _SHAPE:
            yield node["$ref"], node
        for child in node.values():
            yield from _references(child)
    elif isinstance(node, list):
        for child in node:
            yield from _references(child)


def _called(said: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, (said.get("title", ""), *said.get("x-aliases", ()))))


def _shapes(file: str, definitions: Mapping[str, Any], labels: Mapping[str, set[str]]) -> Iterator[FactShape]:
    for name, said in definitions.items():
        if "x-fact" not in said:
            continue
        called = frozenset(labels.get(f"../facts/{file}.schema.json#/{name}", set()) | {*_called(said)})
        for shape, each in said.get("$defs", {}).items():
            if isinstance(each.get("type"), str):
                reference = f"../facts/{file}.schema.json#/$defs/{name}/$defs/{shape}"
                unit, time = said.get("x-unit", ""), said.get("x-time", "day")
                codec = each.get("x-codec", "")
                yield FactShape(said["x-fact"], name, said["title"], called, reference, codec, unit, time)
