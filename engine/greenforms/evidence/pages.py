"""The pages that a report's list of evidence names, held against those of the folder bound in the list's order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from greenforms.evidence.folder import EvidenceFile
from greenforms.evidence.listed import Entry
from greenforms.finding import Finding, Place, Severity
from greenforms_extractors.folding import fold_dashes, without_space

_STATED = re.compile(r"(?:第|[pP]{1,2}\.?)?([0-9]{1,5})页?(?:[-~至到](?:第|[pP]{1,2}\.?)?([0-9]{1,5}))?页?")


@dataclass(frozen=True, slots=True)
class _Bound:
    """An entry with a page: as stated, and as its files stand in the bundle; `length` is None where none is stated."""

    entry: Entry
    stated: int
    length: int | None
    first: int
    pages: int

    @property
    def ahead(self) -> int:
        """By how much the list counts more: the pages of what stands before the bundle."""
        return self.stated - self.first


def wrong_pages(document: str, entries: Sequence[Entry], files: Sequence[Sequence[EvidenceFile]]) -> Iterator[Finding]:
    """A finding for each entry whose page is not where its files stand; `files` are those of each entry.

    Lists may count on from the report's own pages, so what most entries count ahead is taken for these. Files whose
    pages are not known, and those behind such a file, are not judged.
    """
    bound = [each for entry, of in zip(entries, files, strict=True) if (each := _bound(entry, of)) is not None]
    if not bound:
        return
    ahead = Counter(each.ahead for each in bound).most_common(1)[0][0]
    for each in bound:
        is_elsewhere = each.ahead != ahead
        if is_elsewhere or each.length not in (None, each.pages):
            yield _finding(document, each, each.first + ahead)


def _bound(entry: Entry, files: Sequence[EvidenceFile]) -> _Bound | None:
    found = _STATED.fullmatch(fold_dashes(without_space(entry.page)))
    pages = [each.pages for each in files]
    if found is None or not files or None in pages or not all(each.exact for each in files):
        return None
    length = int(found[2]) - int(found[1]) + 1 if found[2] else None
    first = min(each.first for each in files)
    return _Bound(entry, int(found[1]), length, first, sum(each or 0 for each in pages))


def _finding(document: str, bound: _Bound, first: int) -> Finding:
    entry, last = bound.entry, first + bound.pages - 1
    there = f"第{first}页" if last == first else f"第{first}—{last}页"
    fix = "请核对材料是否齐全、次序是否与清单一致，再改清单的页码。"
    message = (
        f"“{document}”的证明材料清单里“{entry.called}”的页码写的是“{entry.page}”，"
        f"照目录里的文件是{there}（共{bound.pages}页）。{fix}"
    )
    place = Place(document, "", entry.called, entry.page)
    return Finding("evidence/wrong-page", Severity.FIX, message, (place,), fix=fix)
