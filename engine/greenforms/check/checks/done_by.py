"""Something that no paper is dated with was done in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from greenforms.check.asked import QUOTES, asked, days, place_of, quoted
from greenforms.check.case import Case
from greenforms.check.days import last_day, shown_day
from greenforms.check.verdict import FINE, Fault, Gap, Judgement


@dataclass(frozen=True, slots=True)
class DoneBy:
    """The answer to `question` names a day that is not after the deadline.

    `latest` is a day, the first day too late (`before`) or the same day of every year (`every_year`). Of several the
    last that the day of the check has come to must have been met, by a day after the one before it.
    """

    name: ClassVar[str] = "done-by"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"late": (*QUOTES, "value", "limit")}

    question: str
    latest: tuple[Mapping[str, str], ...]

    def __post_init__(self) -> None:
        """Refuse a measure that is no day."""
        for each in self.latest:
            last_day(each, 2000)

    def operands(self) -> tuple[str, ...]:
        """None: people are asked, not papers."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge the latest answer."""
        given = asked(case, self.question)
        if isinstance(given, Gap):
            yield given
        elif case.day is None:
            yield Gap("no-day")
        elif not (found := sorted(days(given))):
            yield Gap("no-day-answered", {"question": self.question, "answer": given.answer})
        else:
            begun, limit = self._round(case.day)
            said = {**quoted(given), "value": shown_day(found[-1]), "limit": shown_day(limit)}
            met = any(begun < day <= limit for day in found)
            yield FINE if met else Fault("late", (place_of(given),), said)

    def _round(self, day: date) -> tuple[date, date]:
        """The last two deadlines that a day has come to; the first there is where it has come to none."""
        years = (day.year - 1, day.year, day.year + 1)
        limits = sorted({last_day(each, year) for each in self.latest for year in years})
        past = [limit for limit in limits if limit <= day]
        if len(past) < 2:
            return date.min, (past or limits)[0]
        return past[-2], past[-1]
