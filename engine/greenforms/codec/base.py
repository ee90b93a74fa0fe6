"""What every codec is: one value type, both directions.

A codec is a frozen dataclass whose fields are its options, so that a form's schema binds them once
(``Number(unit="万元", decimals=2)``). `format` prints a value as the paper shows it; `parse` takes printed or typed
text back. Neither ever guesses: what is doubtful is a `Problem`, at most with a suggestion. Values are JSON values as
our data holds them: str, Decimal, int, bool, None, list or dict; never float.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Literal

from greenforms_extractors.match.flow import Flow


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


class Codec(ABC):
    """One value type. Implementations are frozen dataclasses, one per module.

    The class says what values of the type are, so that nobody else needs to know which types there are.
    """

    __slots__ = ()

    #: The name schemas use in `x-codec`.
    name: ClassVar[str]
    #: JSON Schema types a field of this codec may have.
    json_types: ClassVar[frozenset[str]]
    #: What an object of this type holds, all of it required; () where values are no objects.
    members: ClassVar[tuple[str, ...]] = ()
    #: How a value is laid out: in a line or cell, as paragraphs of its own, or as pictures with captions.
    flow: ClassVar[Flow] = Flow.TEXT
    #: Whether values are numbers, which spreadsheets keep as such; `whole` ones are integers.
    figure: ClassVar[bool] = False
    whole: ClassVar[bool] = False
    #: Whether no line may break inside a value, not even at a hyphen.
    unbroken: ClassVar[bool] = False
    #: The least and most a figure of the type can be, whatever the form says.
    reach: ClassVar[tuple[int, int] | None] = None
    #: Whether any text is a value, so that nothing refuses a sign for 不适用 or a prompt that was left standing.
    free_text: ClassVar[bool] = False
    #: What a misread value hardly ever passes: being of a closed list, or a check digit.
    proof: ClassVar[Literal["", "list", "check-digit"]] = ""
    #: The members of a composite value, by key, with what people call them.
    parts: ClassVar[Mapping[str, str]] = MappingProxyType({})
    #: How many characters wide a column for such values should be.
    width: ClassVar[int] = 14

    @abstractmethod
    def format(self, value: Any) -> str:
        """Print a value of the codec's type as the paper shows it. Never fails on a value that `check` passes."""

    @abstractmethod
    def parse(self, text: str) -> Reading:
        """Read printed or typed text. Blank text gives ``Reading(None)`` without a problem."""

    @abstractmethod
    def check(self, value: Any) -> tuple[Problem, ...]:
        """Say what is wrong with a value of the right JSON type; empty when it is acceptable."""

    def entry(self, value: Any) -> str:
        """A value as people type it; as it is printed, unless print shows more than the value."""
        return self.format(value)

    def offered(self) -> Sequence[str]:
        """The values to choose from, where there are but a few."""
        return ()

    def hint(self, examples: Sequence[Any] = ()) -> str:
        """How a value is written, in words for whoever fills in the form; `examples` are values of the field."""
        return ""

    def likely(self, text: str) -> Any:
        """The only value that a text which is none was likely meant to be, read from a picture; else None."""
        return None
