"""What a draft is: the data, where each value is from, and what is still to be filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from greenforms.carry.material import Statement
from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, at


@dataclass(frozen=True, slots=True)
class Filled:
    """A value and where it is from, in words; `statement` where a paper states it as a fact."""

    pointer: str
    value: Any
    source: str
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """A place that a person must fill in, why, and the figures at hand for it; `pointer` may be a whole list."""

    pointer: str
    reason: str
    figures: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A report as far as papers fill it."""

    form: Form
    unit: str
    data: dict[str, Any] = field(default_factory=dict)
    filled: dict[str, Filled] = field(default_factory=dict)
    #: Why a place could not be filled from papers that speak of it, by pointer; of the disputed ones papers contradict
    #: each other, and they stay open whatever else there is.
    open: dict[str, str] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)
    prompts: list[Prompt] = field(default_factory=list)
    #: What was taken over from an earlier draft.
    kept: set[str] = field(default_factory=set)

    def has(self, pointer: str) -> bool:
        """Whether a place is filled, or left open because papers contradict each other."""
        return at(self.data, pointer) is not ABSENT or pointer in self.disputed

    def leave(self, pointer: str, reason: str, *, disputed: bool) -> None:
        """Leave a place open, for a reason."""
        self.open[pointer] = reason
        if disputed:
            self.disputed.add(pointer)

    def settle(self, pointer: str) -> None:
        """Let what a person decided stand, although papers contradict each other."""
        self.open.pop(pointer, None)
        self.disputed.discard(pointer)

    def fill(self, pointer: str, value: Any, source: str, statement: Statement | None = None) -> None:
        """Fill a place that is empty."""
        put(self.data, pointer, value)
        self.filled[pointer] = Filled(pointer, value, source, statement)
