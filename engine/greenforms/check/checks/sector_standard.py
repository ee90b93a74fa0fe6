"""A report of a key sector is made by the sector's standard, not by the general one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.listed import rows_of
from greenforms.check.verdict import FINE, Fault, Gap, Judgement
from greenforms.codec.industry import industry_code
from greenforms_extractors.folding import fold_words


@dataclass(frozen=True, slots=True)
class SectorStandard:
    """Where the industry in `field` has a code of the `list`, the text in `standard` names the standard beside it."""

    name: ClassVar[str] = "sector-standard"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"other": ("value", "code", "wanted")}

    field: str
    standard: str
    list: str

    def operands(self) -> tuple[str, ...]:
        """The industry and the standard."""
        return self.field, self.standard

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each industry whose code can be told."""
        stated = [spot for spot in case.spots(self.field) if isinstance(spot.value, str) and industry_code(spot.value)]
        rows = rows_of(case, self.list, {}) if stated else ()
        if isinstance(rows, Gap):
            yield rows
            return
        for spot in stated:
            code, used = industry_code(spot.value) or "", case.beside(spot, self.standard)
            wanted = [row["standard"] for row in rows if row["code"] == code]
            if not wanted or used is None or any(fold_words(each) in fold_words(str(used.value)) for each in wanted):
                yield FINE
            else:
                yield Fault(
                    "other", (used, spot), {"value": str(used.value), "code": code, "wanted": "、".join(wanted)}
                )
