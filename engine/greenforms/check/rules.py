"""Runs rules over a dossier and puts what they find into the rules' words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from greenforms.check.case import Case
from greenforms.check.parameters import NothingInForce, bind
from greenforms.check.phrases import phrase_of
from greenforms.check.placed import placed, places_for
from greenforms.check.sentence import sentence
from greenforms.check.verdict import Fault, Gap, Judgement, Spot
from greenforms.dossier.dossier import Answer, Dossier
from greenforms.dossier.paper import Paper
from greenforms.finding import Citation, Finding, Outcome, Place, Severity
from greenforms.form.edition import Edition
from greenforms.form.form import Form
from greenforms.form.rule import Rule
from greenforms.form.tree import ABSENT, at

#: How facts are named.
_FACT = re.compile(r"[a-z_]+(\.[a-z_]+)+")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What became of one rule on one dossier; `reasons` say why it could not be evaluated."""

    rule: Rule
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()


def run_rules(
    form: Form, data: Any, document: str = "", as_of: date | None = None, answers: tuple[Answer, ...] = ()
) -> tuple[CheckResult, ...]:
    """The outcome of every rule of the form on one data set, in the order of the edition, then of the shared rules."""
    return run_on(Dossier(form.library, (Paper(form, data, document),), as_of, answers), form.rules)


def run_on(dossier: Dossier, rules: Iterable[Rule]) -> tuple[CheckResult, ...]:
    """The outcome of each rule on a dossier."""
    return tuple(_run(rule, dossier) for rule in rules)


def across(dossier: Dossier) -> tuple[CheckResult, ...]:
    """What the papers of a folder are held to together: the folder's rules, and those of facts from paper to paper.

    What a rule of facts finds on one paper alone has been said of that paper.
    """
    rules = dossier.library.shared_rules
    own = (rule for each in dict.fromkeys(map(_edition_of, dossier.papers)) for rule in dossier.library.rules_of(each))
    together = run_on(dossier, (rule for rule in (*rules, *own) if rule.scope == "folder"))
    of_facts = run_on(dossier, filter(_is_of_facts, rules)) if len(dossier.papers) > 1 else ()
    return (*together, *map(_between, of_facts))


def _edition_of(paper: Paper) -> str:
    return paper.form.edition.id


def _is_of_facts(rule: Rule) -> bool:
    """Whether a rule speaks of facts, wherever they are stated, and not of a form's places."""
    given = [each for value in rule.parameters.values() for each in (value if isinstance(value, list) else [value])]
    return rule.scope == "paper" and any(isinstance(each, str) and _FACT.fullmatch(each) for each in given)


def _between(result: CheckResult) -> CheckResult:
    """A result without what lies within one paper."""
    crossing = tuple(each for each in result.findings if len({place.document for place in each.places}) > 1)
    return CheckResult(result.rule, Outcome.FAILED if crossing else Outcome.NOT_APPLICABLE, crossing)


def _run(rule: Rule, dossier: Dossier) -> CheckResult:
    if not _in_force(rule, dossier.day):
        return CheckResult(rule, Outcome.NOT_APPLICABLE)
    cases = [(placed(rule, place), Case(dossier, papers)) for place, papers in _places(rule, dossier.papers).items()]
    judged = [(case, each) for own, case in cases for each in _judged(own, case)]
    judgements = tuple(each for _, each in judged)
    return CheckResult(
        rule=rule,
        outcome=_outcome(judgements),
        findings=tuple(_finding(rule, case, each) for case, each in judged if isinstance(each, Fault)),
        reasons=tuple(dict.fromkeys(phrase_of(each.why, **each.said) for each in judgements if isinstance(each, Gap))),
    )


def _judged(rule: Rule, case: Case) -> Iterable[Judgement]:
    check = bind(rule, case.dossier.library.parameters, case.day)
    if isinstance(check, NothingInForce):
        return (Gap("nothing-in-force", {"title": check.parameter.title}),)
    return check.run(case)


def _places(rule: Rule, papers: tuple[Paper, ...]) -> dict[str, tuple[Paper, ...]]:
    """The papers that a rule applies to, by the pointer below which they are, or have within them, what it speaks of.

    A rule of a folder or procedure is judged without a paper, too.
    """
    found: dict[str, tuple[Paper, ...]] = {} if rule.scope == "paper" else {"": ()}
    for paper in papers:
        for place in places_for(rule, paper.form):
            if _applies(placed(rule, place), paper):
                found[place] = (*found.get(place, ()), paper)
    return found


def _applies(rule: Rule, paper: Paper) -> bool:
    found = {pointer: at(paper.data, pointer) for pointer in rule.when}
    return all(
        value in rule.when[pointer] if rule.when[pointer] else value not in (ABSENT, None)
        for pointer, value in found.items()
    )


def _in_force(rule: Rule, day: date | None) -> bool:
    return day is None or (rule.in_force_from or date.min) <= day <= (rule.in_force_to or date.max)


def _outcome(judgements: tuple[Judgement, ...]) -> Outcome:
    """Failed if anything is wrong, open if anything could not be judged, passed only if all of it was."""
    if any(isinstance(each, Fault) and each.severity is not Severity.ASK for each in judgements):
        return Outcome.FAILED
    if any(isinstance(each, (Fault, Gap)) for each in judgements):
        return Outcome.NOT_EVALUATED
    return Outcome.PASSED if judgements else Outcome.NOT_APPLICABLE


def _finding(rule: Rule, case: Case, fault: Fault) -> Finding:
    first = fault.spots[0]
    said = {**fault.said, "field": case.title(first) if isinstance(first, Spot) else first.label}
    what = _text(rule.messages, fault.kind).format(**said)
    fix = _text(rule.remedies, fault.kind).format(**said)
    citation, basis = _basis(rule, case, first)
    told = "" if fix in what else fix
    return Finding(
        rule=rule.id,
        severity=Severity(fault.severity or rule.severity),
        message=sentence(case.phrase(first) if isinstance(first, Spot) else "", what, told, basis),
        places=tuple(case.place(spot) if isinstance(spot, Spot) else spot for spot in fault.spots),
        citation=citation,
        fix=fix,
        suggestion=fault.suggestion,
    )


def _text(texts: Any, kind: str) -> str:
    found: str = texts.get(kind, texts.get("", ""))
    return found


def _basis(rule: Rule, case: Case, first: Spot | Place) -> tuple[Citation | None, str]:
    """What a finding rests on, and in words: for a rule of no edition the document that the form is annexed to.

    A document of another edition than the form's is one of the rule's.
    """
    library, own = case.dossier.library, rule.id.partition("/")[0]
    edition = library.edition(own) if own in library.edition_ids else None
    if not isinstance(first, Spot):
        return rule.citation, _in_words(edition, rule.citation) if edition and rule.citation else ""
    form = first.paper.form
    citation = rule.citation or Citation(form.entry.document, form.entry.annex)
    return citation, _in_words(edition or form.edition, citation)


def _in_words(edition: Edition, citation: Citation) -> str:
    known = {document.id: document.title for document in edition.documents}
    return f"《{known.get(citation.document, citation.document)}》{citation.article}"
