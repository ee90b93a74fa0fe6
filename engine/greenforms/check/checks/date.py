"""A date or year lies on the right side of another day, such as not in the future, or not before what it follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from greenforms.check.case import Case
from greenforms.check.days import day_of, first_day, shown_date, shown_day
from greenforms.check.figures import exact
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot
from greenforms.codec import CODECS
from greenforms.form.tree import at, leaves

#: What stands for the day of the check, and for the paper's own.
_TODAY, _PAPER = "today", "paper"


@dataclass(frozen=True, slots=True)
class Date:
    """The dates and years in `fields`, or in every field of `codecs`, are not after `latest` nor before `earliest`.

    Both are a pointer or fact, `today`, the day of the check, or `paper`, that of the paper's own date. A field that
    the form says to be `x-planned` may lie after today.
    """

    name: ClassVar[str] = "date"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"late": ("value", "limit"), "early": ("value", "limit")}

    fields: tuple[str, ...] = ()
    codecs: tuple[str, ...] = ()
    latest: str | None = None
    earliest: str | None = None

    def __post_init__(self) -> None:
        """Refuse a rule without dates or without a limit."""
        if bool(self.fields) == bool(self.codecs):
            raise ValueError("参数“fields”和“codecs”应给出其中一个")
        if strange := [name for name in self.codecs if name not in CODECS]:
            raise ValueError(f"参数“codecs”里没有这种编解码器：{'、'.join(strange)}")
        if not self.latest and not self.earliest:
            raise ValueError("参数“latest”和“earliest”至少给出一个")

    def operands(self) -> tuple[str, ...]:
        """The dates, and those they are held against."""
        others = (each for each in (self.latest, self.earliest) if each and each not in (_TODAY, _PAPER))
        return (*self.fields, *others)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each date."""
        for spot in self._dates(case):
            for limit, late in ((self.latest, True), (self.earliest, False)):
                if limit == _TODAY:
                    yield self._judge(case, spot, case.day, (spot,), late=late)
                elif limit == _PAPER:
                    yield self._judge(case, spot, _own_day(spot), (spot,), late=late)
                elif limit is not None and (other := case.beside(spot, limit)) is not None:
                    yield self._judge(case, spot, day_of(other.value), (spot, other), late=late)

    def _dates(self, case: Case) -> Iterator[Spot]:
        if self.fields:
            yield from case.spots(*self.fields)
            return
        kinds = tuple(CODECS[name] for name in self.codecs)
        for paper in case.papers:
            dated = [leaf.pattern for leaf in leaves(paper.root) if isinstance(leaf.codec, kinds) and not leaf.planned]
            yield from (spot for spot in case.spots(*dated) if spot.paper is paper)

    def _judge(self, case: Case, spot: Spot, limit: date | None, spots: tuple[Spot, ...], *, late: bool) -> Judgement:
        if limit is None:
            return Gap("no-day") if len(spots) == 1 else Gap("not-a-date", {"field": case.phrase(spots[1])})
        year, day = exact(spot.value), first_day(spot.value) if late else day_of(spot.value)
        if year is None and day is None:
            return Gap("not-a-date", {"field": case.phrase(spot)})
        if not _beyond(day, year, limit, late=late):
            return FINE
        stated = shown_date(spot.value) if day is not None else f"{year:f}年"
        return Fault("late" if late else "early", spots, {"value": stated, "limit": shown_day(limit)})


def _own_day(spot: Spot) -> date | None:
    """The day of the paper that a place is on."""
    own = spot.paper.root.paper
    return day_of(at(spot.paper.data, own.date)) if own is not None else None


def _beyond(day: date | None, year: Any, limit: date, *, late: bool) -> bool:
    """Whether a day, or else a year, lies beyond a limit."""
    if day is not None:
        return day > limit if late else day < limit
    return bool(year > limit.year if late else year < limit.year)
