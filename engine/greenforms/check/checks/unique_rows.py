"""SF-06: nothing is entered twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from greenforms.check.figures import exact
from greenforms.check.verdict import FINE, Fault, Judgement, Paper
from greenforms.form.tree import at
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class UniqueRows:
    """In each of `tables` no two rows agree in all of `columns`; widths, spaces and brackets make no difference."""

    name: ClassVar[str] = "unique-rows"

    tables: tuple[str, ...]
    columns: tuple[str, ...]

    def patterns(self) -> tuple[str, ...]:
        """The columns compared."""
        return tuple(f"{table}/*/{column}" for table in self.tables for column in self.columns)

    def run(self, paper: Paper) -> Iterator[Judgement]:
        """Judge each row whose columns are all filled, one fault for all rows that agree."""
        for table in self.tables:
            rows = at(paper.data, table)
            alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for index, row in enumerate(rows if isinstance(rows, list) else []):
                if (key := self._key(row)) is not None:
                    alike[key].append(index)
            for indexes in alike.values():
                yield FINE if len(indexes) == 1 else self._fault(paper, table, indexes)

    def _key(self, row: Any) -> tuple[str, ...] | None:
        values = [row.get(column) for column in self.columns] if isinstance(row, dict) else []
        key = tuple(map(_comparable, values))
        return key if key and all(key) else None

    def _fault(self, paper: Paper, table: str, indexes: list[int]) -> Fault:
        pointers = tuple(f"{table}/{index}/{self.columns[-1]}" for index in reversed(indexes))
        earlier = "、".join(f"第{index + 1}行" for index in indexes[:-1])
        said = "、".join(f"“{paper.title(f'{table}/*/{column}')}”" for column in self.columns)
        return Fault(pointers, f"与{earlier}重复（{said}相同）", "请删去重复的行，或改正填错的内容")


def _comparable(value: Any) -> str:
    number = exact(value)
    return f"{number.normalize():f}" if number is not None else fold_label(value) if isinstance(value, str) else ""
