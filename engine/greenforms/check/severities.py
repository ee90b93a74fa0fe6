"""Severity of the findings that no rule of an edition decides; the data stand in severities.yaml."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from greenforms.finding import Severity


def schema_severity(kind: str) -> Severity:
    """How much a problem of structure matters."""
    return Severity(_table()["schema"][kind])


def value_severity(codec: str) -> Severity:
    """How much a value of a codec that is not acceptable matters."""
    return Severity(_table()["value"].get(codec, _table()["value"]["default"]))


def edition_severity() -> Severity:
    """How much it matters that an edition is not in force."""
    return Severity(_table()["edition"])


def normal_form_severity() -> Severity:
    """How much an unusual spelling matters."""
    return Severity(_table()["normal-form"])


@cache
def _table() -> Any:
    import yaml

    return yaml.safe_load(resources.files(__package__).joinpath("severities.yaml").read_text("utf-8"))
