"""Kinds of quantity, as powers of what they are made of: they are calculated with like numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


class DifferentKindError(ValueError):
    """Two units of which neither can be expressed in the other."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A kind of quantity, as the powers of what it is made of; calculated with like numbers."""

    powers: Mapping[str, Fraction]

    def __add__(self, other: Dimension) -> Dimension:
        return self.joined(other)

    def __sub__(self, other: Dimension) -> Dimension:
        return self.joined(other)

    def __mul__(self, other: Dimension) -> Dimension:
        return self._with(other, 1)

    def __truediv__(self, other: Dimension) -> Dimension:
        return self._with(other, -1)

    def _with(self, other: Dimension, sign: int) -> Dimension:
        kinds = {*self.powers, *other.powers}
        powers = {
            kind: self.powers.get(kind, Fraction(0)) + sign * other.powers.get(kind, Fraction(0)) for kind in kinds
        }
        return Dimension({kind: power for kind, power in powers.items() if power})

    def joined(self, other: Dimension) -> Dimension:
        """The kind of what may be either; raises DifferentKindError when the two are of different kinds."""
        if self != other:
            raise DifferentKindError("相加减、比较的两个数不是同一种量")
        return self

    def smaller(self, other: Dimension) -> Dimension:
        """The kind of the smaller of the two."""
        return self.joined(other)

    def clamped(self) -> Dimension:
        """The kind of what is held to 0 … 1, which must be a bare number."""
        return self.joined(Dimension({}))

    def at_most(self, other: Dimension) -> None:
        """Nothing can be said but that the two compare."""
        self.joined(other)


#: The kind of bare numbers.
BARE = Dimension({})
