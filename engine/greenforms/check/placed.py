"""Rules of a form that stands inside another one: the same rule, with its pointers below the form's place there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from greenforms.form.form import Form
from greenforms.form.rule import Rule


def places_for(rule: Rule, form: Form) -> tuple[str, ...]:
    """The pointers of a form below which stands what a rule speaks of: "" for the form itself."""
    if not rule.forms:
        return ("",)
    if not any(each is rule for each in form.library.rules_of(form.edition.id)):
        return ()
    if form.entry.name in rule.forms:
        return ("",)
    return tuple(place for name, place in form.within.items() if name in rule.forms)


@cache
def placed(rule: Rule, place: str) -> Rule:
    """A rule whose pointers begin at a place."""
    if not place:
        return rule
    when = {f"{place}{pointer}": values for pointer, values in rule.when.items()}
    return replace(rule, parameters=_below(rule.parameters, place), when=when)


def _below(value: Any, place: str) -> Any:
    if isinstance(value, dict):
        return {key: _below(member, place) for key, member in value.items()}
    if isinstance(value, list):
        return [_below(member, place) for member in value]
    return f"{place}{value}" if isinstance(value, str) and value.startswith("/") else value


def patterns_in(form: Form, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The pointer patterns of a form, of those given by the name of a form, which may stand inside it."""
    if form.entry.name in names:
        return tuple(names[form.entry.name])
    return tuple(f"{place}{each}" for name, place in form.within.items() for each in names.get(name, ()))
