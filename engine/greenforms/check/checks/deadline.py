"""SF-15: the paper is dated in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from greenforms.check.days import day_of, shown_day
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Paper


@dataclass(frozen=True, slots=True)
class Deadline:
    """`field` is not later than `latest` (an ISO date, itself in time)."""

    name: ClassVar[str] = "deadline"

    field: str
    latest: str

    def __post_init__(self) -> None:
        """Refuse a day that does not exist."""
        date.fromisoformat(self.latest)

    def patterns(self) -> tuple[str, ...]:
        """The date."""
        return (self.field,)

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each date that is one."""
        latest = date.fromisoformat(self.latest)
        for pointer, value in paper.spots(self.field):
            day = day_of(value)
            if day is None:
                yield Gap(f"{paper.phrase(pointer)}不是完整的日期")
            elif day > latest:
                what = f"填写的是{shown_day(day)}，晚于截止日期{shown_day(latest)}，逾期{(day - latest).days}天"
                yield Fault((pointer,), what, "请核对日期；确已逾期的，请先与受理单位联系")
            else:
                yield FINE
