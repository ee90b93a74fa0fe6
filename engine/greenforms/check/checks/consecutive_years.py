"""SF-35: a table of years is consecutive and ends with the year before the papers' own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from greenforms.check.figures import exact
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Paper
from greenforms.form.tree import ABSENT, at

_YEAR = re.compile(r"[0-9]{4}(?=-|$)")


@dataclass(frozen=True, slots=True)
class ConsecutiveYears:
    """The years of `rows` rise or fall one by one; the newest is the year of `date`, else of the check, + `offset`.

    How many rows there must be is the schema's business.
    """

    name: ClassVar[str] = "consecutive-years"

    rows: str
    year: str
    date: str | None = None
    offset: int = -1

    def patterns(self) -> tuple[str, ...]:
        """The year column and the date."""
        return (f"{self.rows}/*/{self.year}", *([self.date] if self.date else []))

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge the order of the years first; which years they are only when they are in order."""
        found = {pointer: exact(value) for pointer, value in paper.spots(f"{self.rows}/*/{self.year}")}
        years = [int(year) for year in found.values() if year is not None and year == year.to_integral_value()]
        if not found:
            return
        if len(years) < len(found):
            yield Gap("有的年份不是整数")
            return
        steps = {later - earlier for earlier, later in pairwise(years)}
        shown = "、".join(map(str, years))
        if steps and steps not in ({1}, {-1}):
            yield Fault(
                tuple(found), f"各行年份为{shown}，不是连续的{len(years)}年", "请按年份顺序逐年填写，不缺年、不重复"
            )
        else:
            yield self._newest(paper, tuple(found), max(years), shown)

    def _newest(self, paper: Paper, pointers: tuple[str, ...], newest: int, shown: str) -> Judgement:
        stated = at(paper.data, self.date) if self.date else ABSENT
        found = _YEAR.match(stated) if isinstance(stated, str) else None
        if found is None and paper.as_of is None:
            return Gap("没有填报日期，无法判断最近一年应是哪一年")
        base = int(found[0]) if found else paper.as_of.year if paper.as_of else 0
        wanted = base + self.offset
        if newest == wanted:
            return FINE
        source = f"填报日期在{base}年" if found else f"核查在{base}年"
        first = wanted - len(pointers) + 1
        what = f"最近一年是{newest}年（各行为{shown}），{source}，最近一年应为{wanted}年"
        return Fault(pointers, what, f"请填写{first}年至{wanted}年的数据，或核对填报日期")
