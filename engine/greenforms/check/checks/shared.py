"""Units that should have nothing in common have a telephone, an address or a person in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check import wording
from greenforms.check.case import Case
from greenforms.check.verdict import FINE, Fault, Judgement
from greenforms.fact.fold import fold_name
from greenforms.fact.statement import Fact


@dataclass(frozen=True, slots=True)
class Shared:
    """No two units of a folder state one value for one of `facts` in papers of their own."""

    name: ClassVar[str] = "shared"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"shared": ("value", "fact", "units", "where")}

    facts: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """What is stated."""
        return self.facts

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each value."""
        about, vocabulary = case.dossier.about, case.dossier.library.vocabulary
        stated: dict[tuple[str, str], dict[str, Fact]] = defaultdict(dict)
        for paper in case.dossier.papers:
            for fact in paper.facts:
                if fact.fact in self.facts and fact.value and not fact.listed:
                    stated[fact.fact, fold_name(str(fact.value))].setdefault(about.key(fact), fact)
        for (id_, _), by_unit in stated.items():
            facts = list(by_unit.values())
            if len(facts) == 1:
                yield FINE
                continue
            said = {
                "value": facts[0].shown,
                "fact": vocabulary.facts[id_].title,
                "units": "、".join(f"“{about.title(key)}”" for key in by_unit),
                "where": "、".join(wording.where(fact) for fact in facts),
            }
            yield Fault("shared", tuple(wording.place(fact) for fact in facts), said)
