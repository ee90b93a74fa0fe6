"""How the papers of an evidence folder are told apart: kinds by the names they bear, and the labels of their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from greenforms.errors import FormPackageError
from greenforms.form.library import Library
from greenforms.form.rule import Rule

_FILE = "evidence.yaml"


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of paper: the names it bears, and the labels of its holder, its last day and its number."""

    id: str
    title: str
    names: tuple[str, ...]
    holder: tuple[str, ...]
    until: tuple[str, ...] = ()
    number: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceRules:
    """What `schemas/evidence.yaml` says.

    `unlimited` are words for no last day, `other_holders` facts that name whose papers may be there beside the unit's,
    `rules` those that judge what a report cites, `lists` the lists without numbers, `pages` the columns that may
    tell the page, `noticed` what reading the report may notice that belongs here.
    """

    kinds: tuple[EvidenceKind, ...]
    unlimited: tuple[str, ...]
    other_holders: tuple[str, ...]
    rules: tuple[Rule, ...]
    lists: tuple[str, ...]
    pages: tuple[str, ...]
    noticed: tuple[str, ...]


def evidence_rules(library: Library) -> EvidenceRules:
    """The rules of the form folder. Raises FormPackageError for what is broken or names what nobody has."""
    said = library.content(_FILE, "evidence")
    rules = {rule.id: rule for rule in library.all_rules}
    counts = Counter(each["id"] for each in said["kinds"])
    errors = [
        *(f"种类“{id_}”有 {count} 个" for id_, count in counts.items() if count > 1),
        *(f"词汇表里没有“{each}”" for each in said["other_holders"] if each not in library.vocabulary.facts),
        *(f"没有编号为“{each}”的规则" for each in said["rules"] if each not in rules),
    ]
    if errors:
        raise FormPackageError(tuple(f"schemas/{_FILE}：{each}" for each in errors))
    return EvidenceRules(
        tuple(map(_kind, said["kinds"])),
        tuple(said["unlimited"]),
        tuple(said["other_holders"]),
        tuple(rules[each] for each in said["rules"]),
        tuple(said["lists"]),
        tuple(said["pages"]),
        tuple(said["noticed"]),
    )


def _kind(said: Mapping[str, Any]) -> EvidenceKind:
    words = {key: tuple(said.get(key, ())) for key in ("names", "holder", "until", "number")}
    return EvidenceKind(said["id"], said["title"], **words)
