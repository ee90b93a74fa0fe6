"""What every codec is: one value type, both directions.

A codec is a frozen dataclass whose fields are its options, so that a form's schema binds them once
(``Number(unit="万元", decimals=2)``). `format` prints a value as the paper shows it; `parse` takes printed or typed
text back. Neither ever guesses: what is doubtful is a `Problem`, at most with a suggestion. Values are JSON values as
our data holds them: str, Decimal, int, bool, None, list or dict; never float.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one value. `reason` and `remedy` are Chinese clauses without final punctuation."""

    reason: str
    remedy: str
    suggestion: Any | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. `value` is None when nothing acceptable was read; `problems` is empty when all is well.

    A value may come with problems: a code with a wrong check digit is still the code that stands there.
    """

    value: Any | None
    problems: tuple[Problem, ...] = field(default=())


class Codec(Protocol):
    """One value type. Implementations are frozen dataclasses, one per module."""

    #: The name schemas use in `x-codec`.
    name: ClassVar[str]
    #: JSON Schema types a field of this codec may have.
    json_types: ClassVar[frozenset[str]]

    def format(self, value: Any) -> str:
        """Print a value of the codec's type as the paper shows it. Never fails on a value that `check` passes."""
        ...

    def parse(self, text: str) -> Reading:
        """Read printed or typed text. Blank text gives ``Reading(None)`` without a problem."""
        ...

    def check(self, value: Any) -> tuple[Problem, ...]:
        """Say what is wrong with a value of the right JSON type; empty when it is acceptable."""
        ...
