"""Says under which condition a branch of a schema applies: `“创建类型”为“绿色工厂”时，`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from greenforms.check.complaint import Broken
from greenforms.check.pointers import child, title
from greenforms.check.sentence import shown
from greenforms.form.form import Form


def condition(form: Form, broken: Broken) -> str:
    """The clause for a keyword that stands directly in a `then`; "" for any other."""
    path = broken.schema_path
    if len(path) < 2 or path[-2] != "then":
        return ""
    names = _walk(form.schema, path[:-2]).get("if", {}).get("properties", {})
    said = [
        f"“{title(form.root, child(broken.pointer, name))}”为{shown(broken.value[name])}"
        for name in names
        if name in broken.value
    ]
    return f"{'、'.join(said)}时，" if said else ""


def _walk(schema: Any, path: Sequence[Any]) -> Any:
    node = schema
    for step in path:
        node = _walk(schema, node["$ref"].removeprefix("#/").split("/")) if step == "$ref" else node[step]
    return node
