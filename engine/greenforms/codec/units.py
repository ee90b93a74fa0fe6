"""Units of measurement as the forms print them, with exact conversion.

pint with a registry of our own (data/units.txt): its default registry reads stray Latin letters as units and turns
standard coal into joules. Factors are fractions, so that 15 亩 are exactly 1 公顷.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from greenforms.codec.data import read_text, read_yaml
from greenforms_extractors.folding import fold_prose, without_space

_SIGNS = str.maketrans("（）／％•∙⋅．・×", "()/%·····*")


class UnknownUnitError(ValueError):
    """A text that names no unit of the registry; `text` is what was written."""

    def __init__(self, text: str) -> None:
        """Keep what was written."""
        self.text = text
        super().__init__(f"不认识的计量单位“{text}”")


@dataclass(frozen=True)
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


class DifferentKindError(ValueError):
    """Two units of which neither can be expressed in the other."""


def parse_unit(text: str) -> Any:
    """The pint unit a text names: one spelling of the list, or a quotient of such (吨标准煤/万元).

    Everything behind the slash is the divisor, with or without brackets, as in kWh/(m²·a).
    """
    return _parse_folded(fold_unit(text))


def fold_unit(text: str) -> str:
    """Fold the spelling of a unit; superscripts stay, because m² is not m2 in print."""
    return without_space(fold_prose(text)).translate(_SIGNS)


def spellings() -> Iterator[str]:
    """Every spelling of a unit that is known."""
    return (spelling for known in read_yaml("unit_names.yaml").values() for spelling in known)


def is_unit(text: str) -> bool:
    """Whether a text names a unit."""
    try:
        parse_unit(text)
    except UnknownUnitError:
        return False
    return True


def same_unit(one: str, other: str) -> bool:
    """Whether two texts are spellings of one unit; texts that are no units are compared as written."""
    if fold_unit(one) == fold_unit(other):
        return True
    return is_unit(one) and is_unit(other) and bool(parse_unit(one) == parse_unit(other))


def same_dimension(one: str, other: str) -> bool:
    """Whether one unit can be expressed in the other."""
    return bool(parse_unit(one).dimensionality == parse_unit(other).dimensionality)


def factor(from_: str, to: str) -> Fraction:
    """How many of the unit `to` make one of the unit `from_`."""
    if not same_dimension(from_, to):
        raise DifferentKindError(f"“{from_}”与“{to}”不是同一种量")
    quantity = _registry().Quantity(Fraction(1), parse_unit(from_))
    return Fraction(quantity.to(parse_unit(to)).magnitude)


@lru_cache(maxsize=512)
def measure(unit: str) -> tuple[Fraction, Dimension]:
    """How many base units one of the unit is, and of which kind it is; "" is the unit of bare numbers.

    A product's or a material's unit that a formula leaves open (产品单位) is of a kind of its own.
    """
    if not unit:
        return Fraction(1), Dimension({})
    quantity = _registry().Quantity(Fraction(1), parse_unit(unit)).to_root_units()
    kinds = {str(kind): Fraction(power) for kind, power in quantity.dimensionality.items()}
    return Fraction(quantity.magnitude), Dimension(kinds)


def convert(value: Decimal, from_: str, to: str) -> Decimal:
    """Express a value in another unit, with 28 significant digits where the result has no end."""
    result = Fraction(value) * factor(from_, to)
    return Decimal(result.numerator) / Decimal(result.denominator)


def convert_exactly(value: Decimal, from_: str, to: str) -> Decimal | None:
    """Express a value in another unit, or None when no decimal number says it exactly."""
    result = convert(value, from_, to)
    return result if Fraction(result) == Fraction(value) * factor(from_, to) else None


@lru_cache(maxsize=512)
def _parse_folded(text: str) -> Any:
    numerator, slash, denominator = text.partition("/")
    unit = _product(numerator, text)
    return unit / _product(_bare(denominator), text) if slash else unit


def _bare(text: str) -> str:
    """Drop the brackets around a whole denominator: kWh/(m²·a)."""
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


def _product(text: str, whole: str) -> Any:
    name = _names().get(text)
    if name is not None:
        return getattr(_registry(), name)
    first, dot, rest = text.partition("·")
    if not dot:
        raise UnknownUnitError(whole)
    return _product(first, whole) * _product(rest, whole)


@cache
def _names() -> dict[str, str]:
    return {
        fold_unit(spelling): name for name, spellings in read_yaml("unit_names.yaml").items() for spelling in spellings
    }


@cache
def _registry() -> Any:
    registry: Any = _pint().UnitRegistry(None, non_int_type=Fraction, cache_folder=None, on_redefinition="raise")
    registry.load_definitions(read_text("units.txt").splitlines())
    return registry


def _pint() -> Any:
    """The library of units, kept from loading dask, and much else, for arrays that we do not have."""
    loaded = "dask" in sys.modules
    if not loaded:
        sys.modules["dask"] = None  # type: ignore[assignment]
    try:
        import pint
    finally:
        if not loaded:
            del sys.modules["dask"]
    return pint
