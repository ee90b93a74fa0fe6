"""A table of thousands of rows with one fault in each: some are told, the others are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from greenforms.check.pointers import title
from greenforms.check.sentence import sentence
from greenforms.finding import Finding
from greenforms.form.form import Form
from greenforms.form.tree import pattern_of

#: So many findings of one rule on one field are told.
_TOLD = 50


def condensed(form: Form, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order; where one rule has many on one field, the last of them counts the rest."""
    alike: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    kept: list[Finding] = []
    for finding in findings:
        group = alike[finding.rule, pattern_of(finding.places[0].path)]
        group.append(finding)
        if len(group) <= _TOLD:
            kept.append(finding)
    return (*kept, *(_rest(form, group[_TOLD:]) for group in alike.values() if len(group) > _TOLD))


def _rest(form: Form, findings: list[Finding]) -> Finding:
    first = findings[0]
    name = title(form.root, first.places[0].path)
    what = f"同样的问题还有 {len(findings)} 处，没有逐一列出"
    fix = "请改正已列出的之后再校验一次"
    return replace(first, message=sentence(f"“{name}”", what, fix), suggestion=None)
