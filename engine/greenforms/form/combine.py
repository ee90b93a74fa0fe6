"""Lays a schema over one it refers to: keywords beside `$ref` relabel or narrow, they never widen.

In JSON Schema both hold at once, so a wider bound beside `$ref` would be no bound at all; it is refused instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Schema = dict[str, Any]

#: Bounds of which the larger narrows, and of which the smaller does.
_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


def combined(base: Schema, own: Schema) -> Schema:
    """What both say together: own labels, all members, the other spellings of both."""
    both = {**base, **own}
    if base.get("properties") and own.get("properties"):
        known = base["properties"]
        both["properties"] = {
            **known,
            **{name: combined(known.get(name, {}), member) for name, member in own["properties"].items()},
        }
    if base.get("required") and own.get("required"):
        both["required"] = [*base["required"], *(name for name in own["required"] if name not in base["required"])]
    if base.get("x-aliases") and own.get("x-aliases"):
        both["x-aliases"] = list(dict.fromkeys((*own["x-aliases"], *base["x-aliases"])))
    if base.get("allOf") and own.get("allOf"):
        both["allOf"] = [*base["allOf"], *own["allOf"]]
    if isinstance(base.get("x-options"), Mapping) and isinstance(own.get("x-options"), Mapping):
        both["x-options"] = {**base["x-options"], **own["x-options"]}
    return both


def widened(base: Schema, own: Schema) -> Iterator[str]:
    """What a schema allows that the one it refers to does not; Chinese clauses."""
    yield from _wider_bounds(base, own)
    yield from _other_values(base, own)
    yield from _other_members(base, own)


def _wider_bounds(base: Schema, own: Schema) -> Iterator[str]:
    for keyword in (*_LEAST, *_MOST):
        if keyword in base and keyword in own:
            wider = own[keyword] < base[keyword] if keyword in _LEAST else own[keyword] > base[keyword]
            if wider:
                yield f"{keyword} {own[keyword]} 比所引用的 {base[keyword]} 宽"


def _other_values(base: Schema, own: Schema) -> Iterator[str]:
    if "type" in base and "type" in own and not _kinds(own) <= _kinds(base):
        yield f"类型 {'/'.join(sorted(_kinds(own) - _kinds(base)))} 不在所引用的类型之内"
    if "enum" in base and "enum" in own and (strange := [each for each in own["enum"] if each not in base["enum"]]):
        yield f"可选项 {'、'.join(map(str, strange))} 不在所引用的可选项之内"
    if own.get("x-fact") and base.get("x-fact") and own["x-fact"] != base["x-fact"]:
        yield f"所引用的是事实“{base['x-fact']}”，不能改称“{own['x-fact']}”"
    if "$ref" in base and "$ref" in own and own["$ref"] != base["$ref"]:
        yield f"所引用的指“{base['$ref']}”，不能改指“{own['$ref']}”"


def _other_members(base: Schema, own: Schema) -> Iterator[str]:
    known, added = base.get("properties", {}), own.get("properties", {})
    if base.get("additionalProperties") is False and (more := sorted({*added} - {*known})):
        yield f"所引用的结构不许有别的项，不能添加 {'、'.join(more)}；请让它不写 additionalProperties"
    for name in sorted({*known} & {*added}):
        yield from (f"{name}：{what}" for what in widened(known[name], added[name]))


def _kinds(schema: Schema) -> set[str]:
    """The types a schema allows; a whole number is a number, too."""
    kinds = schema["type"]
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    return {*kinds, "integer"} if "number" in kinds else kinds
