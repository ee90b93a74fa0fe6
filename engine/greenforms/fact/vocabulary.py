"""The shared vocabulary: the facts that papers are compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FactKind:
    """One entry of the vocabulary. `kind` decides how two statements of it are compared."""

    id: str
    title: str
    kind: str
    unit: str | None = None
    #: A subject may have more than one value at once, such as two types it applies for.
    several: bool = False
    #: The value may differ between the applications of one subject.
    per_application: bool = False
    #: Other words for a choice, each with the word kept.
    synonyms: Mapping[str, str] = field(default_factory=dict)
    #: Whom or what it is said of.
    entity: str = "unit"
    #: `always` for what does not change, `day` for what is true on the paper's day, `year` for what covers a year.
    time: str = "day"
    note: str | None = None
    #: A statement that goes on where another one ends says the same, only closer, as of a city and its district.
    closer: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """Whom or what facts are said of; `named_by` is the fact that names one, `words` what such names are made of."""

    id: str
    title: str
    named_by: str | None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facts by id; which of them names the subject, and which tells its applications apart."""

    facts: Mapping[str, FactKind]
    subject: str
    application: str
    entities: Mapping[str, Entity] = field(default_factory=dict)
