"""The register: every rule, return reason and clause of the documents, and what has been made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from greenforms.conformance.suite import all_rules
from greenforms.form.library import Library
from greenforms.form.rule import Rule

#: Beginnings of the ids of findings that every paper or data set is looked at for, whatever the rules.
BUILT_IN = ("schema/", "value/", "read/", "record/", "edition/", "procedure/")
#: How an entry is taken care of, in words.
STANDS = {"papers": "由材料判断", "answers": "问人后判断", "procedural": "程序", "open": "还没有"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule or reason: what it says, and by which rules it is judged, or why by none."""

    id: str
    says: str
    rules: tuple[str, ...]
    stands: str
    why: str
    given: Mapping[str, Any]


def rules_register(library: Library) -> tuple[Entry, ...]:
    """The rules of the documents, in the order of the file."""
    known = all_rules(library)
    entries = library.content("register/rules.yaml", "register")["entries"]
    return tuple(_entry(entry, tuple(entry.get("rules", ())), known) for entry in entries)


def reasons_register(library: Library) -> tuple[Entry, ...]:
    """The return reasons; their rules are those that name them, and those that the file adds."""
    known = all_rules(library)
    by_reason: dict[str, list[str]] = {}
    for rule in known.values():
        for reason in rule.reasons:
            by_reason.setdefault(reason, []).append(rule.id)
    entries = library.content("register/reasons.yaml", "register")["entries"]
    return tuple(_entry(each, (*by_reason.get(each["id"], ()), *each.get("rules", ())), known) for each in entries)


def clauses(library: Library) -> Iterator[tuple[str, str, Mapping[str, Any], tuple[Rule, ...]]]:
    """Each clause with its edition, its document and the rules that rest on it."""
    for document in library.content("register/clauses.yaml", "clauses")["documents"]:
        resting = [
            rule
            for rule in all_rules(library).values()
            if rule.citation and rule.citation.document == document["document"]
        ]
        for clause in document["clauses"]:
            keys = tuple(clause.get("keys", (clause["article"],)))
            found = tuple(rule for rule in resting if rule.citation and _rests(rule.citation.article, keys))
            yield document["edition"], document["document"], clause, found


def _rests(article: str, keys: tuple[str, ...]) -> bool:
    parts = [part for piece in article.split("；") for part in piece.split("、")]
    return any(part.startswith(key) for part in parts for key in keys)


def _entry(given: Mapping[str, Any], rules: tuple[str, ...], known: Mapping[str, Rule]) -> Entry:
    why = given.get("procedural", given.get("open", ""))
    stands = "procedural" if "procedural" in given else "open" if "open" in given else _stands(rules, known)
    return Entry(given["id"], given["says"], rules, stands, why, given)


def _stands(rules: tuple[str, ...], known: Mapping[str, Rule]) -> str:
    """By papers where any of the rules looks at one; else people are asked."""
    return "papers" if any(not asks(known[each]) for each in rules if each in known) or _built_in(rules) else "answers"


def _built_in(rules: tuple[str, ...]) -> bool:
    return any(each.startswith(BUILT_IN) for each in rules)


def asks(rule: Rule) -> bool:
    """Whether a rule judges what a person answers."""
    return "question" in rule.parameters
