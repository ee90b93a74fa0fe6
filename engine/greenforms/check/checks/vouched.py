"""What only somebody else can vouch for, such as a certificate, is not shown by papers of one's own alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.citing import Citing, Listed, citing_rows, list_of
from greenforms.check.verdict import FINE, Fault, Judgement, Spot
from greenforms.fact.fold import fold_name


@dataclass(frozen=True, slots=True)
class Vouched:
    """A row whose catalogue asks for others' word (`proof_by`) and that is claimed cites a document of somebody else.

    A document is one's own whose `issuer` is the paper's subject or one of the words in `own`.
    """

    name: ClassVar[str] = "vouched"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"own": ("row", "by", "documents")}

    issuer: str
    own: tuple[str, ...]

    def operands(self) -> tuple[str, ...]:
        """None: layouts say what cites."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each such row that cites documents of the list."""
        for paper in case.papers:
            ours = {fold_name(each) for each in (*self.own, case.dossier.about.subject_of(paper) or "") if each}
            for group, rows in citing_rows(paper):
                known = list_of(paper, group)
                for row in rows:
                    if known is not None and row.claims and row.row.attributes.get("proof_by"):
                        yield from self._judged(row, known, ours)

    def _judged(self, row: Citing, known: Listed, ours: set[str]) -> Iterator[Judgement]:
        cited = [entry for _, entry in known.cited(row.text) if entry] if isinstance(row.text, str) else []
        issuers = [entry.get(self.issuer) for entry in cited]
        if not issuers or not all(isinstance(each, str) for each in issuers):
            return
        if any(fold_name(str(each)) not in ours for each in issuers):
            yield FINE
            return
        documents = "、".join(str(entry.get("name")) for entry in cited)
        said = {"row": row.row.title, "by": row.row.attributes["proof_by"], "documents": documents}
        yield Fault("own", (Spot(row.paper, row.pointer, row.text),), said)
