"""What one paper reports, another paper of the same unit must declare, such as a change in the yearly sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms.dossier.paper import Paper


@dataclass(frozen=True, slots=True)
class Declared:
    """A unit with a paper of `because` says one of `wanted` in `field` of its papers; places by the name of a form."""

    name: ClassVar[str] = "declared"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"undeclared": ("value", "paper", "where", "wanted")}

    because: tuple[str, ...]
    field: Mapping[str, str]
    wanted: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """None: the places are those of several forms."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each declaration of a unit with a reporting paper."""
        about = case.dossier.about
        causes: dict[str | None, Paper] = {}
        for paper in case.dossier.papers:
            if paper.form.entry.name in self.because:
                causes.setdefault(about.subject_of(paper), paper)
        for paper in case.dossier.papers:
            cause = causes.get(about.subject_of(paper))
            place = self.field.get(paper.form.entry.name)
            spot = case.at(paper, place) if place and cause is not None else None
            if spot is None or cause is None:
                continue
            said = {"value": str(spot.value), "paper": f"《{cause.form.title}》", "where": f"《{paper.form.title}》"}
            said["wanted"] = "、".join(self.wanted)
            yield FINE if spot.value in self.wanted else Fault("undeclared", (spot,), said)
