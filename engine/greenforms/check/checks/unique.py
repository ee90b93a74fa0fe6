"""Nothing is entered twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from greenforms.check.case import Case
from greenforms.check.figures import exact
from greenforms.check.phrases import phrase_of
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms_extractors.folding import fold_label


@dataclass(frozen=True, slots=True)
class Unique:
    """In each of `tables` no two rows agree in all of `columns`; widths, spaces and brackets make no difference."""

    name: ClassVar[str] = "unique"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"twice": ("rows", "names")}

    tables: tuple[str, ...]
    columns: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """The columns compared."""
        return tuple(f"{table}/*/{column}" for table in self.tables for column in self.columns)

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each row whose columns are all filled, one fault for all rows that agree."""
        for table in case.spots(*self.tables):
            alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for index, row in enumerate(table.value if isinstance(table.value, list) else []):
                if (key := self._key(row)) is not None:
                    alike[key].append(index)
            for indexes in alike.values():
                yield FINE if len(indexes) == 1 else self._fault(case, table, indexes)

    def _key(self, row: Any) -> tuple[str, ...] | None:
        values = [row.get(column) for column in self.columns] if isinstance(row, dict) else []
        key = tuple(map(_comparable, values))
        return key if key and all(key) else None

    def _fault(self, case: Case, table: Spot, indexes: list[int]) -> Fault:
        spots = tuple(Spot(table.paper, f"{table.pointer}/{index}/{self.columns[-1]}") for index in reversed(indexes))
        rows = "、".join(phrase_of("row", number=index + 1) for index in indexes[:-1])
        columns = (Spot(table.paper, f"{table.pointer}/*/{column}") for column in self.columns)
        return Fault("twice", spots, {"rows": rows, "names": "、".join(f"“{case.title(each)}”" for each in columns)})


def _comparable(value: Any) -> str:
    number = exact(value)
    return f"{number.normalize():f}" if number is not None else fold_label(value) if isinstance(value, str) else ""
