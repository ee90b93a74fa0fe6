"""What one rule sees of a dossier: the papers it applies to, with the operands it names.

An operand is a pointer pattern of a layout (`/park/built_area`, `/rows/*/name`), or a fact (`finance.revenue`): every
place of every paper that states it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from greenforms.check.pointers import label, node_at, parent, phrase, same_row, spots
from greenforms.check.verdict import Spot
from greenforms.dossier.dossier import Answer, Dossier
from greenforms.dossier.paper import Paper
from greenforms.finding import Place
from greenforms.form.form import Form
from greenforms.form.tree import ABSENT, Leaf, at, leaves


@dataclass(frozen=True, slots=True)
class Case:
    """The part of a dossier that a rule is about."""

    dossier: Dossier
    papers: tuple[Paper, ...]

    @property
    def day(self) -> date | None:
        """The day the verdict is for."""
        return self.dossier.day

    def spots(self, *operands: str) -> Iterator[Spot]:
        """Every place of the operands that is filled; an explicit 不适用 is not."""
        for paper in self.papers:
            for operand in operands:
                for leaf, pattern in _patterns(paper, operand):
                    for pointer, value in spots(paper.data, pattern):
                        if value is not None:
                            yield Spot(paper, pointer, value, leaf)

    def beside(self, spot: Spot, operand: str) -> Spot | None:
        """The other operand for the same thing: the same row, the same paper, else a paper that states it of the same.

        None where it is not filled.
        """
        if operand.startswith("/"):
            return self.at(spot.paper, same_row(operand, spot.pointer))
        around = parent(spot.leaf.pattern) if spot.leaf is not None else ""
        for leaf, pattern in _patterns(spot.paper, operand):
            if spot.fact is None and _of_another_year(leaf, spot.leaf):
                continue
            if spot.fact is None or parent(pattern) == around:
                found = self.at(spot.paper, same_row(pattern, spot.pointer), leaf)
                if found is not None:
                    return found
        return self._stated(spot, operand)

    def within(self, spot: Spot, operands: Sequence[str]) -> Iterator[Spot]:
        """Every filled place of the operands in the paper and the rows that a place lies in."""
        for operand in operands:
            for leaf, pattern in _patterns(spot.paper, operand):
                for pointer, value in spots(spot.paper.data, same_row(pattern, spot.pointer)):
                    if value is not None:
                        yield Spot(spot.paper, pointer, value, leaf)

    def at(self, paper: Paper, pointer: str, leaf: Leaf | None = None) -> Spot | None:
        """A place that is filled."""
        value = at(paper.data, pointer)
        if value is ABSENT or value is None:
            return None
        node = leaf or node_at(paper.root, pointer)
        return Spot(paper, pointer, value, node if isinstance(node, Leaf) else None)

    def phrase(self, spot: Spot) -> str:
        """What a message calls a place; with the paper's name where there is more than one paper."""
        where = phrase(spot.paper.root, spot.pointer)
        return f"“{spot.paper.document}”{where}" if len(self.papers) > 1 else where

    def title(self, spot: Spot) -> str:
        """What a place is called by itself."""
        return label(spot.paper.form, spot.pointer)

    def place(self, spot: Spot) -> Place:
        """A place as findings hold it."""
        value = at(spot.paper.data, spot.pointer)
        seen = spot.paper.seen.get(spot.pointer)
        held = None if value is ABSENT else value
        evidence = seen.evidence if seen else None
        return Place(spot.paper.document, spot.pointer, self.title(spot), held, evidence)

    def answer(self, question: str) -> Answer | None:
        """The latest answer to a question."""
        given = [each for each in self.dossier.answers if each.question == question]
        return max(given, key=lambda each: each.when, default=None)

    def _stated(self, spot: Spot, operand: str) -> Spot | None:
        fact = spot.fact
        if fact is None:
            return None
        stated = self.dossier.statements.get((operand, self.dossier.key(fact)), [])
        papers: Mapping[str, Paper] = {paper.document: paper for paper in self.papers}
        near = sorted(stated, key=lambda each: each.document != fact.document)
        for each in near:
            if each.document in papers and (found := self.at(papers[each.document], each.path)) is not None:
                return found
        return None


def _of_another_year(one: Leaf | None, other: Leaf | None) -> bool:
    """Whether two fields say of themselves that they speak of different years."""
    periods = [leaf.period for leaf in (one, other) if leaf is not None and leaf.period is not None]
    return len(set(periods)) > 1


def _patterns(paper: Paper, operand: str) -> Iterator[tuple[Leaf | None, str]]:
    """The places in a paper's form that an operand names."""
    if operand.startswith("/"):
        node = node_at(paper.root, operand)
        yield (node if isinstance(node, Leaf) else None), operand
        return
    for leaf in _stating(paper.form).get(operand, ()):
        yield leaf, leaf.pattern


@cache
def _stating(form: Form) -> Mapping[str, list[Leaf]]:
    """The fields of a form by the facts they state."""
    found: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in leaves(form.root):
        if leaf.fact is not None:
            found[leaf.fact.fact].append(leaf)
    return found
