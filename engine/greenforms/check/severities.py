"""Severity of the findings that no rule of an edition decides; the data stand in severities.yaml."""

from __future__ import annotations

from pathlib import Path

from greenforms.finding import Severity
from greenforms.tables import table

_SEVERITIES = Path(__file__).with_name("severities.yaml")


def schema_severity(kind: str) -> Severity:
    """How much a problem of structure matters."""
    return Severity(table(_SEVERITIES)["schema"][kind])


def value_severity(codec: str) -> Severity:
    """How much a value of a codec that is not acceptable matters."""
    return Severity(table(_SEVERITIES)["value"].get(codec, table(_SEVERITIES)["value"]["default"]))


def edition_severity() -> Severity:
    """How much it matters that an edition is not in force."""
    return Severity(table(_SEVERITIES)["edition"])


def normal_form_severity() -> Severity:
    """How much an unusual spelling matters."""
    return Severity(table(_SEVERITIES)["normal-form"])
