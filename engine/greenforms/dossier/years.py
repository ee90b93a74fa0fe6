"""What is true on a paper's day is held against papers of the same year only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def of_one_year(things: Sequence[T], year: Callable[[T], str]) -> Iterator[list[T]]:
    """The things by year, in the order met; what has no year goes with every year."""
    years: dict[str, list[T]] = defaultdict(list)
    for thing in things:
        years[year(thing)].append(thing)
    undated = years.pop("", [])
    if len(years) < 2:
        yield list(things)
        return
    for found in years.values():
        yield [thing for thing in things if thing in found or thing in undated]
