"""Weighs the recognised fields of one paper by what else is known: the edition's rules, and the same fact elsewhere.

A sum that comes out right was hardly misread, and two places that say the same were hardly misread alike. What
contradicts makes both sides doubtful, for nobody can tell from here which is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from greenforms.check.case import Case
from greenforms.check.parameters import bind_any
from greenforms.check.rules import CheckResult, run_rules
from greenforms.dossier.dossier import Dossier
from greenforms.dossier.paper import Paper
from greenforms.fact.statement import Fact
from greenforms.finding import Outcome
from greenforms.form.form import Form
from greenforms.read.extraction import Extraction
from greenforms.read.said import facts_of
from greenforms.read.trust.calibration import Calibration, calibration
from greenforms.read.trust.doubts import differing, with_summary
from greenforms.read.trust.statements import repeated, weigh_statements
from greenforms.read.trust.weighing import Readings, recognised, weigh_one, with_readings

#: What the calibration calls this kind of evidence.
RULE = "rule/"


def assess(form: Form, extraction: Extraction) -> Extraction:
    """One paper with its recognised fields weighed, and the findings that come of it."""
    if not recognised(extraction):
        return extraction
    weighed, groups = weigh(form, extraction, calibration())
    findings = (*extraction.findings, *differing(form, extraction, groups))
    return with_summary(form, replace(weighed, findings=findings))


def weigh(form: Form, extraction: Extraction, by: Calibration) -> tuple[Extraction, list[list[Fact]]]:
    """One paper with its recognised fields weighed, and its facts that are stated more than once."""
    readings = recognised(extraction)
    _weigh_rules(form, extraction, readings, by)
    groups = list(repeated(facts_of(form, extraction)))
    for group in groups:
        weigh_statements(form.library.vocabulary, group, {extraction.file: readings}, by)
    return with_readings(extraction, readings), groups


def _weigh_rules(form: Form, extraction: Extraction, readings: Readings, by: Calibration) -> None:
    """Weigh the fields by the rules that hold, then by those that are broken: these have the last word."""
    telling = [each for each in run_rules(form, extraction.data) if f"{RULE}{each.rule.check}" in by.evidence]
    for holds in (True, False):
        for result in telling:
            doubt = "" if holds else f"与“{result.rule.title}”不符"
            for pointer in _kept(result, form, extraction.data) if holds else _broken(result):
                weigh_one(pointer, readings, by, f"{RULE}{result.rule.check}", doubt=doubt)


def _broken(result: CheckResult) -> Iterable[str]:
    """The fields that break a rule."""
    return dict.fromkeys(place.path for finding in result.findings for place in finding.places)


def _kept(result: CheckResult, form: Form, data: Any) -> Iterator[str]:
    """The fields that a rule was found to hold for; with one field broken nobody says which others were looked at."""
    if result.outcome is Outcome.PASSED:
        case = Case(Dossier(form.library, ()), (Paper(form, data),))
        check = bind_any(result.rule, form.library.parameters)
        yield from (spot.pointer for spot in case.spots(*check.operands()))
