"""Whether data have the shape a form prints: the right types in the right places and nothing the form has no place for.

What has another shape cannot be printed, and what was printed by us cannot have it. Whether a value is acceptable, or
missing, is not asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Shape:
    """The types a value may have, and what its members look like. `closed` allows no other members."""

    types: frozenset[str] = frozenset()
    members: Mapping[str, Shape] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    closed: bool = False
    items: Shape | None = None

    @classmethod
    def of(cls, schema: Mapping[str, Any]) -> Shape:
        """The shape a JSON Schema without references asks for."""
        kinds = schema.get("type", ())
        return cls(
            types=frozenset([kinds] if isinstance(kinds, str) else kinds),
            members={name: cls.of(member) for name, member in schema.get("properties", {}).items()},
            required=frozenset(schema.get("required", ())),
            closed=schema.get("additionalProperties") is False,
            items=cls.of(schema["items"]) if "items" in schema else None,
        )

    def fits(self, value: Any) -> bool:
        """Whether a value has this shape."""
        if isinstance(value, str):  # most are
            return not self.types or "string" in self.types
        if value.__class__ is int:
            return not self.types or "integer" in self.types or "number" in self.types
        if self.types and not any(_IS[kind](value) for kind in self.types):
            return False
        if isinstance(value, list):
            return self.items is None or all(map(self.items.fits, value))
        return not isinstance(value, Mapping) or self._fits_members(value)

    def _fits_members(self, value: Mapping[Any, Any]) -> bool:
        if not self.required <= value.keys() or (self.closed and not value.keys() <= self.members.keys()):
            return False
        return all(self.members[name].fits(member) for name, member in value.items() if name in self.members)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return isinstance(value, int) or Decimal(value).is_finite()


def _is_whole(value: Any) -> bool:
    return _is_number(value) and (isinstance(value, int) or value == Decimal(value).to_integral_value())


_IS: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, Mapping),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": _is_whole,
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
