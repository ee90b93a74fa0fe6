"""How many of the units that a third party evaluated got onto the list: a rate of each, to be looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.listed import Where, named, rows_of
from greenforms.check.pointers import same_row, spots
from greenforms.check.verdict import Fault, Gap, Judgement, Spot
from greenforms.fact.fold import fold_name
from greenforms.form.tree import at


@dataclass(frozen=True, slots=True)
class Success:
    """For each third party in `parties` (pointer patterns by the name of a form) the share of its units on the `list`.

    `names` are the units in the same rows, `where` what rows of the list must say. Nothing is wrong with a rate: the
    rule asks to look at it.
    """

    name: ClassVar[str] = "success"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"rate": ("party", "count", "passed", "rate", "units")}

    parties: Mapping[str, str]
    names: Mapping[str, str]
    list: str
    where: Where = field(default_factory=dict)

    def operands(self) -> tuple[str, ...]:
        """None: the places are those of several forms."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Tell the rate of each third party, in the order of the papers."""
        found: dict[str, dict[str, Spot]] = defaultdict(dict)
        for spot, unit in self._evaluated(case):
            found[fold_name(spot.value)].setdefault(unit, spot)
        rows = rows_of(case, self.list, self.where) if found else ()
        if isinstance(rows, Gap):
            yield rows
            return
        for units in found.values():
            passed = [unit for unit in units if named(rows, unit)]
            places = tuple(units.values())
            said = {"party": places[0].value, "count": str(len(units)), "passed": str(len(passed))}
            said["rate"] = f"{100 * len(passed) / len(units):.1f}"
            said["units"] = "、".join(passed) or "无"
            yield Fault("rate", places, said)

    def _evaluated(self, case: Case) -> Iterator[tuple[Spot, str]]:
        for paper in case.dossier.papers:
            form = paper.form.entry.name
            for pointer, value in spots(paper.data, self.parties[form]) if form in self.parties else ():
                unit = at(paper.data, same_row(self.names[form], pointer))
                if isinstance(value, str) and value.strip() and isinstance(unit, str):
                    yield Spot(paper, pointer, value), unit
