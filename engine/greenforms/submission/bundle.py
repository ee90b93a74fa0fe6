"""The attachments as they are bound one behind the other: how many pages each has, and on which it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenforms.errors import InputError
from greenforms.show.source import page_count
from greenforms.submission.papers import Evidence
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.guard import looked_at
from greenforms_extractors.supervised.bounds import within_bounds


@dataclass(frozen=True, slots=True)
class Bound:
    """An attachment among the others; `pages` is None for what has none before it is printed, or is no file to print.

    `first` is its first page; `exact` whether that is known, for such a file counts as one page.
    """

    evidence: Evidence
    pages: int | None
    first: int
    exact: bool

    @property
    def words(self) -> tuple[str, str]:
        """The number of pages and the first one, as the list of attachments has them."""
        return "打印以后才知道" if self.pages is None else str(self.pages), f"{'' if self.exact else '约'}{self.first}"


def bound(evidence: Sequence[Evidence], starts: Mapping[str, tuple[int, int]] | None = None) -> tuple[Bound, ...]:
    """The attachments in their order. `starts` are first page and pages by file, where all stand in one file."""
    if starts is not None:
        return tuple(Bound(each, starts[each.file][1], starts[each.file][0], exact=True) for each in evidence)
    found: list[Bound] = []
    first, exact = 1, True
    for each in evidence:
        pages = _pages_of(each)
        found.append(Bound(each, pages, first, exact))
        first, exact = first + (pages or 1), exact and pages is not None
    return tuple(found)


def _pages_of(each: Evidence) -> int | None:
    try:
        kind = within_bounds(looked_at, each.path).kind
    except (InputError, UnreadableFile):
        return None
    return page_count(each.path, is_pdf=kind == "pdf") if kind in ("pdf", "image") else None
