"""A rule as the data files state it, and the cases that show it to work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from greenforms.finding import Citation, Severity


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A case beside a rule: papers made of examples by a JSON Patch, and the places where the rule must fault them.

    `fails` is empty for a case that passes; `also` are other rules that fault the same papers.
    """

    name: str
    papers: tuple[Mapping[str, Any], ...]
    fails: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    as_of: date | None = None
    unread: tuple[Mapping[str, str], ...] = ()
    answers: tuple[Mapping[str, str], ...] = ()
    lists: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Rule:
    """A named check with its parameters: on which papers, how grave, resting on what, and in which words.

    `scope`: `paper` for what each paper is held to by itself, `folder` for what the papers of a folder are held to
    together, `procedure` for what whoever goes through one of `procedures` must satisfy, if it is one of `types`
    (without them: whatever it is). Without `forms` it holds on every form, without a `citation` it rests on the form's
    own document.
    `messages` and `remedies` are by the kind of fault, with the placeholders of the check.
    """

    id: str
    title: str
    forms: tuple[str, ...]
    check: str
    parameters: Mapping[str, Any]
    severity: Severity
    citation: Citation | None = None
    #: Pointers that must be present for the rule to apply; where values stand beside one, with one of these.
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Ids of the catalogue of return reasons the rule answers to.
    reasons: tuple[str, ...] = ()
    in_force_from: date | None = None
    in_force_to: date | None = None
    messages: Mapping[str, str] = field(default_factory=dict)
    remedies: Mapping[str, str] = field(default_factory=dict)
    scope: Literal["paper", "folder", "procedure"] = "paper"
    procedures: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    #: Rules that have said it already where they fault one of the same places.
    yields_to: tuple[str, ...] = ()
    cases: tuple[RuleCase, ...] = ()
    #: The file that states it, as messages name it.
    source: str = ""


def rule_of(entry: Mapping[str, Any], source: str) -> Rule:
    """The rule of an entry of a rules file."""
    in_force = entry.get("in_force", {})
    return Rule(
        id=entry["id"],
        title=entry["title"],
        forms=tuple(entry.get("forms", ())),
        check=entry["check"],
        parameters=entry.get("with", {}),
        severity=Severity(entry["severity"]),
        citation=Citation(**entry["citation"]) if entry.get("citation") else None,
        when=_when(entry.get("when", {})),
        reasons=tuple(entry.get("reasons", ())),
        in_force_from=_day(in_force.get("from")),
        in_force_to=_day(in_force.get("to")),
        messages=_by_kind(entry["message"]),
        remedies=_by_kind(entry["remedy"]),
        scope=entry.get("scope", "paper"),
        procedures=tuple(entry.get("procedures", ())),
        types=tuple(entry.get("types", ())),
        yields_to=tuple(entry.get("yields_to", ())),
        cases=tuple(_case(case, entry.get("with", {}).get("question", "")) for case in entry.get("cases", ())),
        source=source,
    )


def _when(said: str | Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    """A pointer alone must only be present."""
    return {said: ()} if isinstance(said, str) else {pointer: tuple(values) for pointer, values in said.items()}


def _by_kind(said: str | Mapping[str, str]) -> Mapping[str, str]:
    """Texts by kind of fault; one text alone is for every kind, under the empty name."""
    return {"": said} if isinstance(said, str) else said


def _case(entry: Mapping[str, Any], question: str) -> RuleCase:
    """A case; an `answer` alone is one to the rule's own question."""
    alone = {key: entry[key] for key in ("example", "change") if key in entry}
    papers: Sequence[Mapping[str, Any]] = entry.get("papers", [alone] if alone else [])
    return RuleCase(
        name=entry["name"],
        papers=tuple(papers),
        fails=tuple(entry.get("fails", ())),
        also=tuple(entry.get("also", ())),
        as_of=_day(entry.get("as_of")),
        unread=tuple(entry.get("unread", ())),
        answers=tuple(entry.get("answers", _answered(entry, question))),
        lists=tuple(entry.get("lists", ())),
    )


def _answered(entry: Mapping[str, Any], question: str) -> Sequence[Mapping[str, str]]:
    if "answer" not in entry:
        return ()
    return ({"question": question, "answer": entry["answer"], "who": "填表人", "when": entry["as_of"]},)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
