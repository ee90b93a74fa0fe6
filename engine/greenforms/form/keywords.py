"""What single keywords of a schema say, as the field tree holds it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from greenforms.form.tree import Boundary, Bounds, Condition, PaperYear, Period

Schema = dict[str, Any]


def types_of(schema: Mapping[str, Any]) -> set[str]:
    """The JSON types a schema allows."""
    kinds = schema.get("type", [])
    return {kinds} if isinstance(kinds, str) else set(kinds)


def options_of(kind: Any, schema: Schema) -> dict[str, Any]:
    """The options of a codec, with the unit and the choices that stand in keywords of their own."""
    known = {field.name for field in dataclasses.fields(kind)}
    options = dict(schema.get("x-options", {}))
    if "unit" in known and "x-unit" in schema:
        options["unit"] = schema["x-unit"]
    if "choices" in known and "enum" in schema:
        options["choices"] = tuple(option for option in schema["enum"] if option is not None)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}


def bounds_of(schema: Schema, *keywords: str) -> Bounds:
    """The first bound that is stated at either end; keywords come in pairs of least and most."""
    least = next((schema[keyword] for keyword in keywords[::2] if keyword in schema), None)
    most = next((schema[keyword] for keyword in keywords[1::2] if keyword in schema), None)
    return Bounds(None if least is None else Decimal(str(least)), None if most is None else Decimal(str(most)))


def period_of(schema: Schema) -> Period | None:
    """Which year what stands here speaks of."""
    said = schema.get("x-period")
    return Period(said.get("field"), said.get("offset", 0)) if said is not None else None


def boundary_of(schema: Schema) -> Boundary | None:
    """Which site or legal person what stands here covers."""
    said = schema.get("x-boundary")
    return Boundary(said.get("field"), said.get("name", "")) if said is not None else None


def paper_year_of(schema: Schema) -> PaperYear | None:
    """Which day and year a paper speaks of."""
    said = schema.get("x-paper", {})
    return PaperYear(said["date"], said.get("year", 0), said.get("stated", "")) if "date" in said else None


def score_of(schema: Schema) -> Mapping[str, tuple[str, ...]]:
    """Which columns of a catalogue hold what its rows are scored by."""
    said = schema.get("x-score", {})
    return {role: tuple(columns) if isinstance(columns, list) else (columns,) for role, columns in said.items()}


def conditions_of(schema: Schema) -> Iterator[Condition]:
    """The conditions of the `if` … `then` … `else` shapes in use: values of fields, children required or excluded."""
    for branch in (schema, *schema.get("allOf", ())):
        if "if" not in branch:
            continue
        when = {f"/{name}": _values(said) for name, said in branch["if"].get("properties", {}).items() if _values(said)}
        then = branch.get("then", {})
        yield Condition(when, tuple(then.get("required", ())), barred_by(then["not"]) if "not" in then else ())


def barred_by(said: Schema) -> tuple[str, ...]:
    """The members of which none may stand, by what stands under `not`: one, or any of several; () for other shapes."""
    alternatives = said.get("anyOf", [said])
    named = [each["required"] for each in alternatives if isinstance(each, dict) and {*each} == {"required"}]
    if len(named) != len(alternatives) or any(len(names) != 1 for names in named):
        return ()
    return tuple(name for (name,) in named)


def _values(said: Schema) -> tuple[Any, ...]:
    return (said["const"],) if "const" in said else tuple(said.get("enum", ()))


def unread_conditions_of(schema: Schema) -> Iterator[str]:
    """What conditions say in a shape that is not understood, so that nobody but the validator would mind it."""
    for branch in (schema, *schema.get("allOf", ())):
        if "if" not in branch:
            continue
        fields, then = branch["if"].get("properties", {}), branch.get("then", {})
        if not fields or not all(map(_values, fields.values())):
            yield "if 只能写 properties 里各字段的 const 或 enum"
        if strange := sorted({*branch["if"]} - {"properties", "required"} | {*then} - {"required", "not"}):
            yield f"if、then 里的 {'、'.join(strange)} 不能用：只能写必填（required）和不填（not required）"
        if "not" in then and not barred_by(then["not"]):
            yield "not 里只能写一个字段的 required；几个字段都不填的，用 anyOf 逐个列出"
        if "else" in branch:
            yield "不能用 else：请另写一个 if"
