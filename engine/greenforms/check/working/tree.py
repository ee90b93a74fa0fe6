"""A figure worked out step by step, with the places it was taken from; each step may be worked out itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from greenforms.codec.dimension import BARE, Dimension
from greenforms.fact.precision import Interval


@dataclass(frozen=True, slots=True)
class Working:
    """One figure. `value` is what it comes to or what the paper says, exactly, in `unit`; None with a `problem`.

    A step with a `formula` was worked out of its `inputs`: `written` is the formula, `put_in` the same with figures.
    `limits` say where the value lies when each printed input may be half a unit of its last place off. `stated` is what
    the paper says at `path`.
    """

    title: str
    unit: str = ""
    value: Fraction | None = None
    limits: Interval | None = None
    decimals: int = 2
    path: str = ""
    document: str = ""
    label: str = ""
    stated: Decimal | None = None
    formula: str = ""
    written: str = ""
    put_in: str = ""
    source: str = ""
    confidence: str = ""
    note: str = ""
    problem: str = ""
    inputs: tuple[Working, ...] = ()
    #: How many base units one of `unit` is, and of which kind.
    scale: Fraction = Fraction(1)
    kind: Dimension = BARE

    @property
    def rounded(self) -> Decimal | None:
        """The value rounded half to even (GB/T 8170), None where there is none."""
        return None if self.value is None else rounded(self.value, self.decimals)

    @property
    def base(self) -> Interval | None:
        """The value in base units."""
        return None if self.value is None else exactly(self.value * self.scale)

    @property
    def base_limits(self) -> Interval | None:
        """Where the value lies, in base units."""
        return None if self.limits is None else self.limits * exactly(self.scale)


def exactly(number: Fraction) -> Interval:
    """A number that is known exactly."""
    return Interval(number, number)


def rounded(number: Fraction, decimals: int) -> Decimal:
    """A number with so many decimals, half to even (GB/T 8170)."""
    return Decimal(round(number * 10**decimals)).scaleb(-decimals)


def long(number: Fraction) -> Decimal:
    """A number before it is rounded: whole where it ends, else with 12 significant digits."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    if Fraction(exact) == number:
        return exact
    return exact.quantize(Decimal(1).scaleb(exact.adjusted() - 11)) if exact else exact
