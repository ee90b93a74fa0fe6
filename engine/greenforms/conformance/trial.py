"""Runs one variation: exactly the expected rule must speak, where it should, and no other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from greenforms.bundled import examples_dir
from greenforms.check.eligibility import rules_of
from greenforms.check.rules import CheckResult, across, run_on
from greenforms.check.validation import validate
from greenforms.conformance.patch import changed
from greenforms.conformance.suite import KINDS, Variation
from greenforms.dossier.copies import copies_among
from greenforms.dossier.dossier import Answer, Dossier, Unread
from greenforms.dossier.given import GivenList
from greenforms.dossier.paper import Paper
from greenforms.finding import Finding, Outcome
from greenforms.form.form import Form
from greenforms.form.library import Library


def complaints(library: Library, variation: Variation, *, others: bool = True) -> list[str]:
    """What a variation shows to be wrong with its rule or with others, in words; nothing where all is right.

    Without `others` its rule alone is run, which takes a tenth of the time.
    """
    dossier = dossier_of(library, variation)
    result = _result(library, variation, dossier)
    found = [] if result is None else [finding.places[0].path for finding in result.findings]
    wrong = [*_of_rule(variation, result, found)]
    said = _speaking(library, _content(variation)) if others and variation.kind != "other" else frozenset()
    if strange := said - {variation.rule.id, *variation.also}:
        wrong.append(f"别的规则也报了：{'、'.join(sorted(strange))}")
    where = f"{variation.rule.id} {KINDS[variation.kind]} “{variation.name}”"
    return [f"{where}：{each}" for each in wrong]


def _of_rule(variation: Variation, result: CheckResult | None, found: list[str]) -> Iterator[str]:
    if variation.expected == "fires" and not found:
        yield "应当报出，没有报"
    elif variation.expected != "fires" and found:
        yield f"不应当报，报在{'、'.join(found)}"
    elif variation.places is not None and found != list(variation.places):
        yield f"应当报在{'、'.join(variation.places)}，报在{'、'.join(found)}"
    elif variation.expected == "open" and (result is None or result.outcome is not Outcome.NOT_EVALUATED):
        yield "应当说不能判断，没有说"
    elif variation.expected == "silent" and result is not None and result.outcome is Outcome.NOT_EVALUATED:
        yield f"应当能判断，却说不能：{'；'.join(result.reasons)}"


def _result(library: Library, variation: Variation, dossier: Dossier) -> CheckResult | None:
    """What the rule says; None where it is none of those of the procedure."""
    if variation.procedure and variation.rule not in rules_of(library, variation.procedure):
        return None
    return run_on(dossier, [variation.rule])[0]


def everything_on(library: Library, dossier: Dossier, procedure: str = "") -> list[Finding]:
    """What all rules find: on the papers, between them, and in a procedure."""
    own = [
        finding
        for paper in dossier.papers
        if not dossier.copies.original(paper.document)
        for finding in validate(paper.form, paper.data, paper.document, dossier.day, dossier.answers)
    ]
    results = [*across(dossier)] if dossier.papers or dossier.unread else []
    if procedure:
        results += run_on(dossier, rules_of(library, procedure))
    return [*own, *(finding for result in results for finding in result.findings)]


def dossier_of(library: Library, variation: Variation) -> Dossier:
    """The papers and answers of a variation."""
    return _dossier(library, json.loads(_content(variation), parse_float=Decimal))


@cache
def _speaking(library: Library, content: str) -> frozenset[str]:
    """The rules that find something on what many variations have alike."""
    given = json.loads(content, parse_float=Decimal)
    return frozenset(finding.rule for finding in everything_on(library, _dossier(library, given), given["procedure"]))


def _content(variation: Variation) -> str:
    """What a variation has rules look at, as JSON."""
    given = {name: getattr(variation, name) for name in ("papers", "answers", "unread", "lists", "procedure")}
    edition = "" if variation.kind == "other" else variation.rule.id.partition("/")[0]
    day = variation.as_of and variation.as_of.isoformat()
    return json.dumps({**given, "edition": edition, "as_of": day}, sort_keys=True)


def _dossier(library: Library, given: Mapping[str, Any]) -> Dossier:
    papers = tuple(_paper(library, entry, given["edition"]) for entry in given["papers"])
    answers = tuple(
        Answer(each["question"], each["answer"], each["who"], date.fromisoformat(each["when"]))
        for each in given["answers"]
    )
    unread = tuple(Unread(**each) for each in given["unread"])
    lists = tuple(GivenList(each["kind"], "名单", "名单.xlsx", tuple(each["rows"])) for each in given["lists"])
    day = given["as_of"] and date.fromisoformat(given["as_of"])
    return Dossier(library, papers, day, answers, unread, copies_among(papers, {}), lists)


def _paper(library: Library, entry: Mapping[str, Any], edition: str) -> Paper:
    data = deepcopy(_example(entry["example"]))
    form = _form(library, entry["example"], edition)
    changed_data, makers = changed(data, entry.get("change", ())), tuple(entry.get("makers", ()))
    return Paper(form, changed_data, entry.get("file", ""), makers=makers)


@cache
def _example(name: str) -> Any:
    return json.loads((examples_dir() / f"{name}.json").read_text("utf-8"), parse_float=Decimal)


@cache
def _form(library: Library, example: str, edition: str) -> Form:
    """The form that an example is data of: best of the given edition, best one that names it, else by its name."""
    named = [
        (edition_id, entry)
        for edition_id in library.edition_ids
        for entry in library.edition(edition_id).forms
        if example.startswith(entry.name) or entry.example == f"{example}.json"
    ]
    id_, entry = max(
        named, key=lambda each: (each[0] == edition, each[1].example == f"{example}.json", len(each[1].name))
    )
    return library.form(f"{id_}/{entry.name}")
