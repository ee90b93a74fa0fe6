"""The running texts of papers, where a clerk may write anything; the other fields refuse a wrong value themselves."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms.check.case import Case
from greenforms.check.verdict import Spot
from greenforms.form.tree import Leaf, values

_FREE = frozenset({"text", "paragraphs", "industry"})


def free_texts(case: Case) -> Iterator[tuple[Spot, Leaf]]:
    """Every running text that is there, with its field."""
    for paper in case.papers:
        for value in values(paper.root, paper.data):
            if isinstance(value.value, str) and value.leaf.codec.name in _FREE:
                yield Spot(paper, value.pointer, value.value, value.leaf), value.leaf
