"""Units that should have nothing in common have a telephone, an address or a person in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from greenforms.check import wording
from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms.dossier.subjects import alike
from greenforms.fact.fold import fold_name
from greenforms.fact.statement import Fact


@dataclass(frozen=True, slots=True)
class Shared:
    """No two units of a folder state one value for one of `facts` in papers of their own.

    Units whose names are nearly the same are left alone: whether they are one is asked already.
    """

    name: ClassVar[str] = "shared"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"shared": ("units", "values")}

    facts: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """What is stated."""
        return self.facts

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each value; what the same units have in common is told together."""
        about = case.dossier.about
        subjects = {subject.key: subject for subject in about.subjects}
        together: dict[tuple[str, ...], list[list[Fact]]] = defaultdict(list)
        for by_unit in self._stated(case).values():
            together[tuple(by_unit)].append(list(by_unit.values()))
        for units, values in together.items():
            if len(units) == 1 or any(alike(subjects[one], subjects[other]) for one, other in combinations(units, 2)):
                yield FINE
                continue
            facts = [fact for value in values for fact in value]
            said = {
                "units": "、".join(f"“{about.title(key)}”" for key in units),
                "values": "、".join(f"“{value[0].label}”{value[0].shown}" for value in values),
            }
            yield Fault("shared", tuple(wording.place(fact) for fact in facts), said)

    def _stated(self, case: Case) -> Mapping[tuple[str, str], Mapping[str, Fact]]:
        """The first statement of each unit, by fact and value."""
        about = case.dossier.about
        stated: dict[tuple[str, str], dict[str, Fact]] = defaultdict(dict)
        for paper in case.dossier.papers:
            for fact in paper.facts:
                if fact.fact in self.facts and fact.value and not fact.listed:
                    stated[fact.fact, fold_name(str(fact.value))].setdefault(about.key(fact), fact)
        return stated
