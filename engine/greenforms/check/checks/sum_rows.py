"""A row called 合计 holds the sum of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import Figure, counted, exact, judged_sum
from greenforms.check.verdict import Gap, Judgement, Spot
from greenforms.dossier.paper import Paper
from greenforms.form.tree import at, leaf_at
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class SumRows:
    """A row of `rows` named as in `totals` sums all plain rows, one named as in `subtotals` those since the last one.

    Sums are compared as printed: |Σp − T| ≤ Σh(p) + h(T), where h is half a unit of the last printed place and nothing
    for whole numbers of things that were counted.
    """

    name: ClassVar[str] = "sum-rows"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"off": ("total", "terms", "result", "gap", "allowance")}

    rows: str
    label: str
    columns: tuple[str, ...]
    totals: tuple[str, ...]
    subtotals: tuple[str, ...] = ()

    def operands(self) -> tuple[str, ...]:
        """The label and the figures."""
        return tuple(f"{self.rows}/*/{column}" for column in (self.label, *self.columns))

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge every figure of every sum row."""
        for table in case.spots(self.rows):
            for index, above in self._sums(table.value if isinstance(table.value, list) else []):
                for column in self.columns:
                    pointer = f"{table.pointer}/{index}/{column}"
                    yield self._judge(case, table.paper, pointer, [row.get(column) for row in above])

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

    def _judge(self, case: Case, paper: Paper, pointer: str, parts: list[Any]) -> Judgement:
        spot = Spot(paper, pointer)
        whole = counted(leaf_at(paper.root, pointer))
        total, *addends = (exact(value) for value in (at(paper.data, pointer), *parts))
        figures = [Figure(number, "", stated=False, counted=whole) for number in addends if number is not None]
        if total is None or not figures or len(figures) < len(parts):
            return Gap("no-addends", {"field": case.phrase(spot)})
        return judged_sum(spot, Figure(total, "", stated=False, counted=whole), figures)
