"""Nobody on a list that was handed in has been in the lowest grade for several years running."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.listed import Where, rows_of
from greenforms.check.verdict import FINE, Fault, Gap, Judgement
from greenforms.fact.fold import fold_name
from greenforms.finding import Place


@dataclass(frozen=True, slots=True)
class ListedStreak:
    """On the `list`, the last `length` years of nobody all say one of `words` in `column`; a gap ends a streak."""

    name: ClassVar[str] = "listed-streak"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"streak": ("name", "years", "length")}

    list: str
    column: str
    words: tuple[str, ...]
    length: int
    where: Where = field(default_factory=dict)

    def operands(self) -> tuple[str, ...]:
        """None: a list is looked at, not papers."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each unit with years."""
        rows = rows_of(case, self.list, self.where)
        if isinstance(rows, Gap):
            yield rows
            return
        years: dict[str, dict[int, bool]] = defaultdict(dict)
        titles: dict[str, str] = {}
        for row in rows:
            digits = "".join(sign for sign in row.get("year", "") if sign.isdecimal())
            if digits and self.column in row:
                titles.setdefault(fold_name(row["name"]), row["name"])
                years[fold_name(row["name"])][int(digits)] = row[self.column] in self.words
        for key, of_unit in years.items():
            yield self._judged(titles[key], of_unit)

    def _judged(self, name: str, years: Mapping[int, bool]) -> Judgement:
        last = max(years)
        running = range(last - self.length + 1, last + 1)
        if not all(years.get(year, False) for year in running):
            return FINE
        said = {"name": name, "years": "、".join(f"{year}年" for year in running), "length": str(self.length)}
        return Fault("streak", (Place("", "", name, name),), said)
