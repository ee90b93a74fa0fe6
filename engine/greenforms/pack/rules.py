"""The rules between papers, as declared in schemas/pack-rules.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from greenforms.finding import Citation, Finding, Place, Severity
from greenforms.form.package import library
from greenforms.form.source import load_yaml


@dataclass(frozen=True, slots=True)
class PackRule:
    """A rule about a folder of papers. `reasons` are the known reasons for return that it prevents."""

    id: str
    title: str
    severity: Severity
    reasons: tuple[str, ...]
    citation: Citation | None


@cache
def pack_rules() -> Mapping[str, PackRule]:
    """All rules by id. Raises FormPackageError when the file is broken."""
    content = load_yaml(library().folders[0] / "schemas" / "pack-rules.yaml", "pack-rules")
    return {
        entry["id"]: PackRule(
            entry["id"],
            entry["title"],
            Severity(entry["severity"]),
            tuple(entry["reasons"]),
            Citation(**entry["citation"]) if entry["citation"] else None,
        )
        for entry in content["rules"]
    }


def found(rule_id: str, message: str, places: tuple[Place, ...], fix: str) -> Finding:
    """A finding of one of these rules, with the severity and citation declared for it."""
    rule = pack_rules()[rule_id]
    return Finding(rule.id, rule.severity, message, places, rule.citation, fix)
