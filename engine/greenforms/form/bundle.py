"""Makes one self-contained JSON Schema of a layout: what it refers to in other files stands in its own `$defs`.

Rows of a catalogue become properties of their own, by the ids of the rows; `"required": ["*"]` asks for every one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greenforms.form.catalogue import Catalogue
from greenforms.form.registry import Registry, SchemaFile, UnknownReference
from greenforms.form.source import shown

#: Keywords that belong to a file and not to what it describes.
_OF_FILES = frozenset({"$id", "$schema", "$defs", "x-entity"})
#: In place of the names of a catalogue's rows, of which a layout knows none.
_EVERY = "*"


class Bundler:
    """Bundles one layout; `errors` collects a sentence for each reference that points at nothing.

    `parts` names the part of a catalogue whose rows are asked about, by the catalogue, where it is not the layout's.
    """

    def __init__(
        self, registry: Registry, catalogues: Mapping[str, Catalogue], parts: Mapping[str, str] | None = None
    ) -> None:
        self._registry = registry
        self._catalogues = catalogues
        self._parts = parts or {}
        #: The catalogues of `parts` that the layout does not ask about.
        self.unused = set(self._parts)
        self._defs: dict[str, Any] = {}
        self.errors: list[str] = []

    def bundle(self, file: SchemaFile) -> dict[str, Any]:
        """The layout's schema with everything it needs."""
        root = self._copy({key: value for key, value in file.content.items() if key not in _OF_FILES}, file, "")
        bundled = {"$schema": "https://json-schema.org/draft/2020-12/schema", **root}
        if self._defs:
            bundled["$defs"] = self._defs
        return bundled

    def _copy(self, node: Any, file: SchemaFile, place: str) -> Any:
        if isinstance(node, list):
            return [self._copy(member, file, f"{place}/{number}") for number, member in enumerate(node)]
        if not isinstance(node, Mapping):
            return node
        copied = {
            key: self._reference(value, file, place) if key == "$ref" else self._copy(value, file, f"{place}/{key}")
            for key, value in node.items()
        }
        return self._with_rows(copied, file, place) if "x-catalogue" in copied else copied

    def _reference(self, reference: str, file: SchemaFile, place: str) -> str:
        try:
            target = self._registry.resolve(reference, file)
        except UnknownReference as error:
            self.errors.append(f"{shown(file.path)}：“{place}/$ref”：{error}")
            return "#"
        steps = [step for step in target.fragment.split("/") if step and step != "$defs"]
        name = ".".join((target.file.name, *steps))
        if name not in self._defs:
            self._defs[name] = {}  # a schema may hold itself
            content = {key: value for key, value in target.content.items() if key not in _OF_FILES}
            self._defs[name] = self._copy(content, target.file, target.fragment)
            if not steps:
                self._defs[name]["x-layout"] = target.file.name
        return f"#/$defs/{name}"

    def _with_rows(self, node: dict[str, Any], file: SchemaFile, place: str) -> dict[str, Any]:
        """An object whose members are the rows of a catalogue, each with the schema of `additionalProperties`."""
        id_, _, part = node["x-catalogue"].partition("#")
        if id_ in self._parts:
            self.unused.discard(id_)
            part = self._parts[id_]
            node["x-catalogue"] = f"{id_}#{part}"
        catalogue = self._catalogues.get(id_)
        if catalogue is None or (part and part not in catalogue.parts):
            self.errors.append(f"{shown(file.path)}：“{place}/x-catalogue”：没有指标目录“{node['x-catalogue']}”")
            return node
        item = node.pop("additionalProperties", {})
        name = f"{file.name}{place.replace('/properties', '').replace('/', '.')}.row"
        self._defs[name] = item
        node["properties"] = {
            row.id: {"$ref": f"#/$defs/{name}", "title": row.title, "x-attributes": dict(row.attributes)}
            for row in catalogue.rows_of(part)
        }
        node["additionalProperties"] = False
        if node.get("required") == [_EVERY]:
            node["required"] = list(node["properties"])
        return node
