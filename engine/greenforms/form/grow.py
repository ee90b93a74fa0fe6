"""Grows the field tree from a form's JSON Schema. Errors are collected, not raised one by one."""

from __future__ import annotations

import dataclasses
from typing import Any

from greenforms import codec as codecs
from greenforms.codec import Codec
from greenforms.form.shape import Shape
from greenforms.form.tree import FactBinding, Group, Leaf, Node, Rows

Schema = dict[str, Any]


class Grower:
    """Walks one schema; `errors` collects a sentence for each thing that does not fit."""

    def __init__(self, schema: Schema, where: str) -> None:
        self._schema = schema
        self._where = where
        self.errors: list[str] = []

    def grow(self) -> Group:
        """The root group of the schema."""
        root = self._node(self._schema, "", required=True)
        if isinstance(root, Group):
            return root
        self._error("", "根必须是对象（type: object）")
        return Group("", "", True, {})

    def _error(self, pattern: str, what: str) -> None:
        self.errors.append(f"{self._where}：字段“{pattern or '/'}”：{what}")

    def _resolve(self, schema: Schema) -> Schema:
        reference = schema.get("$ref")
        if reference is None:
            return schema
        target: Any = self._schema
        for part in reference.removeprefix("#/").split("/"):
            target = target.get(part, {}) if isinstance(target, dict) else {}
        return {**target, **{key: value for key, value in schema.items() if key != "$ref"}}

    def _node(self, schema: Schema, pattern: str, *, required: bool) -> Node | None:
        schema = self._resolve(schema)
        kinds = _types(schema)
        if "x-codec" in schema:
            return self._leaf(schema, pattern, required)
        if "object" in kinds:
            return self._group(schema, pattern, required)
        if "array" in kinds:
            return self._rows(schema, pattern, required)
        self._error(pattern, "叶字段缺少 x-codec")
        return None

    def _group(self, schema: Schema, pattern: str, required: bool) -> Group:
        needed = set(schema.get("required", ()))
        children: dict[str, Node] = {}
        for name, child in schema.get("properties", {}).items():
            node = self._node(child, f"{pattern}/{name}", required=name in needed)
            if node is not None:
                children[name] = node
        for name in sorted(needed - set(schema.get("properties", {}))):
            self._error(pattern, f"required 里的“{name}”不在 properties 中")
        return Group(pattern, schema.get("title", ""), required, children)

    def _rows(self, schema: Schema, pattern: str, required: bool) -> Rows | None:
        item = self._node(schema.get("items", {}), f"{pattern}/*", required=True)
        if not isinstance(item, Group):
            self._error(pattern, "数组的 items 必须是对象")
            return None
        if (subject := schema.get("x-subject")) is not None and not isinstance(item.children.get(subject), Leaf):
            self._error(pattern, f"x-subject 指的“{subject}”不是行内的字段")
        if "x-states" in schema and subject is None:
            self._error(pattern, "有 x-states 就要有 x-subject，否则不知道说的是谁")
        return Rows(
            pattern,
            schema.get("title", ""),
            required,
            item,
            schema.get("x-blank-rows", 1),
            schema.get("x-subject"),
            tuple(schema.get("x-aliases", ())),
            schema.get("x-states", {}),
            schema.get("minItems", 0),
        )

    def _codec(self, schema: Schema, pattern: str) -> Codec | None:
        kind: Any = codecs.CODECS.get(schema["x-codec"])
        if kind is None:
            self._error(pattern, f"没有名为“{schema['x-codec']}”的编解码器，可用：{'、'.join(sorted(codecs.CODECS))}")
            return None
        kinds = _types(schema) - {"null"}
        if not kinds <= kind.json_types:
            self._error(pattern, f"类型 {'/'.join(sorted(kinds))} 与编解码器“{kind.name}”不符")
        options = _options(kind, schema)
        known = [field.name for field in dataclasses.fields(kind)]
        if strange := [name for name in options if name not in known]:
            listed = "、".join(known) or "无"
            self._error(pattern, f"编解码器“{kind.name}”没有选项“{'、'.join(strange)}”，可用：{listed}")
            return None
        try:
            codec: Codec = kind(**options)
        except (TypeError, ValueError) as error:
            self._error(pattern, f"编解码器“{kind.name}”的选项不对：{error}")
            return None
        return codec

    def _leaf(self, schema: Schema, pattern: str, required: bool) -> Leaf | None:
        codec = self._codec(schema, pattern)
        if codec is None:
            return None
        if not schema.get("title"):
            self._error(pattern, "缺少 title（官方标签）")
        given = schema.get("x-blank", "")
        blanks = (given,) if isinstance(given, str) else tuple(given)
        return Leaf(
            pattern=pattern,
            title=schema.get("title", ""),
            codec=codec,
            required=required,
            nullable="null" in _types(schema),
            printed=schema.get("x-printed", True),
            shape=Shape.of(schema),
            unit=schema.get("x-unit"),
            aliases=tuple(schema.get("x-aliases", ())),
            fact=_fact(schema.get("x-fact")),
            blank=blanks[0],
            row_blanks=blanks if len(blanks) > 1 else (),
            empty=schema.get("x-empty", "/"),
        )


def _types(schema: Schema) -> set[str]:
    kinds = schema.get("type", [])
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _options(kind: Any, schema: Schema) -> dict[str, Any]:
    known = {field.name for field in dataclasses.fields(kind)}
    options = dict(schema.get("x-options", {}))
    if "unit" in known and "x-unit" in schema:
        options["unit"] = schema["x-unit"]
    if "choices" in known and "enum" in schema:
        options["choices"] = tuple(option for option in schema["enum"] if option is not None)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}


def _fact(declared: Any) -> FactBinding | None:
    if declared is None:
        return None
    if isinstance(declared, str):
        return FactBinding(declared)
    return FactBinding(declared["fact"], declared.get("period"))
