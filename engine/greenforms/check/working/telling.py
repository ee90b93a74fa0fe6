"""An explanation in words, line by line, and as a tree for programs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from greenforms.check.working.explaining import Explanation
from greenforms.check.working.score import OPTIONAL, Gate, RowScore, Score
from greenforms.check.working.tree import Working, long, rounded

#: So many rows are named as those that cost most.
_DEAREST = 5
ESTIMATE = "等分估算"


def lines_of(found: Explanation) -> Iterator[str]:
    """An explanation for people: the figure, how it follows, and for a score what it lacks and what costs most."""
    yield from _lines(found.working, "", rows=found.score is None)
    if found.score is not None:
        yield from score_lines(found.score)


def _lines(working: Working, indent: str, *, rows: bool = True) -> Iterator[str]:
    yield f"{indent}{working.title}{_place(working)}：{outcome_of(working)}"
    inner = indent + "  "
    if working.written:
        yield f"{inner}算式：{working.title}＝{working.written}"
    if working.put_in:
        yield f"{inner}代入：{working.put_in}＝{_shown(working.value, working.unit)}{_rounding(working)}"
    if working.written and working.stated is not None:
        yield f"{inner}材料填写：{working.stated:f}{working.unit}"
    if working.source:
        sure = f"（算式可信度：{working.confidence}）" if working.written else f"（可信度：{working.confidence}）"
        yield f"{inner}依据：{working.source}{sure if working.confidence else ''}"
    if working.note:
        yield f"{inner}说明：{working.note}"
    for each in working.inputs if rows else ():
        yield from _lines(each, inner)


def _place(working: Working) -> str:
    return f"〔{working.label} {working.path}〕" if working.path and working.label else ""


def outcome_of(working: Working) -> str:
    """What a figure comes to, in words; "" for what has no value of its own."""
    if working.problem:
        return f"无法计算，因为{working.problem}"
    if working.value is None:
        return ""
    if working.written:
        return f"{working.rounded:f}{working.unit}"
    return f"{long(working.value):f}{working.unit}"


def _shown(value: Fraction | None, unit: str) -> str:
    return "" if value is None else f"{long(value):f}{unit}"


def _rounding(working: Working) -> str:
    if working.value is None or working.rounded is None or Fraction(working.rounded) == working.value:
        return ""
    return f"，修约（GB/T 8170）为{working.rounded:f}{working.unit}"


def score_lines(score: Score) -> Iterator[str]:
    """The rows of a score, its conditions and what costs most, in words."""
    for row in score.rows:
        yield f"  {_row(row, score)}"
    if score.left_out:
        titles = {row.id: row.title for row in score.sheet.catalogue.rows}
        yield f"  未选的可选项：{'、'.join(titles[row] for row in score.left_out)}"
    yield from _gate_lines(score)
    if score.estimate is not None:
        yield (
            f"  {ESTIMATE}：{rounded(score.estimate, score.sheet.scoring.decimals):f}{score.sheet.scoring.unit}"
            "（分值没有公布，各项按相等计；不是得分，不得填入材料）"
        )
    if score.dearest:
        yield "  失分最多的项目："
        places, unit = score.sheet.scoring.decimals, score.sheet.scoring.unit
        for row in score.dearest[:_DEAREST]:
            yield f"    {row.title}：可多得{rounded(row.costs or Fraction(0), places):f}{unit}"


def _row(row: RowScore, score: Score) -> str:
    working = row.working
    if working.problem:
        return f"{row.title}（{row.kind}）：无法计分，因为{working.problem}"
    put_in = f"{working.put_in}＝" if working.put_in and set(row.working.written) & set("×÷") else ""
    full = f"，满分{long(row.full):f}" if row.full is not None else ""
    return f"{row.title}（{row.kind}）：{put_in}{_four(working.value)}{full}"


def _four(value: Fraction | None) -> str:
    """A row's score with four decimals at most."""
    return "" if value is None else f"{rounded(value, 4).normalize():f}"


def _gate_lines(score: Score) -> Iterator[str]:
    gate = score.gate
    judged = len(gate.met) + len(gate.unmet)
    if not judged and not gate.unsaid:
        return
    verdict = "有不符合的，不能入选" if gate.unmet else "都符合" if not gate.unsaid else "没有填全，不能判断"
    counts = f"符合{len(gate.met)}项，不符合{len(gate.unmet)}项，没有填写{len(gate.unsaid)}项"
    yield f"  必须符合的{judged + len(gate.unsaid)}项：{counts}，{verdict}"
    if gate.unmet:
        yield f"    不符合：{'、'.join(gate.unmet)}"
    optional = [row for row in score.rows if OPTIONAL in row.kind and row.met is not None]
    if optional:
        yield f"  可选的{len(optional)}项：符合{sum(bool(row.met) for row in optional)}项"


def working_json(working: Working) -> dict[str, Any]:
    """A working as a tree; figures that do not end are written with 12 digits, `value_exact` as a fraction."""
    shape: dict[str, Any] = {"title": working.title, "unit": working.unit}
    if working.value is not None:
        shape["value"] = working.rounded if working.written else long(working.value)
        shape["value_exact"] = str(working.value)
        shape["value_unrounded"] = long(working.value)
    for name in ("path", "label", "formula", "written", "put_in", "source", "confidence", "note"):
        if said := getattr(working, name):
            shape[name] = said
    if working.stated is not None:
        shape["stated"] = working.stated
    if working.problem:
        shape["cannot"] = working.problem
    if working.inputs:
        shape["inputs"] = [working_json(each) for each in working.inputs]
    return shape


def explanation_json(found: Explanation) -> dict[str, Any]:
    """An explanation as a tree; for a score with its rows, its conditions and what costs most."""
    shape = working_json(found.working)
    if (score := found.score) is None:
        return shape
    places = score.sheet.scoring.decimals
    shape["rows"] = [_row_json(row, places) for row in score.rows]
    shape["left_out"] = list(score.left_out)
    shape["required"] = _gate_json(score.gate)
    shape["costs_most"] = [row.id for row in score.dearest[:_DEAREST]]
    if score.estimate is not None:
        shape["equal_share_estimate"] = {"value": rounded(score.estimate, places), "is_score": False}
    return shape


def _row_json(row: RowScore, places: int) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "met": row.met,
        "full": _number(row.full),
        "costs": None if row.costs is None else rounded(row.costs, places),
        **working_json(row.working),
    }


def _gate_json(gate: Gate) -> dict[str, Any]:
    return {"met": list(gate.met), "unmet": list(gate.unmet), "unsaid": list(gate.unsaid)}


def _number(value: Fraction | None) -> Decimal | None:
    return None if value is None else long(value)
