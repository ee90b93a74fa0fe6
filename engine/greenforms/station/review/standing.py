"""What the papers of a submission say of each other, and what is said of them: read once, used by all pages."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from greenforms.dossier.about import About
from greenforms.dossier.dossier import Unread
from greenforms.finding import Finding
from greenforms.form.tree import Leaf, at, leaf_at
from greenforms.pack.crosscheck import check_batch
from greenforms.pack.folder import Batch
from greenforms.pack.paper import Paper as Read
from greenforms.pack.paper import paper_of
from greenforms.pack.report import PackReport
from greenforms.readings.lines import shown
from greenforms.station.review.layered import Layered, layered
from greenforms.station.review.submissions import Paper
from greenforms.station.workplace import Workplace

#: So many papers are checked in the time that it takes to open a page.
_FEW = 30
#: A place: the file's name and the field's pointer.
Where = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """The papers as people left them, checked together: what is found of each field, and which others state it."""

    batch: Batch
    report: PackReport
    findings: Mapping[Where, tuple[Finding, ...]]
    quoted: frozenset[Where]
    names: Mapping[str, Read] = field(default_factory=dict)

    def contradicted(self, where: Where) -> bool:
        """Whether some finding holds the field against another place."""
        return any(_places(found) > 1 for found in self.findings_of(where))

    def findings_of(self, where: Where) -> tuple[Finding, ...]:
        """What is found of one field; what came up in reading, of several at once, stands with their doubts."""
        return tuple(each for each in self.findings.get(where, ()) if not _of_reading(each) or _places(each) == 1)

    def said_elsewhere(self, where: Where, leaf: Leaf) -> Iterator[tuple[str, str]]:
        """What the other places of its findings say where they are fields of the same kind: the text, and where."""
        for finding in self.findings_of(where):
            for place in finding.places:
                other = self.names.get(place.document)
                found = leaf_at(other.form.root, place.path) if other is not None else None
                if (place.document, place.path) == where or other is None or found is None:
                    continue
                cell = shown(found, at(other.extraction.data, place.path))
                if cell is not None and (found.codec, found.unit) == (leaf.codec, leaf.unit):
                    yield str(cell.value), f"“{place.document}”{place.label}"


def _places(finding: Finding) -> int:
    return len({(each.document, each.path) for each in finding.places})


def _of_reading(finding: Finding) -> bool:
    return finding.rule.startswith("read/")


class Standings:
    """The standing of each submission as it was last reckoned."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._kept: dict[str, tuple[tuple[tuple[int, int], ...], Standing]] = {}
        self._turn = threading.Lock()

    def of(self, papers: Sequence[Paper]) -> Standing:
        """That of the papers of a submission, by what the machine read of them and what people said since."""
        key = papers[0].submission if papers else ""
        read = [layered(self._workplace, each) for each in papers if each.form]
        state = tuple(each.version for each in read)
        with self._turn:
            known = self._kept.get(key)
            if known is None or known[0] != state:
                known = state, _reckoned(self._workplace, papers, read)
                self._kept[key] = known
            return known[1]

    def soon(self, papers: Sequence[Paper]) -> Standing:
        """The same; where there are many papers, that before the latest changes will do, as it takes a while."""
        known = self._kept.get(papers[0].submission if papers else "")
        readings = [each.reading for each in papers if each.form]
        if len(papers) > _FEW and known is not None and [reading for reading, _ in known[0]] == readings:
            return known[1]
        return self.of(papers)


def standings_of(request: Request) -> Standings:
    """Those of the application that answers."""
    state = request.app.state
    if not hasattr(state, "standings"):
        state.standings = Standings(state.workplace)
    found: Standings = state.standings
    return found


Reckoned = Annotated[Standings, Depends(standings_of)]


def _reckoned(workplace: Workplace, papers: Sequence[Paper], read: Sequence[Layered]) -> Standing:
    first: dict[str, str] = {}
    repeated = {}
    taken = []
    for each in read:
        original = first.setdefault(each.paper.sha256, each.paper.name)
        if original != each.paper.name:
            repeated[each.paper.name] = original
        else:
            taken.append(paper_of(each.form, each.settled()))
    unread = tuple(_unread(each) for each in papers if each.reading and not each.form)
    batch = Batch(tuple(taken), unread, repeated)
    report = check_batch(workplace.library, batch, workplace.as_of)
    findings: dict[Where, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        for where in dict.fromkeys((each.document, each.path) for each in finding.places):
            findings[where].append(finding)
    about = About([each.said for each in taken], workplace.library.vocabulary)
    named = {each.file: each for each in taken}
    return Standing(
        batch, report, {each: tuple(found) for each, found in findings.items()}, frozenset(_quoted(about)), named
    )


def _unread(paper: Paper) -> Unread:
    return Unread(paper.name, paper.message)


def _quoted(about: About) -> Iterator[Where]:
    """The places of what several papers state."""
    for facts in about.statements():
        if len({fact.document for fact in facts}) > 1:
            yield from ((fact.document, fact.path) for fact in facts)
