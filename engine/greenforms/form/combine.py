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
        both["properties"] = {**base["properties"], **own["properties"]}
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
    for keyword in _LEAST:
        if keyword in base and keyword in own and own[keyword] < base[keyword]:
            yield f"{keyword} {own[keyword]} 比所引用的 {base[keyword]} 宽"
    for keyword in _MOST:
        if keyword in base and keyword in own and own[keyword] > base[keyword]:
            yield f"{keyword} {own[keyword]} 比所引用的 {base[keyword]} 宽"
    if "type" in base and "type" in own and not _kinds(own) <= _kinds(base):
        yield f"类型 {'/'.join(sorted(_kinds(own) - _kinds(base)))} 不在所引用的类型之内"
    if "enum" in base and "enum" in own and (strange := [each for each in own["enum"] if each not in base["enum"]]):
        yield f"可选项 {'、'.join(map(str, strange))} 不在所引用的可选项之内"
    if base.get("additionalProperties") is False and (more := set(own.get("properties", ())) - set(base["properties"])):
        yield f"所引用的结构不许有别的项，不能添加 {'、'.join(sorted(more))}；请让它不写 additionalProperties"
    if own.get("x-fact") and base.get("x-fact") and own["x-fact"] != base["x-fact"]:
        yield f"所引用的是事实“{base['x-fact']}”，不能改称“{own['x-fact']}”"


def _kinds(schema: Schema) -> set[str]:
    """The types a schema allows; a whole number is a number, too."""
    kinds = schema["type"]
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    return {*kinds, "integer"} if "number" in kinds else kinds
