"""Something has not happened within the years looked back on, such as an accident or a place lost on a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from greenforms.check.asked import QUOTES, asked, days, place_of, quoted
from greenforms.check.case import Case
from greenforms.check.days import last_day, shown_day, years_before
from greenforms.check.verdict import FINE, Fault, Gap, Judgement
from greenforms.dossier.dossier import Answer

_SAID = (*QUOTES, "from", "to", "years")


@dataclass(frozen=True, slots=True)
class Incident:
    """The answer to `question` is one of `none`, or names days before the last `years` years.

    The years end on the last day of the application, `until`, else on the day of the check, and begin on the same day
    so many years before, which counts with `inclusive`. What an answer calls one of `grades` below `least`, or to have
    been `mended`, is no fault.
    """

    name: ClassVar[str] = "incident"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"happened": _SAID, "undated": _SAID}

    question: str
    years: int
    none: tuple[str, ...]
    until: Mapping[str, str] | None = None
    inclusive: bool = True
    grades: tuple[str, ...] = ()
    least: str = ""
    mended: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a least grade that is none of the grades, and an end that is no day."""
        if bool(self.grades) != bool(self.least) or (self.least and self.least not in self.grades):
            raise ValueError("参数“least”应是“grades”中的一级")
        if self.until is not None:
            last_day(self.until, 2000)

    def operands(self) -> tuple[str, ...]:
        """None: people are asked, not papers."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge the latest answer."""
        given = asked(case, self.question)
        if isinstance(given, Gap):
            yield given
        elif given.answer in self.none or self._is_small(given.answer):
            yield FINE
        elif (end := self._end(case.day)) is None:
            yield Gap("no-day")
        else:
            yield self._judge(given, years_before(end, self.years), end)

    def _end(self, day: date | None) -> date | None:
        if self.until is None:
            return day
        return last_day(self.until, day.year) if day is not None else None

    def _judge(self, given: Answer, start: date, end: date) -> Judgement:
        said = {**quoted(given), "from": shown_day(start), "to": shown_day(end), "years": str(self.years)}
        found = list(days(given))
        if not found:
            return Fault("undated", (place_of(given),), said)
        within = [day for day in found if day > start or (self.inclusive and day == start)]
        return Fault("happened", (place_of(given),), said) if within else FINE

    def _is_small(self, answer: str) -> bool:
        """Whether an answer says that it was mended, or less grave than counts."""
        if any(word in answer for word in self.mended):
            return True
        named = [grade for grade in sorted(self.grades, key=len, reverse=True) if grade in answer]
        return bool(named) and self.grades.index(named[0]) < self.grades.index(self.least)
