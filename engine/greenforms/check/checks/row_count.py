"""SF-36: tables that may each be empty are not empty all together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.verdict import FINE, Fault, Judgement, Paper


@dataclass(frozen=True, slots=True)
class RowCount:
    """`tables` have at least `least` rows together. A single table's number of rows is the schema's business."""

    name: ClassVar[str] = "row-count"

    tables: tuple[str, ...]
    least: int

    def patterns(self) -> tuple[str, ...]:
        """The tables."""
        return self.tables

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge the tables that are there."""
        found = [spot for table in self.tables for spot in paper.spots(table) if isinstance(spot[1], list)]
        if len(found) < len(self.tables):
            return
        count = sum(len(rows) for _, rows in found)
        names = "、".join(f"“{paper.title(pointer)}”" for pointer, _ in found)
        if count < self.least:
            pointers = tuple(pointer for pointer, _ in found)
            yield Fault(
                pointers, f"{names}合计{count}行，应至少{self.least}行", "请填写名单；没有推荐单位的不必报送本表"
            )
        else:
            yield FINE
