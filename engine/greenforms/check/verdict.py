"""What a named check is and what it says of each thing it looks at. It speaks in kinds and quotes; rules have words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from greenforms.dossier.paper import Paper
from greenforms.fact.statement import Fact
from greenforms.finding import Place, Severity
from greenforms.form.tree import Leaf

if TYPE_CHECKING:
    from greenforms.check.case import Case


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a paper with its value; `leaf` is the field, None for a place that is none."""

    paper: Paper
    pointer: str
    value: Any = None
    leaf: Leaf | None = None

    @property
    def fact(self) -> Fact | None:
        """The statement the place makes, if it makes one."""
        return self.paper.fact_at.get(self.pointer)


@dataclass(frozen=True, slots=True)
class Fine:
    """One thing looked at and found right."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks the rule: which kind of fault, where, and what its message may quote.

    `severity` only where it differs from the rule's: a question to a person.
    """

    kind: str
    spots: tuple[Spot | Place, ...]
    said: Mapping[str, str] = field(default_factory=dict)
    suggestion: Any = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that could not be judged: the name of the phrase that says why, and what it quotes."""

    why: str
    said: Mapping[str, str] = field(default_factory=dict)


Judgement = Fine | Fault | Gap
FINE = Fine()


class Check(Protocol):
    """A named check. Implementations are frozen dataclasses, one per module; their fields are the parameters."""

    name: ClassVar[str]

    @property
    def faults(self) -> Mapping[str, tuple[str, ...]]:
        """The kinds of fault it finds, each with the placeholders a rule's message may use."""
        ...

    def operands(self) -> tuple[str, ...]:
        """The pointer patterns and facts among the parameters, which must exist."""
        ...

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each thing the check applies to; nothing judged means that it does not apply."""
        ...
