"""Whoever a paper names is on a list that was handed in, or is not, or was taken off it long enough ago."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.days import day_of, shown_day, years_before
from greenforms.check.listed import Where, named, rows_of
from greenforms.check.placed import patterns_in
from greenforms.check.pointers import same_row, spots
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot
from greenforms.codec import make
from greenforms.form.tree import ABSENT, at


@dataclass(frozen=True, slots=True)
class OnList:
    """Every name in `names` (pointer patterns by the name of a form) is on the `list`, or with `wanted` false is not.

    Only rows of the list count that have the values in `where`, and only rows of papers those in `rows`. With `since`,
    a column of dates, nobody is on it whose date lies less than `years` before the day of the check.
    """

    name: ClassVar[str] = "on-list"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "missing": ("name", "list"),
        "there": ("name", "list"),
        "recent": ("name", "list", "since", "until", "years"),
    }

    names: Mapping[str, tuple[str, ...]]
    list: str
    where: Where = field(default_factory=dict)
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wanted: bool = True
    since: str | None = None
    years: int | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that measures a time without saying which."""
        if (self.since is None) != (self.years is None):
            raise ValueError("参数“since”和“years”应一起给出")

    def operands(self) -> tuple[str, ...]:
        """None: the places are those of several forms."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each name."""
        named_here = [spot for spot in self._spots(case) if self._counts(spot)]
        rows = rows_of(case, self.list, self.where, former=self.since is not None) if named_here else ()
        if isinstance(rows, Gap):
            yield rows
            return
        title = next((each.title for each in case.dossier.lists if each.kind == self.list), "")
        for spot in named_here:
            found = named(rows, spot.value)
            said = {"name": spot.value, "list": title}
            if self.since is not None:
                yield from self._recent(case, spot, [row.get(self.since, "") for row in found], said)
            elif bool(found) == self.wanted:
                yield FINE
            else:
                yield Fault("missing" if self.wanted else "there", (spot,), said)

    def _recent(self, case: Case, spot: Spot, dates: Sequence[str], said: Mapping[str, str]) -> Iterator[Judgement]:
        for text in filter(None, dates):
            day = _day(text)
            if day is None:
                yield Gap("not-a-day-listed", {**said, "text": text})
            elif case.day is None:
                yield Gap("no-day")
            elif day > years_before(case.day, self.years or 0):
                until = years_before(day, -(self.years or 0))
                quoted = {"since": shown_day(day), "until": shown_day(until), "years": str(self.years)}
                yield Fault("recent", (spot,), {**said, **quoted})
            else:
                yield FINE
        if not any(dates):
            yield FINE

    def _spots(self, case: Case) -> Iterator[Spot]:
        for paper in case.dossier.papers:
            for pattern in patterns_in(paper.form, self.names):
                for pointer, value in spots(paper.data, pattern):
                    if isinstance(value, str) and value.strip():
                        yield Spot(paper, pointer, value)

    def _counts(self, spot: Spot) -> bool:
        found = [(at(spot.paper.data, same_row(each, spot.pointer)), values) for each, values in self.rows.items()]
        return all(value is ABSENT or value in values for value, values in found)


def _day(text: str) -> date | None:
    """The day a cell of a list states."""
    read = make("date").parse(text)
    return None if read.problems else day_of(read.value)
