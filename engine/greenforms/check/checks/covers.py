"""Whoever is on a list has what everybody on it must have: a row in another list, or a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from greenforms.check.case import Case
from greenforms.check.placed import patterns_in
from greenforms.check.pointers import same_row, spots
from greenforms.check.verdict import FINE, Fault, Gap, Judgement, Spot
from greenforms.fact.fold import fold_name
from greenforms.form.tree import ABSENT, at

#: Pointer patterns of names by the form they stand in.
Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Covers:
    """Every name in `lists` is one of the names in `by`. Both are pointer patterns by the name of a form.

    With `where` only rows of a list count in which each of its fields, where it is there, has one of its values.
    Without a paper of either kind nothing can be said.
    """

    name: ClassVar[str] = "covers"
    faults: ClassVar[Mapping[str, tuple[str, ...]]] = {"uncovered": ("name", "list", "papers")}

    lists: Names
    by: Names
    where: Names = field(default_factory=dict)

    def operands(self) -> tuple[str, ...]:
        """None: the places are those of several forms."""
        return ()

    def run(self, case: Case) -> Iterator[Judgement]:
        """Judge each name in a list."""
        listed = [spot for spot in _names(case, self.lists, self.by) if self._counts(spot)]
        covering = list(_names(case, self.by, self.lists))
        if not listed or not covering:
            if listed or covering:
                yield Gap("list-not-given", {"lists": "、".join(self._titles(case, self.by if listed else self.lists))})
            return
        known = {fold_name(spot.value) for spot in covering}
        papers = "、".join(dict.fromkeys(map(_title, covering)))
        for spot in listed:
            said = {"name": spot.value, "list": _title(spot), "papers": papers}
            yield FINE if fold_name(spot.value) in known else Fault("uncovered", (spot,), said)

    def _counts(self, spot: Spot) -> bool:
        found = [(at(spot.paper.data, same_row(each, spot.pointer)), values) for each, values in self.where.items()]
        return all(value is ABSENT or value in values for value, values in found)

    def _titles(self, case: Case, names: Names) -> Iterator[str]:
        """The forms in words, each title once."""
        library = case.dossier.library
        forms = (id_ for id_ in library.form_ids if id_.partition("/")[2] in names)
        return iter(dict.fromkeys(f"《{library.form(each).title}》" for each in forms))


def _title(spot: Spot) -> str:
    """The title of the paper in which a place stands: of one inside another, that one."""
    form = spot.paper.form
    inner = (name for name, place in form.within.items() if spot.pointer.startswith(f"{place}/"))
    name = next(inner, None)
    return f"《{form.title if name is None else form.library.form(f'{form.edition.id}/{name}').title}》"


def _names(case: Case, names: Names, against: Names) -> Iterator[Spot]:
    """The names that the papers of one side state; a paper of the other side is not held against a part of itself."""
    for paper in case.dossier.papers:
        if paper.form.entry.name in against and paper.form.entry.name not in names:
            continue
        for pattern in patterns_in(paper.form, names):
            for pointer, value in spots(paper.data, pattern):
                if isinstance(value, str) and value.strip():
                    yield Spot(paper, pointer, value)
