"""Weighs recognised fields by what the other papers of the folder state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenforms.fact.statement import Fact
from greenforms.form.library import Library
from greenforms.read.extraction import Extraction
from greenforms.read.trust.calibration import calibration
from greenforms.read.trust.doubts import with_summary
from greenforms.read.trust.form import bounded_by_form
from greenforms.read.trust.statements import weigh_statements
from greenforms.read.trust.weighing import recognised, with_readings


def assess_together(
    library: Library, papers: Sequence[Extraction], groups: Iterable[Sequence[Fact]]
) -> list[Extraction]:
    """The papers of a folder, weighed by the facts that several of them state."""
    readings = {paper.file: recognised(paper) for paper in papers}
    for group in groups:
        weigh_statements(library.vocabulary, group, readings, calibration(), elsewhere=True)
    return [
        bounded_by_form(with_summary(library.form(paper.form), with_readings(paper, readings[paper.file])))
        if readings[paper.file]
        else paper
        for paper in papers
    ]
