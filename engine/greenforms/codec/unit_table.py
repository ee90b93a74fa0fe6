"""The table of units (data/units.txt), each an exact number of base units and a kind of quantity.

The file is in pint's definition language, of which it needs two sentences: a kind of its own (`元 = [money]`) and a
product or quotient of numbers and units above it (`亩 = 2000 * 平方米 / 3`). They are read here, because loading pint
takes longer than all else that a small paper needs; the tests hold each unit against pint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from greenforms.codec.data import read_text
from greenforms.codec.dimension import BARE, Dimension

_KIND = re.compile(r"\[(\w*)\]")
_STEP = re.compile(r"([*/]?)\s*([^\s*/]+)\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how many base units it is, and of which kind."""

    scale: Fraction
    kind: Dimension

    def __mul__(self, other: Unit) -> Unit:
        return Unit(self.scale * other.scale, self.kind * other.kind)

    def __truediv__(self, other: Unit) -> Unit:
        return Unit(self.scale / other.scale, self.kind / other.kind)


#: The unit of bare numbers.
ONE = Unit(Fraction(1), BARE)


@cache
def unit_table() -> Mapping[str, Unit]:
    """Every unit by its name in the file."""
    found: dict[str, Unit] = {}
    for line in read_text("units.txt").splitlines():
        name, equals, said = line.partition("=")
        if equals and not line.startswith("#"):
            found[name.strip()] = _defined(said.strip(), found)
    return found


def _defined(said: str, known: Mapping[str, Unit]) -> Unit:
    if kind := _KIND.fullmatch(said):
        return Unit(Fraction(1), Dimension({kind[0]: Fraction(1)}) if kind[1] else BARE)
    unit = ONE
    for sign, name in _STEP.findall(said):
        part = known[name] if name in known else Unit(Fraction(name), BARE)
        unit = unit / part if sign == "/" else unit * part
    return unit
