"""Runs the rules an edition gives for a form, and checks the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from greenforms.check.parameters import bind
from greenforms.check.pointers import node_at
from greenforms.check.sentence import sentence
from greenforms.check.verdict import Fault, Gap, Judgement, Paper
from greenforms.errors import FormPackageError
from greenforms.finding import Finding, Outcome, Place, Severity
from greenforms.form.edition import Edition, Rule
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.form.tree import ABSENT, Group, at


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What became of one rule on one data set; `reasons` say why it could not be evaluated."""

    rule: Rule
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()


def run_rules(form: Form, data: Any, document: str = "", as_of: date | None = None) -> tuple[CheckResult, ...]:
    """The outcome of every rule of the form, in the order of the edition."""
    paper = Paper(form, data, as_of)
    return tuple(_run(rule, paper, document) for rule in form.rules)


def lint_rules(library: Library, edition: Edition) -> list[str]:
    """What is wrong with an edition's rules: checks, parameters and pointers that do not exist, ids given twice."""
    ids = [rule.id for rule in edition.rules]
    where = f"rules/{edition.id}.yaml"
    errors = [f"{where}：规则编号“{rule}”重复" for rule in sorted({rule for rule in ids if ids.count(rule) > 1})]
    for rule in edition.rules:
        errors += [f"{where}：{error}" for error in _lint(library, rule, edition)]
    return errors


def _lint(library: Library, rule: Rule, edition: Edition) -> list[str]:
    try:
        check = bind(rule)
    except FormPackageError as error:
        return list(error.errors)
    wanted = [*check.patterns(), *([rule.when] if rule.when else [])]
    return [
        f"规则“{rule.id}”：表单“{name}”没有字段“{pattern}”"
        for name in rule.forms
        if (root := _root(library, f"{edition.id}/{name}")) is not None
        for pattern in wanted
        if node_at(root, pattern) is None
    ]


def _root(library: Library, form_id: str) -> Group | None:
    """The fields of a form; None when its schema is broken, which is another complaint."""
    try:
        return library.form(form_id).root
    except FormPackageError:
        return None


def _run(rule: Rule, paper: Paper, document: str) -> CheckResult:
    if not _applies(rule, paper):
        return CheckResult(rule, Outcome.NOT_APPLICABLE)
    judgements = tuple(bind(rule).run(paper))
    faults = [judgement for judgement in judgements if isinstance(judgement, Fault)]
    return CheckResult(
        rule=rule,
        outcome=_outcome(judgements),
        findings=tuple(_finding(rule, paper, document, fault) for fault in faults),
        reasons=tuple(judgement.reason for judgement in judgements if isinstance(judgement, Gap)),
    )


def _applies(rule: Rule, paper: Paper) -> bool:
    if rule.when and at(paper.data, rule.when) in (ABSENT, None):
        return False
    if paper.as_of is None:
        return True
    start, end = rule.in_force_from or date.min, rule.in_force_to or date.max
    return start <= paper.as_of <= end


def _outcome(judgements: tuple[Judgement, ...]) -> Outcome:
    """Failed if anything is wrong, open if anything could not be judged, passed only if all of it was."""
    if any(isinstance(each, Fault) and each.severity is None for each in judgements):
        return Outcome.FAILED
    if any(isinstance(each, (Fault, Gap)) for each in judgements):
        return Outcome.NOT_EVALUATED
    return Outcome.PASSED if judgements else Outcome.NOT_APPLICABLE


def _finding(rule: Rule, paper: Paper, document: str, fault: Fault) -> Finding:
    places = tuple(
        Place(document, pointer, paper.title(pointer), None if (value := at(paper.data, pointer)) is ABSENT else value)
        for pointer in fault.pointers
    )
    basis = f"《{paper.form.edition.document_title(rule.citation.document)}》{rule.citation.article}"
    return Finding(
        rule=rule.id,
        severity=Severity(fault.severity or rule.severity),
        message=sentence(paper.phrase(fault.pointers[0]), fault.what, fault.fix, basis),
        places=places,
        citation=rule.citation,
        fix=fault.fix,
        suggestion=fault.suggestion,
    )
