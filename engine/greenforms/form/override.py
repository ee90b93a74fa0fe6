"""Lays what an edition says of single fields over a layout's schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greenforms.form.combine import combined

Schema = dict[str, Any]


def overridden(schema: Schema, fields: Mapping[str, Mapping[str, Any]]) -> tuple[Schema, list[str]]:
    """The schema with other labels, blank texts or row counts, by field pattern; and what points at no field."""
    strange: list[str] = []
    for pattern, said in fields.items():
        changed = _laid(schema, schema, pattern.split("/")[1:], said)
        if changed is None:
            strange.append(f"fields 里的“{pattern}”不是本版式的字段")
        else:
            schema = changed
    return schema, strange


def _laid(node: Schema, root: Schema, steps: list[str], said: Mapping[str, Any]) -> Schema | None:
    """A copy of a node with `said` at the end of the steps; what lies behind a reference is copied into its place."""
    if not steps:
        return {**node, **said}
    while "$ref" in node and not _has(node, steps[0]):
        target: Any = root
        for step in node["$ref"].removeprefix("#").split("/")[1:]:
            target = target[step]
        node = combined(target, {key: value for key, value in node.items() if key != "$ref"})
    if not _has(node, steps[0]):
        return None
    if steps[0] == "*":
        item = _laid(node["items"], root, steps[1:], said)
        return None if item is None else {**node, "items": item}
    child = _laid(node["properties"][steps[0]], root, steps[1:], said)
    return None if child is None else {**node, "properties": {**node["properties"], steps[0]: child}}


def _has(node: Schema, step: str) -> bool:
    return "items" in node if step == "*" else step in node.get("properties", {})
