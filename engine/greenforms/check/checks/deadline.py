"""A paper is dated in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from greenforms.check.calendar import HolidaysUnknown, after_working_days
from greenforms.check.case import Case
from greenforms.check.days import day_of, last_day, shown_day
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot


@dataclass(frozen=True, slots=True)
class Deadline:
    """`field` is not later than `latest`, itself in time: a day, or the same day of every year (`every_year`).

    With `before` the day is the first that is too late. The year of `every_year` is the paper's own, or `offset` years
    after the one in `year`. Or not later than so many `working_days` after the day in `after`.
    """

    name: ClassVar[str] = "deadline"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"late": ("value", "limit", "days")}

    field: str
    latest: str | Mapping[str, str] | None = None
    after: str | None = None
    within: Mapping[str, int] | None = None
    year: str | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse a day that does not exist, and a term of days without its beginning."""
        if (self.latest is None) == (self.within is None) or (self.after is None) != (self.within is None):
            raise ValueError("应给出参数“latest”，或同时给出“after”和“within”")
        if isinstance(self.latest, str):
            date.fromisoformat(self.latest)
        elif self.latest is not None:
            last_day(self.latest, 2000)
        elif self.within is not None and set(self.within) != {"working_days"}:
            raise ValueError("参数“within”应为 working_days")

    def operands(self) -> tuple[str, ...]:
        """The date, and the one it is counted from."""
        return (self.field, *(each for each in (self.after, self.year) if each))

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each date that is one."""
        for spot in case.spots(self.field):
            day = day_of(spot.value)
            yield Gap("no-date", {"field": case.phrase(spot)}) if day is None else self._judge(case, spot, day)

    def _judge(self, case: Case, spot: Spot, day: date) -> Judgement:
        start = case.beside(spot, self.after) if self.after else None
        of = case.beside(spot, self.year) if self.year else None
        if self.year and (of is None or not isinstance(of.value, int)):
            return Gap("no-year", {"field": case.phrase(of or spot)})
        begun = day_of(start.value) if start else None
        if self.within is not None and begun is None:
            return Gap("no-date", {"field": case.phrase(start or spot)})
        try:
            limit = self._limit(of.value + self.offset if of else day.year, begun)
        except HolidaysUnknown as error:
            return Gap("holidays-unknown", {"year": str(error.year)})
        if day <= limit:
            return FINE
        said = {"value": shown_day(day), "limit": shown_day(limit), "days": str((day - limit).days)}
        return Fault("late", (spot, *([start] if start else [])), said)

    def _limit(self, year: int, begun: date | None) -> date:
        if self.within is not None and begun is not None:
            return after_working_days(begun, self.within["working_days"])
        if isinstance(self.latest, str):
            return date.fromisoformat(self.latest)
        return last_day(self.latest or {}, year)
