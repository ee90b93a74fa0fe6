"""Errors planted one at a time are found where they are, and papers without an error are left alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from greenforms.check.validation import validate
from greenforms.conformance.patch import changed
from greenforms.finding import Finding
from greenforms_packs.plans import WRITERS
from shipped import load_form

PLANTED = yaml.safe_load((Path(__file__).parent / "planted" / "errors.yaml").read_text("utf-8"))
AS_OF = date(2026, 11, 21)
CLEAN = 200


def exact(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str), parse_float=Decimal)


def findings_on(error: Mapping[str, Any], read_example) -> tuple[Finding, ...]:
    form, data = read_example(error.get("example", "cultivation-plan-factory"))
    return validate(form, changed(data, exact(error["change"])), as_of=AS_OF)


def is_found(error: Mapping[str, Any], findings: tuple[Finding, ...]) -> bool:
    return any(
        finding.rule == error["rule"] and error["at"] in {place.path for place in finding.places}
        for finding in findings
    )


def test_planted_errors_are_found(read_example):
    """This test ensures that each error is found by the rule and at the place that its entry names."""
    missed = [error["name"] for error in PLANTED if not is_found(error, findings_on(error, read_example))]
    assert missed == []
    assert len({error["name"] for error in PLANTED}) == len(PLANTED) > 30


def test_one_error_is_told_once(read_example):
    """This test ensures that no planted error draws a swarm of findings on other places."""
    swarms = {}
    for error in PLANTED:
        findings = findings_on(error, read_example)
        others = [each for each in findings if error["at"] not in {place.path for place in each.places}]
        swarms[error["name"]] = len(others)
    assert {name: count for name, count in swarms.items() if count > 1} == {}


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_clean_papers_are_left_alone(form: str):
    """This test ensures that papers without an error bring no finding, however they are worded."""
    known = load_form(form.partition("@")[0])
    found = []
    for seed in range(CLEAN // len(WRITERS)):
        data = WRITERS[form](Random(f"{form} {seed}"))  # noqa: S311 - test data
        found += [(seed, finding.rule, finding.message) for finding in validate(known, data, as_of=AS_OF)]
    assert found == []
