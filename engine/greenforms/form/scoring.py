"""How a catalogue's rows are scored and added up, as its file states it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from greenforms.fact.expression import Expression, ExpressionError, parse

#: What expressions of scoring may name, by what is scored: one row, a group of rows, the whole.
ROW_NAMES = ("分值", "符合", "得分", "指标值", "引领值", "基准值")
GROUP_NAMES = ("权重", "得分", "分值")
TOTAL_NAMES = ("得分", "项数")
#: What a layout may say of a catalogue's columns in `x-score`.
ROLES = {
    "value": "指标值",
    "met": "符合",
    "score": "得分",
    "points": "分值",
    "leading": "引领值",
    "benchmark": "基准值",
}
#: What it says besides columns: the places of the total, of the verdict on all requirements, and of the numbers of what
#: is cited, each of those that the layout has.
PLACES = frozenset({"total", "verdict", "evidence"})


@dataclass(frozen=True, slots=True)
class RowRule:
    """How rows whose kind holds `kind` are scored; `full` is what one can reach."""

    kind: str
    expression: Expression
    full: Expression


@dataclass(frozen=True, slots=True)
class Scoring:
    """How a catalogue is scored: the rows of `part` by the first rule that fits, summed by `group_by`, added up.

    `met` and `unmet` are what papers write where a requirement is fulfilled or not. The rows of `gate` parts, and those
    scored whose kind holds `gate_kind`, must all be met.
    """

    title: str
    unit: str
    part: str
    rows: tuple[RowRule, ...]
    group_by: str
    group: Expression | None
    total: Expression
    decimals: int
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    gate: tuple[str, ...]
    gate_kind: str
    source: str
    confidence: str
    note: str


def scoring_of(said: Mapping[str, Any]) -> Scoring:
    """The scoring that a catalogue's file states. Raises ExpressionError with what is wrong."""
    groups = said.get("groups")
    return Scoring(
        title=said["title"],
        unit=said["unit"],
        part=said["part"],
        rows=tuple(map(_rule, said["rows"])),
        group_by=groups["by"] if groups else "",
        group=_parsed(groups["expression"], GROUP_NAMES) if groups else None,
        total=_parsed(said["total"], TOTAL_NAMES, frozenset({"得分"})),
        decimals=said.get("decimals", 2),
        met=tuple(said.get("met", ())),
        unmet=tuple(said.get("unmet", ())),
        gate=tuple(said.get("gate", {}).get("parts", ())),
        gate_kind=said.get("gate", {}).get("kind", ""),
        source=said["source"],
        confidence=said["confidence"],
        note=said.get("note", ""),
    )


def _rule(entry: Mapping[str, Any]) -> RowRule:
    full = _parsed(entry["full"], ROW_NAMES)
    return RowRule(entry.get("kind", ""), _parsed(entry["expression"], ROW_NAMES), full)


def _parsed(text: Any, allowed: tuple[str, ...], each: frozenset[str] = frozenset()) -> Expression:
    expression = parse(str(text))
    for what in _strange(expression, allowed, each):
        raise ExpressionError(what)
    return expression


def _strange(expression: Expression, allowed: tuple[str, ...], each: frozenset[str]) -> Iterator[str]:
    for name in expression.names:
        if name not in allowed:
            yield f"“{expression.text}”里的“{name}”不能用，可用：{'、'.join(allowed)}"
        if (name in expression.each) != (name in each):
            yield f"“{expression.text}”里的“{name}”{'要写在 sum(…) 里' if name in each else '不能写在 sum(…) 里'}"
