"""A span of days is long enough, such as the days for which a list is shown to the public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.calendar import HolidaysUnknown, working_days
from greenforms.check.case import Case
from greenforms.check.days import day_of, shown_day
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot


@dataclass(frozen=True, slots=True)
class Term:
    """From `start` to `end`, both counted, there are at least so many `working_days`."""

    name: ClassVar[str] = "term"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"short": ("start", "end", "count", "least")}

    start: str
    end: str
    least: Mapping[str, int]

    def __post_init__(self) -> None:
        """Refuse another measure."""
        if set(self.least) != {"working_days"}:
            raise ValueError("参数“least”应为 working_days")

    def operands(self) -> tuple[str, ...]:
        """Both ends."""
        return self.start, self.end

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each span of which both ends are filled."""
        for end in case.spots(self.end):
            if (start := case.beside(end, self.start)) is not None:
                yield self._judge(case, start, end)

    def _judge(self, case: Case, start: Spot, end: Spot) -> Judgement:
        first, last = day_of(start.value), day_of(end.value)
        if first is None or last is None:
            return Gap("no-date", {"field": case.phrase(start if first is None else end)})
        least = self.least["working_days"]
        try:
            count = working_days(first, last, least)
        except HolidaysUnknown as error:
            return Gap("holidays-unknown", {"year": str(error.year)})
        if count >= least:
            return FINE
        said = {"start": shown_day(first), "end": shown_day(last), "count": str(count), "least": str(least)}
        return Fault("short", (end, start), said)
