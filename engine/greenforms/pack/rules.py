"""The rules between papers, as declared in schemas/pack-rules.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from greenforms.errors import FormPackageError
from greenforms.finding import Citation, Finding, Place, Severity
from greenforms.form.library import Library


@dataclass(frozen=True, slots=True)
class PackRule:
    """A rule about a folder of papers. `reasons` are the known reasons for return that it prevents."""

    id: str
    title: str
    severity: Severity
    reasons: tuple[str, ...]
    citation: Citation | None


class PackRules:
    """The rules of a library, read when they are first needed."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def by_id(self) -> Mapping[str, PackRule]:
        """All rules by id. Raises FormPackageError when the file is broken."""
        content = self._library.content("pack-rules.yaml", "pack-rules")
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

    def errors(self) -> tuple[str, ...]:
        """What is wrong with the file they stand in."""
        try:
            _ = self.by_id
        except FormPackageError as error:
            return error.errors
        return ()

    def found(self, rule_id: str, message: str, places: tuple[Place, ...], fix: str) -> Finding:
        """A finding of one of these rules, with the severity and citation declared for it."""
        rule = self.by_id[rule_id]
        return Finding(rule.id, rule.severity, message, places, rule.citation, fix)
