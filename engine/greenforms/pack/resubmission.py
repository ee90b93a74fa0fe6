"""A submission against an earlier one: which findings are closed, open or new, and what else was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from greenforms.diff.changes import Change
from greenforms.diff.result import Difference, difference, difference_json
from greenforms.diff.side import side_of, told_apart
from greenforms.finding import Finding, Severity
from greenforms.form.library import Library
from greenforms.pack.examined import Examined
from greenforms.pack.pairing import paired
from greenforms.pack.paper import Paper
from greenforms.pack.same_places import Pointers, Spots, pointers_of, same_spots
from greenforms.report import finding_json

#: What became of an item, in the words of the screen and of JSON.
CLOSED, OPEN, ASKED, MISSED, NEW = "已改", "未改", "请确认", "没有再交", "新问题"
STATES = {CLOSED: "closed", OPEN: "open", ASKED: "ask", MISSED: "missed", NEW: "new"}
GRAVE = (Severity.BLOCK, Severity.FIX)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to put right: what was said of it then, what is said now; None where nothing was, or is."""

    state: str
    then: Finding | None
    now: Finding | None


@dataclass(frozen=True, slots=True)
class Resent:
    """A paper that was handed in again: what differs, and the changes that no earlier finding asked for."""

    old: Paper
    new: Paper
    found: Difference
    unasked: tuple[Change, ...]

    @property
    def only_unasked(self) -> Difference:
        """The difference without what was asked for."""
        return replace(self.found, changes=self.unasked)


@dataclass(frozen=True, slots=True)
class Resubmission:
    """All of it; `missed` are earlier papers that were not handed in again, `come` those that are there anew."""

    items: tuple[Item, ...]
    papers: tuple[Resent, ...]
    missed: tuple[Paper, ...]
    come: tuple[Paper, ...]

    def to_json(self) -> dict[str, Any]:
        """The shape other programs read."""
        return {
            "items": [
                {"state": STATES[each.state], "then": _said(each.then), "now": _said(each.now)} for each in self.items
            ],
            "papers": [
                {**difference_json(each.found), "unasked": difference_json(each.only_unasked)["changes"]}
                for each in self.papers
            ],
            "missed": [paper.file for paper in self.missed],
            "new": [paper.file for paper in self.come],
        }


def _said(finding: Finding | None) -> dict[str, Any] | None:
    return finding_json(finding) if finding is not None else None


def resubmitted(library: Library, old: Examined, new: Examined) -> Resubmission:
    """A submission held against the earlier one, both judged by the same terms."""
    pairing = paired(library, old, new)
    mapped = {one.file: (other.file, pointers_of(one, other)) for one, other in pairing.pairs}
    missed = _missed({paper.file for paper in pairing.missed}, old) | _unread_then(old, new)
    then = [(each, Spots.of(each, _originals(old), mapped)) for each in old.report.findings]
    now = [(each, Spots.of(each, _originals(new), None)) for each in new.report.findings]
    papers = tuple(_resent(library, *pair, mapped[pair[0].file][1], old) for pair in pairing.pairs)
    return Resubmission(tuple(_items(then, now, missed)), papers, pairing.missed, pairing.come)


def _missed(files: set[str], old: Examined) -> set[str]:
    """Papers that were not handed in again, and the units of which there are no others."""
    own: dict[str, set[str]] = {}
    for entry in old.report.papers:
        if entry.subject and not entry.same_as:
            own.setdefault(entry.subject, set()).add(entry.file)
    return files | {subject for subject, papers in own.items() if papers <= files}


def _unread_then(old: Examined, new: Examined) -> set[str]:
    """Files that gave no paper then and are not among the files now."""
    now = {each.file for each in new.batch.unread} | {each.file for each in new.report.papers}
    return {each.file for each in old.batch.unread} - now


def _originals(side: Examined) -> dict[str, str]:
    """The papers of a side, a copy under the name of what it is a copy of."""
    return {entry.file: entry.same_as or entry.file for entry in side.report.papers}


def _items(
    then: Sequence[tuple[Finding, Spots]], now: Sequence[tuple[Finding, Spots]], missed: set[str]
) -> Iterator[Item]:
    """Earlier items in their order, then the new ones."""
    partner = same_spots(then, now)
    for number, (finding, spots) in enumerate(then):
        if finding.severity in GRAVE:
            still = [now[each][0] for each in partner.get(number, ())]
            grave = next((each for each in still if each.severity in GRAVE), None)
            asked = next((each for each in still if each.severity is Severity.ASK), None)
            lost = MISSED if spots.documents & missed else CLOSED
            yield Item(OPEN if grave else ASKED if asked else lost, finding, grave or asked)
    known = {each for number, found in partner.items() if then[number][0].severity in GRAVE for each in found}
    for number, (finding, _) in enumerate(now):
        if finding.severity in GRAVE and number not in known:
            yield Item(NEW, None, finding)


def _resent(library: Library, old: Paper, new: Paper, pointers: Pointers, side: Examined) -> Resent:
    sides = (side_of(library, old.extraction), side_of(library, new.extraction))
    found = difference(*told_apart(sides))
    originals = _originals(side)
    wanted = {
        place.path
        for finding in side.report.findings
        for place in finding.places
        if place.path and originals.get(place.document) == old.file
    }
    return Resent(old, new, found, tuple(each for each in found.changes if not _asked_for(each, pointers, wanted)))


def _asked_for(change: Change, pointers: Pointers, wanted: set[str]) -> bool:
    """Whether an earlier finding names the place: the field, what it is part of, or something in a row that is gone."""
    if change.old is not None:
        at = change.old.pointer
        within = any(each.startswith(f"{at}/") for each in wanted)
    else:
        row = change.leaf is None
        pointer = change.new.pointer if change.new is not None else ""
        at, within = pointers.before(pointer.rpartition("/")[0] if row else pointer), False
    return within or any(at == each or at.startswith(f"{each}/") for each in wanted)
