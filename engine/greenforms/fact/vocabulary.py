"""The shared vocabulary: the facts that papers are compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactKind:
    """One entry of the vocabulary. `kind` decides how two statements of it are compared."""

    id: str
    title: str
    kind: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts by id."""

    facts: Mapping[str, FactKind]
