"""Weighs recognised fields by what else is known: the edition's rules, and the same fact elsewhere.

A sum that comes out right was hardly misread, and two places that say the same were hardly misread alike. What
contradicts makes both sides doubtful, for nobody can tell from here which is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from greenforms.check.case import Case
from greenforms.check.parameters import bind_any
from greenforms.check.rules import CheckResult, run_rules
from greenforms.dossier.dossier import Dossier
from greenforms.dossier.groups import groups_of
from greenforms.dossier.paper import Paper
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import Vocabulary
from greenforms.finding import Outcome
from greenforms.form.form import Form
from greenforms.form.library import Library
from greenforms.pack.collect import facts_of
from greenforms.pack.doubts import differing, with_summary
from greenforms.recognise.calibration import Calibration, calibration
from greenforms.recognise.confidence import regraded
from greenforms.recognise.extraction import Extraction, FieldReading

#: What the calibration calls these kinds of evidence.
SAME_FACT = "same-fact"
RULE = "rule/"

Readings = dict[str, FieldReading]


def assess(library: Library, extraction: Extraction) -> Extraction:
    """One paper with its recognised fields weighed, and the findings that come of it."""
    if not _recognised(extraction):
        return extraction
    form = library.form(extraction.form)
    weighed, groups = weigh(form, extraction, calibration())
    findings = (*extraction.findings, *differing(form, extraction, groups))
    return with_summary(form, replace(weighed, findings=findings))


def weigh(form: Form, extraction: Extraction, by: Calibration) -> tuple[Extraction, list[list[Fact]]]:
    """One paper with its recognised fields weighed, and its facts that are stated more than once."""
    readings = _recognised(extraction)
    _weigh_rules(form, extraction, readings, by)
    groups = list(repeated(facts_of(form, extraction)))
    for group in groups:
        _weigh_statements(form.library.vocabulary, group, {extraction.file: readings}, by)
    return _with(extraction, readings), groups


def assess_together(
    library: Library, papers: Sequence[Extraction], groups: Iterable[Sequence[Fact]]
) -> list[Extraction]:
    """The papers of a folder, weighed by the facts that several of them state."""
    readings = {paper.file: _recognised(paper) for paper in papers}
    for group in groups:
        _weigh_statements(library.vocabulary, group, readings, calibration(), elsewhere=True)
    return [
        with_summary(library.form(paper.form), _with(paper, readings[paper.file])) if readings[paper.file] else paper
        for paper in papers
    ]


def _recognised(extraction: Extraction) -> Readings:
    return {field.path: field for field in extraction.fields if field.source == "ocr"}


def _with(extraction: Extraction, readings: Mapping[str, FieldReading]) -> Extraction:
    return replace(extraction, fields=tuple(readings.get(field.path, field) for field in extraction.fields))


# -- rules -------------------------------------------------------------------------------------------------------------


def _weigh_rules(form: Form, extraction: Extraction, readings: Readings, by: Calibration) -> None:
    """Weigh the fields by the rules that hold, then by those that are broken: these have the last word."""
    telling = [each for each in run_rules(form, extraction.data) if f"{RULE}{each.rule.check}" in by.evidence]
    for holds in (True, False):
        for result in telling:
            doubt = "" if holds else f"与“{result.rule.title}”不符"
            for pointer in _kept(result, form, extraction.data) if holds else _broken(result):
                _weigh_one(pointer, readings, by, f"{RULE}{result.rule.check}", doubt=doubt)


def _broken(result: CheckResult) -> Iterable[str]:
    """The fields that break a rule."""
    return dict.fromkeys(place.path for finding in result.findings for place in finding.places)


def _kept(result: CheckResult, form: Form, data: Any) -> Iterator[str]:
    """The fields that a rule was found to hold for; with one field broken nobody says which others were looked at."""
    if result.outcome is Outcome.PASSED:
        case = Case(Dossier(form.library, ()), (Paper(form, data),))
        check = bind_any(result.rule, form.library.parameters)
        yield from (spot.pointer for spot in case.spots(*check.operands()))


# -- the same fact elsewhere -------------------------------------------------------------------------------------------


def repeated(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    """The facts about the paper's own subject that it states in more than one place."""
    by_key: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if not fact.listed and fact.value is not None:
            by_key[fact.fact, fact.period, fact.item, fact.boundary].append(fact)
    yield from (group for group in by_key.values() if len(group) > 1)


def _weigh_statements(
    vocabulary: Vocabulary,
    group: Sequence[Fact],
    readings: Mapping[str, Readings],
    by: Calibration,
    *,
    elsewhere: bool = False,
) -> None:
    """Raise what another place confirms, lower what every other place contradicts.

    `elsewhere`: only statements of other papers count, because those of its own have been weighed.
    """
    kind = vocabulary.facts[group[0].fact]
    agreeing = groups_of(kind, group)
    for said in agreeing:
        for fact in said:
            others = [other for other in group if _is_other(fact, other, elsewhere=elsewhere)]
            holds = any(other in said for other in others)
            if others and (holds or not kind.several):
                own = readings.get(fact.document, {})
                _weigh_one(fact.path, own, by, SAME_FACT, doubt="" if holds else "与同一数据的另一处不一致")


def _is_other(one: Fact, other: Fact, *, elsewhere: bool) -> bool:
    """Whether another statement was read by itself: one text taken twice is no witness of its own."""
    if one.document != other.document:
        return True
    return not elsewhere and one.path != other.path and one.evidence != other.evidence


def _weigh_one(pointer: str, readings: Readings, by: Calibration, name: str, *, doubt: str) -> None:
    """Weigh one field by evidence that holds, or fails with a `doubt`."""
    reading = readings.get(pointer)
    if reading is not None and reading.value is not None:
        confidence = by.weigh(reading.confidence, name, holds=not doubt)
        readings[pointer] = regraded(reading, confidence, by, doubt)
