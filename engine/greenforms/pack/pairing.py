"""The papers of an earlier submission and of a later one that are the same paper: by form and subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from greenforms.dossier.about import About
from greenforms.dossier.subjects import Subject, alike
from greenforms.fact.fold import fold_name
from greenforms.form.library import Library
from greenforms.pack.examined import Examined
from greenforms.pack.paper import Paper

Key = Callable[[Paper], Hashable]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pairs, older paper first, in the order of the newer ones; `gone` and `come` are there on one side only."""

    pairs: tuple[tuple[Paper, Paper], ...]
    gone: tuple[Paper, ...]
    come: tuple[Paper, ...]

    @property
    def missed(self) -> tuple[Paper, ...]:
        """Older papers of which no version was handed in again; of two versions one is enough."""
        kept = {_family(old) for old, _ in self.pairs}
        return tuple(paper for paper in self.gone if _family(paper) not in kept)


def _family(paper: Paper) -> Hashable:
    return paper.form.layout, tuple(fact.subject for fact in paper.facts if not fact.listed)[:1], paper.said.year


def paired(library: Library, old: Examined, new: Examined) -> Pairing:
    """The papers of both sides without copies. What fits several papers equally well is paired with none of them."""
    left, right = _originals(old), _originals(new)
    about = About([paper.said for paper in (*left, *right)], library.vocabulary)
    keys: tuple[Key, ...] = (
        lambda paper: (paper.form.layout, about.family(paper.said), paper.said.year, paper.file),
        lambda paper: (paper.form.layout, about.family(paper.said), paper.said.year),
        lambda paper: (paper.form.layout, about.family(paper.said)),
        lambda paper: (paper.form.layout, about.subject_of(paper.said)),
    )
    found: dict[str, Paper] = {}
    for key in keys:
        _take(left, right, key, found)
    _take(left, right, lambda paper: paper.form.layout, found, lambda *pair: _near(about, *pair))
    pairs = tuple((found[each.file], each) for each in new.batch.papers if each.file in found)
    return Pairing(pairs, tuple(left), tuple(right))


def _originals(side: Examined) -> list[Paper]:
    copies = {entry.file for entry in side.report.papers if entry.same_as}
    return [paper for paper in side.batch.papers if paper.file not in copies]


def _take(
    left: list[Paper],
    right: list[Paper],
    key: Key,
    found: dict[str, Paper],
    fits: Callable[[Paper, Paper], bool] = lambda old, new: True,
) -> None:
    """Pair what alone has a key on both sides; it is left over no more."""
    old, new = _by_key(left, key), _by_key(right, key)
    for each, papers in new.items():
        if len(papers) == len(old.get(each, ())) == 1 and fits(old[each][0], papers[0]):
            found[papers[0].file] = old[each][0]
            left.remove(old[each][0])
            right.remove(papers[0])


def _by_key(papers: Sequence[Paper], key: Key) -> dict[Hashable, list[Paper]]:
    grouped: dict[Hashable, list[Paper]] = defaultdict(list)
    for paper in papers:
        grouped[key(paper)].append(paper)
    return grouped


def _near(about: About, old: Paper, new: Paper) -> bool:
    """Whether the units of two papers may be one: the name was misspelt, or is not there."""
    names = [fold_name(about.subject_of(paper.said) or "") for paper in (old, new)]
    one, other = (Subject(name, (name,)) for name in names)
    return not all(names) or alike(one, other)
