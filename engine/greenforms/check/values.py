"""Checks each value by its codec: is it acceptable, and is it written the usual way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from greenforms.check.figures import out_of_reach
from greenforms.check.pointers import label, phrase
from greenforms.check.sentence import sentence, shown
from greenforms.check.severities import normal_form_severity, value_severity
from greenforms.codec.base import Problem
from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.form.said import said
from greenforms.form.tree import Leaf, Value, misfits, values
from greenforms_extractors.match.flow import Flow

_TOO_LARGE = Problem("数值的位数超出可能的范围", "请核对数值和单位")


def value_findings(form: Form, data: Any, document: str, missing: frozenset[str]) -> Iterator[Finding]:
    """What the codecs say of every value of the shape they expect; what is in `missing` is complained of already."""
    silent = missing.union(misfits(form.root, data))
    for value in values(form.root, data):
        if value.value is None or value.pointer in silent:
            continue
        codec = value.leaf.codec.name
        problems = (_TOO_LARGE,) if out_of_reach(value.value) else value.leaf.codec.check(value.value)
        for problem in problems:
            yield _finding(form, document, value, f"value/{codec}", value_severity(codec), problem)
        if not problems and (unusual := _unusual(value.leaf, value.value)) is not None:
            yield _finding(form, document, value, f"normal-form/{codec}", normal_form_severity(), unusual)


def _unusual(leaf: Leaf, value: Any) -> Problem | None:
    """The complaint that a value would not come back as it is from paper, with what would come back."""
    if leaf.codec.flow is Flow.PICTURES:  # they are not read back from text
        return None
    normal = leaf.codec.parse(leaf.codec.format(value)).value
    if normal == value:
        return None
    if normal is None:
        return Problem(f"{shown(value)}打印后读不出内容", "请改写成通常的写法")
    return Problem(f"{shown(value)}不是规范的写法", "请按建议的写法填写", normal)


def _finding(form: Form, document: str, value: Value, rule: str, severity: Severity, problem: Problem) -> Finding:
    where = phrase(form.root, value.pointer)
    place = Place(document, value.pointer, label(form, value.pointer), value.value)
    fix = problem.remedy
    if problem.suggestion is not None:
        fix = f"{fix}，建议改为“{said(value.leaf, problem.suggestion)}”"
    message = sentence(where, problem.reason, fix)
    return Finding(rule, severity, message, (place,), fix=problem.remedy, suggestion=problem.suggestion)
