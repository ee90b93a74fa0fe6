"""The cases that stand beside the rules in their data files: each rule faults what it should, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from change import changed

from greenforms.bundled import examples_dir
from greenforms.check.rules import across, run_on
from greenforms.check.validation import validate
from greenforms.dossier.copies import copies_among
from greenforms.dossier.dossier import Answer, Dossier, Unread
from greenforms.dossier.paper import Paper
from greenforms.finding import Finding, Outcome
from greenforms.form.rule import Rule, RuleCase
from shipped import LIBRARY, editions, form_of_example


def rules() -> Iterator[Rule]:
    for edition in editions():
        yield from LIBRARY.rules_of(edition)
    yield from LIBRARY.shared_rules


CASES = [(rule, case) for rule in rules() for case in rule.cases]


def exact(value: Any) -> Any:
    """A value of a data file as data sets hold it."""
    return json.loads(json.dumps(value), parse_float=Decimal)


def paper_of(entry: Any, edition: str) -> Paper:
    name = entry["example"]
    form = form_of_example(name, edition)
    data = json.loads((examples_dir() / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    return Paper(form, changed(data, deepcopy(exact(entry.get("change", [])))), entry.get("file", ""))


def dossier_of(rule: Rule, case: RuleCase) -> Dossier:
    papers = tuple(paper_of(entry, rule.id.split("/")[0]) for entry in case.papers)
    answers = tuple(Answer(**{**each, "when": date.fromisoformat(each["when"])}) for each in case.answers)
    unread = tuple(Unread(**each) for each in case.unread)
    return Dossier(LIBRARY, papers, case.as_of, answers, unread, copies_among(papers, {}))


def everything_on(dossier: Dossier) -> list[Finding]:
    own = [
        finding
        for paper in dossier.papers
        if not dossier.copies.original(paper.document)
        for finding in validate(paper.form, paper.data, paper.document, dossier.day, dossier.answers)
    ]
    return [*own, *(finding for result in across(dossier) for finding in result.findings)]


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{rule.id}-{case.name}" for rule, case in CASES])
def test_a_case_beside_its_rule(rule: Rule, case: RuleCase) -> None:
    """the rule faults exactly the places it should, and no other rule faults the papers of the case."""
    dossier = dossier_of(rule, case)
    [result] = run_on(dossier, [rule])
    assert [finding.places[0].path for finding in result.findings] == list(case.fails), result
    failed = {Outcome.FAILED, Outcome.NOT_EVALUATED} if case.fails else {Outcome.PASSED, Outcome.NOT_APPLICABLE}
    assert result.outcome in failed
    found = everything_on(dossier)
    assert {finding.rule for finding in found} - set(case.also) == ({rule.id} if case.fails else set())
    assert [finding.message for finding in found if "{" in finding.message or "。。" in finding.message] == []


def test_what_passes_was_looked_at() -> None:
    """a case that passes shows something only when its rule applies to it."""
    idle = {
        rule.id
        for rule in rules()
        if not any(
            run_on(dossier_of(rule, case), [rule])[0].outcome is Outcome.PASSED for case in rule.cases if not case.fails
        )
    }
    assert idle == {"nm-2024/plan-project-sum", "pack/copies", "pack/unread", "pack/unrecognised"}
