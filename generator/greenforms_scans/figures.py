"""Made-up figures of the sizes that forms hold, as Decimal with the digits that people write."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from random import Random

from greenforms.form.tree import Bounds
from greenforms_scans.pools import pool


def figure(rng: Random, least: str, most: str, places: int) -> Decimal:
    """A figure between two bounds with so many decimal places."""
    step = Decimal(1).scaleb(-places)
    low = (Decimal(least) / step).to_integral_value(ROUND_CEILING)
    return rng.randint(int(low), max(int(low), int(Decimal(most) / step))) * step


def percentage(rng: Random, least: int = 1, most: int = 99) -> Decimal:
    """A figure of per cent with none to two places."""
    return figure(rng, str(least), str(most), rng.choice((0, 1, 1, 2)))


def part_of(rng: Random, whole: Decimal, least: int, most: int) -> Decimal:
    """So many per cent of a figure, with as many places as it has."""
    share = whole * rng.randint(least, most) / 100
    return share.quantize(Decimal(1).scaleb(int(whole.as_tuple().exponent)))


def of_unit(rng: Random, unit: str, bounds: Bounds, most_places: int | None) -> Decimal:
    """A figure of the size that figures of a unit have, within the bounds and the decimals of its field."""
    usual = pool("figures")
    said = usual.get(unit, usual[""])
    low, high = Decimal(str(said["least"])), Decimal(str(said["most"]))
    if "magnitudes" in said:
        low = Decimal(10) ** rng.choice(said["magnitudes"])
        high = 10 * low - 1
    low, high = _within(low, high, bounds)
    places = rng.choice(said["places"])
    return figure(rng, str(low), str(high), places if most_places is None else min(places, most_places))


def _within(low: Decimal, high: Decimal, bounds: Bounds) -> tuple[Decimal, Decimal]:
    """The usual span cut to the bounds, or the bounds where they lie beside it."""
    least, most = bounds.least, bounds.most
    cut = max(low, least if least is not None else low), min(high, most if most is not None else high)
    if cut[0] <= cut[1]:
        return cut
    if least is not None:
        return least, most if most is not None else least * 10 + 1
    return (Decimal(0), most) if most is not None and most > 0 else (cut[1] * 10, cut[1])
