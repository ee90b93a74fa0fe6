"""A paper's verdict on the requirements is what its table of requirements says: one not met, and none is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms.check.working.score import REQUIRED
from greenforms.check.working.sheet import catalogues_in
from greenforms.dossier.paper import Paper
from greenforms.form.catalogue import Catalogue
from greenforms.form.tree import Group


@dataclass(frozen=True, slots=True)
class Gated:
    """Where a catalogue of requirements has a required row that is not met, the paper's verdict is not that all are.

    Where all are met, it is not that they are not. The layout says where the verdict stands (`x-score`), the scoring of
    the catalogue which words mean met.
    """

    name: ClassVar[str] = "gated"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"unmet": ("value", "rows"), "met": ("value",)}

    def operands(self) -> tuple[str, ...]:
        """None: layouts say where verdicts stand."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each verdict."""
        for paper in case.papers:
            for pointer, group in catalogues_in(paper):
                catalogue = paper.form.library.catalogues[(group.catalogue or "").partition("#")[0]]
                if catalogue.scoring is not None and "met" in group.score:
                    yield from _judged(case, paper, (pointer, group), catalogue)


def _judged(case: Case, paper: Paper, place: tuple[str, Group], catalogue: Catalogue) -> Iterator[Judgement]:
    pointer, group = place
    scoring = catalogue.scoring
    assert scoring is not None
    column, required = group.score["met"][0], [id_ for id_, node in group.children.items() if _is_required(node)]
    found = [(case.at(paper, f"{pointer}/{id_}/{column}"), group.children[id_]) for id_ in required]
    said = [(spot, node) for spot, node in found if spot is not None]
    is_met = len(said) == len(found) and all(spot.value in scoring.met for spot, _ in said)
    unmet = [(spot, node) for spot, node in said if spot.value in scoring.unmet]
    for verdict in group.score.get("verdict", ()):
        spot = case.at(paper, verdict)
        if spot is None or not said:
            continue
        if spot.value in scoring.met and unmet:
            names = "、".join(f"“{node.title}”" for _, node in unmet)
            yield Fault("unmet", (spot, *(each for each, _ in unmet)), {"value": str(spot.value), "rows": names})
        elif spot.value in scoring.unmet and is_met:
            yield Fault("met", (spot,), {"value": str(spot.value)})
        else:
            yield FINE


def _is_required(node: object) -> bool:
    return isinstance(node, Group) and REQUIRED in node.attributes.get("kind", "")
