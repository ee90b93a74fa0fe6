"""Statements of one fact by value: those that agree stand together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from greenforms.fact.compare import canonical, compare
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import FactKind


def groups_of(kind: FactKind, facts: Iterable[Fact]) -> list[list[Fact]]:
    """Statements by value, in the order met. There is more than one group exactly when two statements disagree."""
    groups: list[list[Fact]] = []
    for fact in facts:
        for group in groups:
            if all(compare(kind, fact, other).agrees for other in group):
                group.append(fact)
                break
        else:
            groups.append([fact])
    return groups


def strangers(kind: FactKind, groups: Sequence[Sequence[Fact]]) -> Iterator[tuple[Fact, Fact]]:
    """The pairs of statements that do not agree."""
    facts = [fact for group in groups for fact in group]
    return (pair for pair in combinations(facts, 2) if not compare(kind, *pair).agrees)


def contradicted(kind: FactKind, facts: Sequence[Fact]) -> list[Fact]:
    """The statements of a fact that may have several values at once that contradict each other all the same.

    A paper's value must be among those of every list that has its subject.
    """
    own = [fact for fact in facts if not fact.listed and fact.value]
    by_list: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.listed:
            by_list[fact.document].append(fact)
    against: list[Fact] = []
    for listed in by_list.values():
        values = {canonical(kind, str(fact.value)) for fact in listed}
        alone = [fact for fact in own if canonical(kind, str(fact.value)) not in values]
        against += [fact for fact in (*alone, *listed) if alone and fact not in against]
    return against
