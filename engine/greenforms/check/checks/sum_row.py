"""SF-28: a row called 合计 holds the sum of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from greenforms.check.figures import exact
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Paper
from greenforms.fact.precision import half_unit
from greenforms.form.tree import at
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row of `rows` named as in `totals` sums all plain rows, one named as in `subtotals` those since the last one.

    Sums are compared as printed: |Σp − T| ≤ Σh(p) + h(T), where h is half a unit of the last printed place.
    """

    name: ClassVar[str] = "sum-row"

    rows: str
    label: str
    columns: tuple[str, ...]
    totals: tuple[str, ...] = ("合计", "总计", "总和")
    subtotals: tuple[str, ...] = ("小计",)

    def patterns(self) -> tuple[str, ...]:
        """The label and the figures."""
        return tuple(f"{self.rows}/*/{column}" for column in (self.label, *self.columns))

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge every figure of every sum row."""
        rows = at(paper.data, self.rows)
        for index, above in self._sums(rows if isinstance(rows, list) else []):
            for column in self.columns:
                yield self._judge(paper, f"{self.rows}/{index}/{column}", [row.get(column) for row in above])

    def _sums(self, rows: list[Any]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """The index of each sum row with the rows it sums."""
        plain = [row for row in rows if isinstance(row, dict) and not self._is_sum(row)]
        since: list[dict[str, Any]] = []
        for index, row in enumerate(rows):
            if not isinstance(row, dict):
                continue
            if not self._is_sum(row):
                since.append(row)
            elif self._called(row, self.totals):
                yield index, plain
            else:
                yield index, since
                since = []

    def _is_sum(self, row: dict[str, Any]) -> bool:
        return self._called(row, self.totals + self.subtotals)

    def _called(self, row: dict[str, Any], names: tuple[str, ...]) -> bool:
        name = row.get(self.label)
        return isinstance(name, str) and fold_label(name) in names

    def _judge(self, paper: Paper, pointer: str, parts: list[Any]) -> Judgement:
        total = exact(at(paper.data, pointer))
        figures = [figure for part in parts if (figure := exact(part)) is not None]
        if total is None or not figures or len(figures) < len(parts):
            return Gap(f"{paper.phrase(pointer)}：有的行没有可以相加的数")
        result = sum(figures, Decimal(0))
        allowance = sum(map(half_unit, figures), Decimal(0)) + half_unit(total)
        if abs(result - total) <= allowance:
            return FINE
        terms = "＋".join(f"{figure:f}" for figure in figures) if len(figures) <= 8 else f"{len(figures)}行相加"
        off = f"相差{abs(result - total):f}（允许的舍入差{allowance.normalize():f}）"
        what = f"填写的是{total:f}，而{terms}＝{result:f}，{off}"
        return Fault((pointer,), what, "请核对各分项和合计", result)
