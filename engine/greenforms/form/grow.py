"""Grows the field tree from a form's bundled JSON Schema. Errors are collected, not raised one by one."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from greenforms import codec as codecs
from greenforms.codec import Codec
from greenforms.form.combine import combined, widened
from greenforms.form.keywords import (
    boundary_of,
    bounds_of,
    conditions_of,
    options_of,
    paper_year_of,
    period_of,
    score_of,
    types_of,
    unread_conditions_of,
)
from greenforms.form.scoring import PLACES
from greenforms.form.shape import Shape
from greenforms.form.template.tags import BLANK, RESERVED
from greenforms.form.tree import Derived, FactBinding, Group, Leaf, Node, Rows

Schema = dict[str, Any]

#: A step of a pointer that is all digits is an index, so no key may be; nor may templates' own words be keys.
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_DERIVATIONS = ("count", "sum", "join", "copy", "year")


class Grower:
    """Walks one schema; `errors` collects a sentence for each thing that does not fit."""

    def __init__(self, schema: Schema, where: str) -> None:
        self._schema = schema
        self._where = where
        self._open: set[str] = set()
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

    def _resolve(self, schema: Schema, pattern: str) -> Schema:
        """The schema with what it refers to; what it says itself goes first, and may only narrow."""
        for part in self._parts(schema, pattern):
            own = {key: value for key, value in schema.items() if key not in {"$ref", "allOf"}}
            for what in widened(part, own):
                self._error(pattern, what)
            schema = combined(part, schema)
        return schema

    def _parts(self, schema: Schema, pattern: str) -> Iterator[Schema]:
        """What a schema refers to, by itself or in `allOf`."""
        references = [schema.get("$ref"), *(each.get("$ref") for each in schema.get("allOf", ()))]
        for reference in references:
            if reference is not None:
                yield self._resolve(self._target(reference), pattern)

    def _target(self, reference: str) -> Schema:
        target: Any = self._schema
        for part in reference.removeprefix("#").split("/")[1:]:
            target = target.get(part, {}) if isinstance(target, dict) else {}
        return target if isinstance(target, dict) else {}

    def _node(self, schema: Schema, pattern: str, *, required: bool) -> Node | None:
        reference = schema.get("$ref", "")
        if reference in self._open:
            self._error(pattern, "结构引用了它自己，版面上排不出来")
            return None
        if reference:
            self._open.add(reference)
        node = self._grown(self._resolve(schema, pattern), pattern, required=required)
        self._open.discard(reference)
        return node

    def _grown(self, schema: Schema, pattern: str, *, required: bool) -> Node | None:
        kinds = types_of(schema)
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
        if False not in (schema.get("additionalProperties"), schema.get("unevaluatedProperties")):
            self._error(pattern, "没有写明不许有别的项（additionalProperties 或 unevaluatedProperties: false）")
        for what in unread_conditions_of(schema):
            self._error(pattern, what)
        children: dict[str, Node] = {}
        for name, child in schema.get("properties", {}).items():
            self._check_name(name, pattern)
            node = self._node(child, f"{pattern}/{name}", required=name in needed)
            if node is not None:
                children[name] = node
        for name in sorted(needed - set(schema.get("properties", {}))):
            self._error(pattern, f"required 里的“{name}”不在 properties 中")
        derived: dict[str, Leaf] = {}
        for name, said in schema.get("x-derived", {}).items():
            self._check_name(name, pattern)
            if name in children:
                self._error(pattern, f"x-derived 里的“{name}”和 properties 里的同名")
            elif (leaf := self._derived(said, f"{pattern}/{name}")) is not None:
                derived[name] = leaf
        return Group(
            pattern,
            schema.get("title", ""),
            required,
            children,
            schema.get("description", ""),
            tuple(conditions_of(schema)),
            period_of(schema),
            schema.get("x-attributes", {}),
            schema.get("x-catalogue"),
            schema.get("x-layout"),
            paper_year_of(schema),
            derived,
            boundary_of(schema),
            self._score(schema, children, pattern),
        )

    def _score(self, schema: Schema, rows: Mapping[str, Node], pattern: str) -> Mapping[str, tuple[str, ...]]:
        """The columns by which rows are scored, all of which the rows must have."""
        score = score_of(schema)
        for name in (name for role, columns in score.items() if role not in PLACES for name in columns):
            if not all(isinstance(row, Group) and name in row.children for row in rows.values()):
                self._error(pattern, f"x-score 里的“{name}”不在每一行的 properties 中")
        return score

    def _check_name(self, name: str, pattern: str) -> None:
        if not _KEY.fullmatch(name):
            self._error(pattern, f"字段名“{name}”只能用小写英文字母、数字和下划线，以字母开头")
        elif name in RESERVED or (name == BLANK and not pattern):
            self._error(pattern, f"字段名“{name}”是模板自己的用语，请换一个")

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
            schema.get("description", ""),
            bounds_of(schema, "minItems", "maxItems"),
            period_of(schema),
            boundary_of(schema),
        )

    def _codec(self, schema: Schema, pattern: str) -> Codec | None:
        kind: Any = codecs.CODECS.get(schema["x-codec"])
        if kind is None:
            self._error(pattern, f"没有名为“{schema['x-codec']}”的编解码器，可用：{'、'.join(sorted(codecs.CODECS))}")
            return None
        kinds = types_of(schema) - {"null"}
        if not kinds <= kind.json_types:
            self._error(pattern, f"类型 {'/'.join(sorted(kinds))} 与编解码器“{kind.name}”不符")
        if kind.members and not {*kind.members} == {*schema.get("properties", ())} == {*schema.get("required", ())}:
            listed = "、".join(kind.members)
            self._error(pattern, f"编解码器“{kind.name}”的字段，properties 和 required 都要写明 {listed}，不多不少")
        options = options_of(kind, schema)
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
            nullable="null" in types_of(schema),
            printed=schema.get("x-printed", True),
            shape=Shape.of(schema),
            unit=schema.get("x-unit"),
            aliases=tuple(schema.get("x-aliases", ())),
            fact=FactBinding(schema["x-fact"]) if "x-fact" in schema else None,
            blank=blanks[0],
            row_blanks=blanks if len(blanks) > 1 else (),
            empty=schema.get("x-empty", "/"),
            description=schema.get("description", ""),
            bounds=bounds_of(schema, "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"),
            period=period_of(schema),
            examples=tuple(schema.get("examples", ())),
            needed_parts=frozenset(schema.get("items", schema).get("required", ())),
            boundary=boundary_of(schema),
            planned=schema.get("x-planned", False),
        )

    def _derived(self, said: Schema, pattern: str) -> Leaf | None:
        kinds = [kind for kind in _DERIVATIONS if kind in said]
        if len(kinds) != 1:
            self._error(pattern, f"x-derived 要有且只能有 {'、'.join(_DERIVATIONS)} 中的一个")
            return None
        leaf = self._leaf({"x-codec": "text", "type": "string", **said}, pattern, required=False)
        if leaf is None:
            return None
        derived = Derived(
            kinds[0],
            said[kinds[0]],
            said.get("offset", 0),
            said.get("with", "、"),
            said.get("text", "{}"),
            said.get("where", {}),
            said.get("x-empty"),
        )
        return dataclasses.replace(leaf, derived=derived)
