"""Made-up figures of the sizes that forms hold, as Decimal with the digits that people write."""

from __future__ import annotations

from decimal import Decimal
from random import Random


def figure(rng: Random, least: str, most: str, places: int) -> Decimal:
    """A figure between two bounds with so many decimal places."""
    step = Decimal(1).scaleb(-places)
    return rng.randint(int(Decimal(least) / step), int(Decimal(most) / step)) * step


def money(rng: Random) -> Decimal:
    """An amount in 万元, from a workshop's to a group's, mostly with two places."""
    magnitude = rng.choice((3, 4, 5, 6))
    return figure(rng, str(10**magnitude), str(10 ** (magnitude + 1) - 1), rng.choice((0, 1, 2, 2, 2)))


def percentage(rng: Random, least: int = 1, most: int = 99) -> Decimal:
    """A figure of per cent with none to two places."""
    return figure(rng, str(least), str(most), rng.choice((0, 1, 1, 2)))


def part_of(rng: Random, whole: Decimal, least: int, most: int) -> Decimal:
    """So many per cent of a figure, with as many places as it has."""
    share = whole * rng.randint(least, most) / 100
    return share.quantize(Decimal(1).scaleb(int(whole.as_tuple().exponent)))


def grown(rng: Random, figure_before: Decimal) -> Decimal:
    """The same figure a year later: a little less or up to a quarter more."""
    return part_of(rng, figure_before, 95, 125)
