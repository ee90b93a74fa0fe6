"""What a named check is and what it says of each thing it looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol

from greenforms.check.pointers import label, phrase, spots
from greenforms.finding import Severity
from greenforms.form.form import Form
from greenforms.form.tree import Group


@dataclass(frozen=True, slots=True)
class Paper:
    """The data set under check. `as_of` is the day the verdict is for."""

    form: Form
    data: Any
    as_of: date | None = None

    @property
    def root(self) -> Group:
        """The form's fields."""
        return self.form.root

    def spots(self, pattern: str) -> Iterator[tuple[str, Any]]:
        """Pointer and value of every place of a pattern that is filled; an explicit 不适用 is not."""
        return (spot for spot in spots(self.data, pattern) if spot[1] is not None)

    def phrase(self, pointer: str) -> str:
        """What a message calls a place."""
        return phrase(self.root, pointer)

    def title(self, pointer: str) -> str:
        """What a place is called by itself."""
        return label(self.form, pointer)


@dataclass(frozen=True, slots=True)
class Fine:
    """One thing looked at and found right."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks the rule. `severity` only where it differs from the rule's: a question to a person."""

    pointers: tuple[str, ...]
    what: str
    fix: str
    suggestion: Any = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that could not be judged, and why."""

    reason: str


Judgement = Fine | Fault | Gap
FINE = Fine()


class Check(Protocol):
    """A named check. Implementations are frozen dataclasses, one per module; their fields are the parameters."""

    name: ClassVar[str]

    def patterns(self) -> tuple[str, ...]:
        """The pointers and patterns among the parameters, which must exist in the form."""
        ...

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each thing the check applies to; nothing judged means that it does not apply."""
        ...
