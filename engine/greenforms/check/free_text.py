"""The running texts of papers, where a clerk may write anything; the other fields refuse a wrong value themselves."""

from __future__ import annotations

from collections.abc import Iterator

from greenforms.check.case import Case
from greenforms.check.verdict import Spot
from greenforms.form.tree import Leaf


def free_texts(case: Case) -> Iterator[tuple[Spot, Leaf]]:
    """Every running text that is there, with its field."""
    for paper in case.papers:
        for value in paper.running_texts:
            yield Spot(paper, value.pointer, value.value, value.leaf), value.leaf
