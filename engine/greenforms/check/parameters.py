"""Binds the parameters a rule gives to a named check, strictly."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

from greenforms.check.checks import CHECKS
from greenforms.check.verdict import Check
from greenforms.errors import FormPackageError
from greenforms.form.edition import Rule


def bind(rule: Rule) -> Check:
    """The check of a rule with its parameters. Raises FormPackageError naming every parameter that does not fit."""
    kind = CHECKS.get(rule.check)
    if kind is None:
        raise FormPackageError((f"规则“{rule.id}”：没有名为“{rule.check}”的检查，可用的有：{'、'.join(CHECKS)}",))
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    hints = get_type_hints(kind)
    errors = [f"没有参数“{name}”" for name in rule.parameters if name not in fields]
    errors += [f"缺少参数“{name}”" for name, field in fields.items() if _needed(field) and name not in rule.parameters]
    given = {name: _frozen(value) for name, value in rule.parameters.items() if name in fields}
    errors += [f"参数“{name}”的类型不对" for name, value in given.items() if not _fits(value, hints[name])]
    if errors:
        raise FormPackageError(tuple(f"规则“{rule.id}”（检查“{rule.check}”）：{error}" for error in errors))
    try:
        return kind(**given)
    except ValueError as error:
        raise FormPackageError((f"规则“{rule.id}”（检查“{rule.check}”）：{error}",)) from error


def _needed(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {key: _frozen(member) for key, member in value.items()}
    return value


def _fits(value: Any, hint: Any) -> bool:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(member, arguments[0]) for member in value)
    if origin is Mapping:
        return isinstance(value, dict) and all(_fits(member, arguments[1]) for member in value.values())
    if arguments:
        return any(_fits(value, argument) for argument in arguments)
    return isinstance(value, hint) and not (hint is int and isinstance(value, bool))
