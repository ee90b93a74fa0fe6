"""SF-46: no date or year lies after the day of the check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from greenforms.check.days import day_of, shown_day
from greenforms.check.figures import exact
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Paper


@dataclass(frozen=True, slots=True)
class NotInFuture:
    """The dates and years in `fields` are not after the day the check is made for."""

    name: ClassVar[str] = "not-in-future"

    fields: tuple[str, ...]

    def patterns(self) -> tuple[str, ...]:
        """The dates."""
        return self.fields

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each date; without a day of the check none can be."""
        for pattern in self.fields:
            for pointer, value in paper.spots(pattern):
                yield _judge(paper, pointer, value)


def _judge(paper: Paper, pointer: str, value: Any) -> Judgement:
    if paper.as_of is None:
        return Gap("没有给出核查日期")
    year, day = exact(value), day_of(value)
    if year is None and day is None:
        return Gap(f"{paper.phrase(pointer)}不是日期")
    if (day is None or day <= paper.as_of) and (year is None or year <= paper.as_of.year):
        return FINE
    stated = shown_day(day) if isinstance(day, date) else f"{year:f}年"
    return Fault((pointer,), f"填写的是{stated}，晚于核查日期{shown_day(paper.as_of)}", "请核对日期")
