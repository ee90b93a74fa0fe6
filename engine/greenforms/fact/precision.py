"""Printed numbers: how exact they are, when two of them agree, and within which limits a printed number stands.

A number printed with d decimals was rounded to them. With as many decimals two numbers must be equal; with fewer, some
number must round to both: 1.25 agrees with 1.2 (half to even, GB/T 8170) and with 1.3 (half up), and 1.35 with 1.3, for
1.349 rounds to both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import reduce


class Agreement(Enum):
    """How two printed numbers stand to each other; CUT: only cutting digits off makes the one of the other."""

    EQUAL = "equal"
    CUT = "cut"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Printed:
    """A number and the unit of its last printed place, both in one unit: 12.50 is 12.5 by 1/100."""

    value: Fraction
    step: Fraction

    @property
    def half(self) -> Fraction:
        """How far the number may lie from what was rounded."""
        return self.step / 2

    def scaled(self, factor: Fraction) -> Printed:
        """The same figure in another unit."""
        return Printed(self.value * factor, self.step * factor)


@dataclass(frozen=True, slots=True)
class Interval:
    """From `least` to `most`, both included."""

    least: Fraction
    most: Fraction

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return self.least <= other.most and other.least <= self.most

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.least + other.least, self.most + other.most)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.least - other.most, self.most - other.least)

    def __mul__(self, other: Interval) -> Interval:
        return _hull([one * two for one in (self.least, self.most) for two in (other.least, other.most)])

    def __truediv__(self, other: Interval) -> Interval:
        """Where the quotient lies; raises ZeroDivisionError when the divisor may be zero."""
        if other.least <= 0 <= other.most:
            raise ZeroDivisionError
        return _hull([one / two for one in (self.least, self.most) for two in (other.least, other.most)])

    def smaller(self, other: Interval) -> Interval:
        """Where the smaller of the two lies."""
        return Interval(min(self.least, other.least), min(self.most, other.most))

    def clamped(self) -> Interval:
        """The interval with what is below 0 at 0 and what is above 1 at 1."""
        ends = [min(max(end, Fraction(0)), Fraction(1)) for end in (self.least, self.most)]
        return Interval(ends[0], ends[1])

    def at_most(self, other: Interval) -> bool | None:
        """Whether it is no larger than the other, None where that is open."""
        return True if self.most <= other.least else False if self.least > other.most else None

    def joined(self, other: Interval) -> Interval:
        """From the least of both to the most of both."""
        return Interval(min(self.least, other.least), max(self.most, other.most))


def _hull(numbers: list[Fraction]) -> Interval:
    return Interval(min(numbers), max(numbers))


def decimals_of(number: Decimal) -> int:
    """How many decimals a number is printed with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def half_unit(number: Decimal) -> Decimal:
    """Half a unit of the last printed place: 12.50 stands for 12.495 to 12.505, a whole number for itself ± 0.5."""
    return Decimal(5).scaleb(-decimals_of(number) - 1)


def printed(value: Decimal, decimals: int | None = None) -> Printed:
    """A number as printed with so many decimals, its own where none are told; fewer than 0 mean tens, hundreds …"""
    places = decimals_of(value) if decimals is None else decimals
    return Printed(Fraction(value), Fraction(10) ** -places)


def interval(number: Printed) -> Interval:
    """Where the number lies that was rounded."""
    return Interval(number.value - number.half, number.value + number.half)


def adds_up_when_cut(parts: Sequence[Printed], total: Printed) -> bool:
    """Whether a total may be the sum of its parts, all of them printed with further digits cut off."""
    added = reduce(Cut.__add__, map(cut_off, parts))
    return added.meets(cut_off(total))


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the number lies whose digits were cut off: from `least` to `most`, each included or not."""

    least: Fraction
    most: Fraction
    has_least: bool
    has_most: bool

    def __add__(self, other: Cut) -> Cut:
        return Cut(
            self.least + other.least,
            self.most + other.most,
            self.has_least and other.has_least,
            self.has_most and other.has_most,
        )

    def meets(self, other: Cut) -> bool:
        """Whether the two overlap; where they only touch, either may have the end, as XBRL's processors take it."""
        least, most = max(self.least, other.least), min(self.most, other.most)
        has_ends = (self.has_least or other.has_least) and (self.has_most or other.has_most)
        return least < most or (least == most and has_ends)


def cut_off(number: Printed) -> Cut:
    """Where the number lies that this one is left of; 0 is left of what is smaller than its step, on either side."""
    above = number.step if number.value >= 0 else Fraction(0)
    below = number.step if number.value <= 0 else Fraction(0)
    return Cut(number.value - below, number.value + above, not below, not above)


def agreement(one: Printed, other: Printed) -> Agreement:
    """Whether two figures in one unit agree.

    Printed to one place they must be equal; to different places they agree when some number could have been printed as
    both. Cutting off is told only where the places of one are tenths, hundredths … of the other's.
    """
    fine, coarse = sorted((one, other), key=lambda figure: figure.step)
    if fine.value == coarse.value:
        return Agreement.EQUAL
    if fine.step == coarse.step:
        return Agreement.DIFFERENT
    if interval(fine).meets(interval(coarse)):
        return Agreement.EQUAL
    is_cut_off = _is_power_of_ten(coarse.step / fine.step) and is_cut(fine, coarse)
    return Agreement.CUT if is_cut_off else Agreement.DIFFERENT


def is_cut(fine: Printed, coarse: Printed) -> bool:
    """Whether cutting off digits makes the coarser figure of the finer one."""
    return coarse.value / coarse.step == int(fine.value / coarse.step)


def quotient(numerator: Printed, denominator: Printed) -> Interval | None:
    """Where a ratio of printed numbers lies; None when the denominator may be zero."""
    above, below = interval(numerator), interval(denominator)
    if below.least <= 0 <= below.most:
        return None
    return above / below


def _is_power_of_ten(number: Fraction) -> bool:
    whole = number.numerator if number.denominator == 1 else number.denominator if number.numerator == 1 else 0
    return whole > 0 and str(whole).rstrip("0") == "1"
