"""The year that a paper says it is about is the one its date makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.days import first_day
from greenforms.check.figures import exact
from greenforms.check.verdict import FINE, Fault, Judgement


@dataclass(frozen=True, slots=True)
class OwnYear:
    """The year stated where the layout says so (`x-paper`) is that of the paper's date and what is added to it."""

    name: ClassVar[str] = "own-year"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"apart": ("value", "date", "wanted")}

    def operands(self) -> tuple[str, ...]:
        """None: layouts say where the year stands."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each paper that states both."""
        for paper in case.papers:
            own = paper.root.paper
            stated = case.at(paper, own.stated) if own is not None and own.stated else None
            dated = case.at(paper, own.date) if own is not None else None
            day = first_day(dated.value) if dated is not None else None
            if stated is None or dated is None or own is None or day is None or exact(stated.value) is None:
                continue
            wanted = day.year + own.year
            said = {"value": f"{stated.value}", "date": str(dated.value), "wanted": str(wanted)}
            yield FINE if exact(stated.value) == wanted else Fault("apart", (stated, dated), said)
