"""Whom, which year and which site a part of a paper speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from greenforms.fact.fold import fold_name
from greenforms.fact.vocabulary import FactKind
from greenforms.form.tree import Group, Node, at

#: The period of what a paper says of a year so many years before its own, where it has no date: no year is known.
UNDATED = "?"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom the walk is speaking about. `subject` is None for the paper's own subject."""

    subject: str | None = None
    item: str = ""
    application: str = ""
    #: The year of the paper's date, the one the paper speaks of, and the one its part at hand does; "" where unsaid.
    as_of: str = ""
    year: str = ""
    period: str = ""
    boundary: str = ""


def period_of(kind: FactKind, scope: Scope) -> str:
    """The year a statement is of: none for what does not change, for what is true on a day where the form says so."""
    if kind.time == "always":
        return ""
    return scope.period or (scope.year if kind.time == "year" else "")


def dated(group: Group, data: Any, scope: Scope) -> Scope:
    """The scope of a group that is a paper of its own, with the year it speaks of."""
    if group.paper is None:
        return scope
    said = at(data, group.paper.date)
    found = re.match(r"[0-9]{4}", said) if isinstance(said, str) else None
    if found is None:
        return replace(scope, as_of="", year="")
    return replace(scope, as_of=found[0], year=str(int(found[0]) + group.paper.year))


def placed(node: Node, beside: Any, scope: Scope) -> Scope:
    """The scope with the period and the boundary that a node says of itself and all below."""
    if node.boundary is not None:
        scope = replace(scope, boundary=node.boundary.name or _said(beside, node.boundary.field))
    if node.period is None:
        return scope
    if node.period.field is not None:
        return replace(scope, period=_said(beside, node.period.field))
    return replace(scope, period=str(int(scope.year) + node.period.offset) if scope.year else UNDATED)


def _said(beside: Any, field: str | None) -> str:
    """What a sibling field says."""
    said = at(beside, f"/{field}")
    return fold_name(str(said)) if isinstance(said, str | int) else ""
