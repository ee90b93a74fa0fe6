"""SF-35: a table of years is consecutive and ends with the year before the papers' own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from greenforms.check.figures import exact
from greenforms.check.pointers import node_at
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Paper
from greenforms.form.tree import ABSENT, Rows, at

_YEAR = re.compile(r"[0-9]{4}(?=-|$)")


@dataclass(frozen=True, slots=True)
class ConsecutiveYears:
    """The years of `rows` rise or fall one by one; the newest is the year of `date`, else of the check, + `offset`.

    How many years there must be is said by the schema (`minItems`); a year that has no row is named.
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
        missing = self._missing(paper, years)
        if missing:
            yield missing
        elif len(years) > 1 and {later - earlier for earlier, later in pairwise(years)} not in ({1}, {-1}):
            what = f"各行年份为{_listed(years)}，不是连续的{len(years)}年"
            yield Fault(tuple(found), what, "请按年份顺序逐年填写，不缺年、不重复")
        else:
            yield self._newest(paper, tuple(found), years)

    def _missing(self, paper: Paper, years: list[int]) -> Fault | None:
        """That years have no row, where the years there are tell which; None where all rows are there or it is open."""
        table = node_at(paper.root, self.rows)
        least = int(table.bounds.least or 0) if isinstance(table, Rows) else 0
        newest = self._wanted(paper)
        if newest is None and max(years) - min(years) == least - 1:
            newest = max(years)
        if newest is None or len(years) >= least or len(set(years)) < len(years):
            return None
        wanted = range(newest - least + 1, newest + 1)
        lacking = [year for year in wanted if year not in years]
        if len(lacking) + len(years) > least:
            return None
        asked = f"应为{wanted[0]}年至{wanted[-1]}年共{least}行"
        what = f"缺少{_listed(lacking)}年的数据（已有{_listed(years)}年，{self._source(paper)}{asked}）"
        return Fault((self.rows,), what, f"请补填{_listed(lacking)}年的数据")

    def _wanted(self, paper: Paper) -> int | None:
        """The newest year there should be."""
        base = _year_of(at(paper.data, self.date)) if self.date else None
        if base is None and paper.as_of is not None:
            base = paper.as_of.year
        return None if base is None else base + self.offset

    def _source(self, paper: Paper) -> str:
        """Where the newest year is known from."""
        stated = _year_of(at(paper.data, self.date)) if self.date else None
        if stated is not None:
            return f"填报日期在{stated}年，"
        return f"核查在{paper.as_of.year}年，" if paper.as_of else ""

    def _newest(self, paper: Paper, pointers: tuple[str, ...], years: list[int]) -> Judgement:
        wanted = self._wanted(paper)
        if wanted is None:
            return Gap("没有填报日期，无法判断最近一年应是哪一年")
        if max(years) == wanted:
            return FINE
        first = wanted - len(years) + 1
        what = f"最近一年是{max(years)}年（各行为{_listed(years)}），{self._source(paper)}最近一年应为{wanted}年"
        held = (*pointers, self.date) if self.date and at(paper.data, self.date) is not ABSENT else pointers
        return Fault(held, what, f"请填写{first}年至{wanted}年的数据，或核对填报日期")


def _year_of(stated: Any) -> int | None:
    found = _YEAR.match(stated) if isinstance(stated, str) else None
    return int(found[0]) if found else None


def _listed(years: Iterable[int]) -> str:
    return "、".join(map(str, years))
