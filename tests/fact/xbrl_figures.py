"""Random pairs of printed figures and random sums, the same for the same number; it imports nothing, so that Arelle's
environment can draw them, too."""

from __future__ import annotations

from decimal import Decimal
from random import Random

COUNT = 10_000
#: A figure as printed: its digits with the decimals it was printed with, fewer than 0 for tens, hundreds …
Figure = tuple[Decimal, int]


def _figure(rng: Random, near: Decimal | None = None) -> Figure:
    places = rng.randint(-2, 4)
    step = Decimal(1).scaleb(-places)
    if near is None:
        near = Decimal(rng.randint(-(10**7), 10**7)) / 10 ** rng.randint(0, 5)
    steps = (near / step).to_integral_value(rng.choice(("ROUND_HALF_EVEN", "ROUND_HALF_UP", "ROUND_DOWN", "ROUND_UP")))
    return (steps + rng.choice((0, 0, 0, 1, -1))) * step, places


def pair(number: int) -> tuple[Figure, Figure]:
    """Two figures of one thing: the second is near the first, rounded, cut off, or one of its last place off."""
    rng = Random(f"pair {number}")  # noqa: S311 - test data
    one = _figure(rng)
    return one, _figure(rng, one[0])


def addition(number: int) -> tuple[list[Figure], Figure]:
    """Some figures and a total that is near their sum."""
    rng = Random(f"sum {number}")  # noqa: S311 - test data
    parts = [_figure(rng) for _ in range(rng.randint(1, 6))]
    return parts, _figure(rng, sum((value for value, _ in parts), Decimal(0)))
