"""A figure that running text tells is the one in the table, such as 主营业务收入 of a year or the sum of all 投资."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import figure
from greenforms.check.passages import Passage, compiled, passages
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.fact.compare import scale
from greenforms.fact.precision import Agreement, Printed, agreement, printed

_FIGURE = r"(?P<figure>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)\s*(?=(?P<tail>\S{0,10}))"
_YEAR = r"(?:[由从]?(?P<year>(?:19|20)[0-9]{2})年度?的?)?"
#: So long a unit may be, and so many rows are added in every selection.
_LONGEST_UNIT, _MOST_ROWS = 8, 10


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure in a text, in the unit of the figures it is held against."""

    passage: Passage
    shown: str
    number: Printed
    year: str
    rough: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Where a text has one of `words`, words of `between` and a figure, that figure is `stated` somewhere.

    `words`, `between`, `rough`, `apart` and `unless` are regular expressions. A figure is held against those of the
    year named before it; one without a year only in a text whose label has one of `present`, or where `timeless`. With
    `adds` rows may be added, and the told figure may be up to `most` times their sum. Near a word of `rough` (约) it
    may be off by `slack`. A text whose sentence fits `unless` is not judged, nor one with `apart` before it in its
    clause.
    """

    name: ClassVar[str] = "told"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "differs": ("told", "name", "stated"),
        "sum": ("told", "name", "stated"),
    }

    words: tuple[str, ...]
    stated: str
    between: str = ""
    rough: str = "(?!)"
    slack: Decimal = Decimal(0)
    unless: tuple[str, ...] = ()
    apart: str = "(?!)"
    present: tuple[str, ...] = ()
    timeless: bool = False
    adds: bool = False
    most: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        """Refuse what is no regular expression."""
        for each in (*self.words, *self.unless, self.between, self.rough, self.apart):
            compiled(each)

    def operands(self) -> tuple[str, ...]:
        """The figures in the table."""
        return (self.stated,)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each figure told of which the table states something."""
        words = "|".join(self.words)
        pattern = f"(?:{words})(?P<lead>(?:{self.between})*){_YEAR}(?P<more>(?:{self.between})*){_FIGURE}"
        for passage in passages(case, pattern, self.unless):
            stated = [spot for spot in case.within(passage.spot, (self.stated,)) if figure(spot) is not None]
            told = self._told(passage, stated)
            if told is None:
                continue
            if rows := [spot for spot in stated if self._is_of_year(spot, told)]:
                yield self._judge(case, told, rows)

    def _told(self, passage: Passage, stated: Sequence[Spot]) -> _Told | None:
        """The figure in the unit of the table; None where it is none of that kind, or nobody knows of which year."""
        found = passage.found
        year = "" if self.timeless else found["year"] or passage.year
        is_present = any(word in (passage.spot.leaf.title if passage.spot.leaf else "") for word in self.present)
        if compiled(self.apart).search(passage.clause):
            return None
        if not stated or not (year or self.timeless or is_present):
            return None
        beside = figure(stated[0])
        unit, factor = _unit(found["tail"], beside.unit if beside else "")
        if factor is None:
            return None
        number = printed(Decimal(found["figure"].replace(",", ""))).scaled(factor)
        shown = found[0] + unit
        around = f"{passage.before[-2:]}{found['lead']}{found['more']}", passage.behind[len(unit) : len(unit) + 2]
        rough = any(compiled(self.rough).search(each) for each in around)
        return _Told(passage, shown, number, year, rough)

    def _is_of_year(self, spot: Spot, told: _Told) -> bool:
        fact = spot.fact
        if fact is None or not told.year:
            return True
        if fact.period:
            return fact.period == told.year
        return fact.as_of in ("", told.year, str(int(told.year) + 1))

    def _judge(self, case: Case, told: _Told, rows: Sequence[Spot]) -> Judgement:
        numbers = [printed(found.number) for spot in rows if (found := figure(spot)) is not None]
        unit = next((found.unit for spot in rows if (found := figure(spot)) is not None), "")
        total = _sum(numbers)
        sums = map(_sum, _selections(numbers)) if self.adds else numbers
        if any(self._agree(told, each) for each in sums):
            return FINE
        if self.adds and total.value <= told.number.value <= total.value * Fraction(self.most):
            return FINE
        added = self.adds and len(rows) > 1
        shown = f"{_plain(total)}{unit}" if added else "、".join(f"{_plain(each)}{unit}" for each in numbers)
        said = {"told": told.shown, "name": case.title(rows[0]), "stated": shown}
        return Fault("sum" if added else "differs", (told.passage.spot, *rows), said)

    def _agree(self, told: _Told, stated: Printed) -> bool:
        if agreement(told.number, stated) is not Agreement.DIFFERENT:
            return True
        return told.rough and abs(told.number.value - stated.value) <= abs(stated.value) * Fraction(self.slack)


def _unit(text: str, wanted: str) -> tuple[str, Fraction | None]:
    """The longest beginning of a text that is a unit of the wanted kind, and how many of the wanted one make."""
    for length in range(min(len(text), _LONGEST_UNIT), 0, -1):
        factor = scale(text[:length], wanted)
        if factor is not None:
            return text[:length], factor
    return "", None


def _selections(numbers: Sequence[Printed]) -> Iterator[Sequence[Printed]]:
    if len(numbers) > _MOST_ROWS:
        return iter((*((each,) for each in numbers), numbers))
    return chain.from_iterable(combinations(numbers, size) for size in range(1, len(numbers) + 1))


def _sum(numbers: Sequence[Printed]) -> Printed:
    return Printed(sum((each.value for each in numbers), Fraction(0)), max(each.step for each in numbers))


def _plain(number: Printed) -> str:
    return f"{(Decimal(number.value.numerator) / Decimal(number.value.denominator)).normalize():f}"
