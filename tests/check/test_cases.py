"""The cases in tests/check/cases: a change to a shipped example and exactly the findings it must bring."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from greenforms.bundled import examples_dir
from greenforms.check.rules import run_rules
from greenforms.check.validation import validate
from greenforms.conformance.patch import changed
from greenforms.finding import Outcome
from shipped import LIBRARY, editions

CASES = sorted(Path(__file__).parent.glob("cases/*/*"))
PLANTED = Path(__file__).parent / "planted" / "errors.yaml"
AS_OF = date(2026, 11, 21)


#: What a rule comes to that has nothing to say.
SETTLED = (Outcome.PASSED, Outcome.NOT_APPLICABLE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_brings_its_findings(case: Path, read_example):
    """This test ensures that a change brings exactly the findings listed, with the words a reader needs."""
    expected = yaml.safe_load((case / "expected.yaml").read_text("utf-8"))
    patch = json.loads((case / "change.json").read_text("utf-8"), parse_float=Decimal)
    form, data = read_example(expected["example"])
    findings = validate(form, changed(data, patch), case.name, expected["as_of"])
    assert [(finding.rule, finding.places[0].path) for finding in findings] == [
        (wanted["rule"], wanted["path"]) for wanted in expected["findings"]
    ]
    for finding, wanted in zip(findings, expected["findings"], strict=True):
        assert [word for word in wanted["words"] if word not in finding.message] == [], finding.message
        assert finding.message.endswith("。")
        assert finding.fix in finding.message
        assert {place.document for place in finding.places} == {case.name}


@pytest.mark.parametrize("example", sorted(path.stem for path in examples_dir().glob("*.json")))
def test_a_shipped_example_is_without_findings(example: str, read_example):
    """This test ensures that the examples pass: what a newcomer runs first must be right."""
    form, data = read_example(example)
    assert [finding.message for finding in validate(form, data, as_of=AS_OF)] == []
    open_ = {result.rule.check for result in run_rules(form, data, as_of=AS_OF) if result.outcome not in SETTLED}
    assert open_ <= {"answered"}, "only what people are asked may be open"


def test_every_rule_has_a_case_that_fails():
    """This test ensures that no rule is declared that nothing shows to work."""
    shown = {
        finding["rule"]
        for case in CASES
        for finding in yaml.safe_load((case / "expected.yaml").read_text("utf-8"))["findings"]
    }
    shown |= {error["rule"] for error in yaml.safe_load(PLANTED.read_text("utf-8"))}
    rules = [rule for edition in editions() for rule in LIBRARY.rules_of(edition)]
    rules += [rule for rule in LIBRARY.shared_rules if rule.scope == "paper"]
    shown |= {rule.id for rule in rules if any(case.fails for case in rule.cases)}
    assert {rule.id for rule in rules} - shown == set()
