"""Binds the parameters a rule gives to a named check, strictly."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from weakref import WeakKeyDictionary

from greenforms.check.checks import CHECKS
from greenforms.check.verdict import Check
from greenforms.errors import FormPackageError
from greenforms.form.parameter import Dated, Parameter
from greenforms.form.rule import Rule

#: The key by which a rule refers to a parameter: `most: {parameter: he-2024/third-party-cap}`.
_REFERENCE = "parameter"


#: The checks that are made, by rule, each with the dated values that are in it.
_BOUND: WeakKeyDictionary[Rule, list[tuple[tuple[Dated, ...], Check]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class NothingInForce:
    """A parameter that says nothing for the day of the check."""

    parameter: Parameter


def bind(rule: Rule, parameters: Mapping[str, Parameter], day: date | None = None) -> Check | NothingInForce:
    """The check of a rule with its parameters as they are on a day.

    Raises FormPackageError naming every parameter that does not fit.
    """
    given: dict[str, Any] = {}
    values: list[Dated] = []
    for name, value in rule.parameters.items():
        reference = _reference(value)
        if reference is None or reference not in parameters:
            given[name] = value
        elif (dated := parameters[reference].on(day)) is None:
            return NothingInForce(parameters[reference])
        else:
            given[name] = dated.value
            values.append(dated)
    return _once_bound(rule, given, values, parameters)


def _once_bound(
    rule: Rule, given: Mapping[str, Any], values: Sequence[Dated], parameters: Mapping[str, Parameter]
) -> Check:
    """The check of a rule with these very values, made when it is first asked for."""
    known = _BOUND.setdefault(rule, [])
    for others, check in known:
        if len(others) == len(values) and all(one is other for one, other in zip(others, values, strict=True)):
            return check
    known.append((tuple(values), _bound(rule, given, parameters)))
    return known[-1][1]


def bind_any(rule: Rule, parameters: Mapping[str, Parameter]) -> Check:
    """The check of a rule with some value of each parameter it refers to: what it looks at is the same on every day."""
    given: dict[str, Any] = {}
    for name, value in rule.parameters.items():
        parameter = parameters.get(_reference(value) or "")
        given[name] = value if parameter is None else parameter.values[-1].value
    return _bound(rule, given, parameters)


def references(rule: Rule) -> Iterator[str]:
    """The parameters a rule refers to."""
    yield from (reference for value in rule.parameters.values() if (reference := _reference(value)) is not None)


def _reference(value: Any) -> str | None:
    return value[_REFERENCE] if isinstance(value, Mapping) and set(value) == {_REFERENCE} else None


def _bound(rule: Rule, parameters: Mapping[str, Any], known: Mapping[str, Parameter]) -> Check:
    kind = CHECKS.get(rule.check)
    if kind is None:
        raise FormPackageError((f"规则“{rule.id}”：没有名为“{rule.check}”的检查，可用的有：{'、'.join(CHECKS)}",))
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    hints = _hints(kind)
    errors = [f"没有参数“{name}”" for name in parameters if name not in fields]
    errors += [f"缺少参数“{name}”" for name, field in fields.items() if _needed(field) and name not in parameters]
    errors += [f"没有名为“{each}”的参数值（schemas/parameters）" for each in references(rule) if each not in known]
    given = {name: _frozen(value, hints[name]) for name, value in parameters.items() if name in fields}
    errors += [f"参数“{name}”的类型不对" for name, value in given.items() if not _fits(value, hints[name])]
    if errors:
        raise FormPackageError(tuple(f"规则“{rule.id}”（检查“{rule.check}”）：{error}" for error in errors))
    try:
        return kind(**given)
    except ValueError as error:
        raise FormPackageError((f"规则“{rule.id}”（检查“{rule.check}”）：{error}",)) from error


@cache
def _hints(kind: type[Check]) -> Mapping[str, Any]:
    """The types of a check's parameters."""
    return get_type_hints(kind)


def _needed(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _frozen(value: Any, hint: Any) -> Any:
    """A value as a check takes it: lists as tuples, exact numbers where it takes fractions."""
    if isinstance(value, list):
        return tuple(_frozen(member, hint) for member in value)
    if isinstance(value, dict):
        return {key: _frozen(member, hint) for key, member in value.items()}
    if isinstance(value, int | float) and not isinstance(value, bool) and Decimal in (hint, *get_args(hint)):
        return Decimal(str(value))
    return value


def _fits(value: Any, hint: Any) -> bool:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(member, arguments[0]) for member in value)
    if origin is Mapping:
        return isinstance(value, dict) and all(_fits(member, arguments[1]) for member in value.values())
    if origin is Literal:
        return value in arguments
    if origin in (Union, types.UnionType):
        return any(_fits(value, argument) for argument in arguments)
    return isinstance(value, hint) and not (hint is int and isinstance(value, bool))
