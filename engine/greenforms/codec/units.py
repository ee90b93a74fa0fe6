"""Units of measurement as the forms print them, with exact conversion.

The units are our own table (data/units.txt): those of libraries read stray Latin letters as units and turn standard
coal into joules. Factors are fractions, so that 15 亩 are exactly 1 公顷.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from greenforms.codec.data import read_yaml
from greenforms.codec.dimension import DifferentKindError, Dimension
from greenforms.codec.unit_table import ONE, Unit, unit_table
from greenforms_extractors.folding import fold_prose, without_space

_SIGNS = str.maketrans("（）／％•∙⋅．・×", "()/%·····*")


class UnknownUnitError(ValueError):
    """A text that names no unit of the registry; `text` is what was written."""

    def __init__(self, text: str) -> None:
        """Keep what was written."""
        self.text = text
        super().__init__(f"不认识的计量单位“{text}”")


def parse_unit(text: str) -> Unit:
    """The unit a text names: one spelling of the list, or a quotient of such (吨标准煤/万元).

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
    return is_unit(one) and is_unit(other) and parse_unit(one) == parse_unit(other)


def same_dimension(one: str, other: str) -> bool:
    """Whether one unit can be expressed in the other."""
    return parse_unit(one).kind == parse_unit(other).kind


def factor(from_: str, to: str) -> Fraction:
    """How many of the unit `to` make one of the unit `from_`."""
    if not same_dimension(from_, to):
        raise DifferentKindError(f"“{from_}”与“{to}”不是同一种量")
    return parse_unit(from_).scale / parse_unit(to).scale


def measure(unit: str) -> tuple[Fraction, Dimension]:
    """How many base units one of the unit is, and of which kind it is; "" is the unit of bare numbers.

    A product's or a material's unit that a formula leaves open (产品单位) is of a kind of its own.
    """
    found = parse_unit(unit) if unit else ONE
    return found.scale, found.kind


def convert(value: Decimal, from_: str, to: str) -> Decimal:
    """Express a value in another unit, with 28 significant digits where the result has no end."""
    result = Fraction(value) * factor(from_, to)
    return Decimal(result.numerator) / Decimal(result.denominator)


def convert_exactly(value: Decimal, from_: str, to: str) -> Decimal | None:
    """Express a value in another unit, or None when no decimal number says it exactly."""
    result = convert(value, from_, to)
    return result if Fraction(result) == Fraction(value) * factor(from_, to) else None


@lru_cache(maxsize=512)
def _parse_folded(text: str) -> Unit:
    numerator, slash, denominator = text.partition("/")
    unit = _product(numerator, text)
    return unit / _product(_bare(denominator), text) if slash else unit


def _bare(text: str) -> str:
    """Drop the brackets around a whole denominator: kWh/(m²·a)."""
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


def _product(text: str, whole: str) -> Unit:
    name = _names().get(text)
    if name is not None:
        return unit_table()[name]
    first, dot, rest = text.partition("·")
    if not dot:
        raise UnknownUnitError(whole)
    return _product(first, whole) * _product(rest, whole)


@cache
def _names() -> dict[str, str]:
    return {
        fold_unit(spelling): name for name, spellings in read_yaml("unit_names.yaml").items() for spelling in spellings
    }
