"""Weighs recognised fields by what is stated more than once: two places that say the same were hardly misread alike.

What contradicts makes both sides doubtful, for nobody can tell from here which is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from greenforms.dossier.groups import groups_of
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import Vocabulary
from greenforms.read.trust.calibration import Calibration
from greenforms.read.trust.weighing import Readings, weigh_one

#: What the calibration calls this kind of evidence.
SAME_FACT = "same-fact"


def repeated(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    """The facts about the paper's own subject that it states in more than one place."""
    by_key: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if not fact.listed and fact.value is not None:
            by_key[fact.fact, fact.period, fact.item, fact.boundary].append(fact)
    yield from (group for group in by_key.values() if len(group) > 1)


def weigh_statements(
    vocabulary: Vocabulary,
    group: Sequence[Fact],
    readings: Mapping[str, Readings],
    by: Calibration,
    *,
    elsewhere: bool = False,
) -> None:
    """Raise what another place confirms, lower what every other place contradicts; `readings` are by document.

    `elsewhere`: only statements of other papers count, because those of its own have been weighed.
    """
    kind = vocabulary.facts[group[0].fact]
    agreeing = groups_of(kind, group)
    for said in agreeing:
        for fact in said:
            others = [other for other in group if _is_other(fact, other, elsewhere=elsewhere)]
            holds = any(other in said for other in others)
            if others and (holds or not kind.several):
                own = readings.get(fact.document, {})
                weigh_one(fact.path, own, by, SAME_FACT, doubt="" if holds else "与同一数据的另一处不一致")


def _is_other(one: Fact, other: Fact, *, elsewhere: bool) -> bool:
    """Whether another statement was read by itself: one text taken twice is no witness of its own."""
    if one.document != other.document:
        return True
    return not elsewhere and one.path != other.path and one.evidence != other.evidence
