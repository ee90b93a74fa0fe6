"""For what type a unit applies whose papers do not state it: a paper that procedures want of one type alone says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from greenforms.carry.material import Statement
from greenforms.fact.vocabulary import Vocabulary
from greenforms.form.library import Library


def handed_in_as(names: Sequence[Statement], vocabulary: Vocabulary) -> Iterator[Statement]:
    """A statement of each type that the papers of a unit are handed in for, in their order; `names` state its name."""
    types: dict[str, Statement] = {}
    for each in names:
        form = each.paper.form
        wanted = _types_of(form.library).get(form.layout, frozenset())
        if len(wanted) == 1:
            types.setdefault(next(iter(wanted)), each)
    for type_, name in types.items():
        kind = vocabulary.facts[vocabulary.application]
        fact = replace(name.fact, fact=kind.id, value=type_, held=type_, printed=type_, application=type_)
        yield Statement(replace(fact, label=f"《{name.paper.form.title}》", entity=kind.entity), name.paper)


def _types_of(library: Library) -> Mapping[str, frozenset[str]]:
    """The types of applicants of whom a procedure wants a paper, by its layout."""
    found: dict[str, set[str]] = defaultdict(set)
    for procedure in library.procedures.values():
        for paper in procedure.papers:
            found[library.form(paper.form).layout] |= {*(paper.types or procedure.types)}
    return {layout: frozenset(types) for layout, types in found.items()}
