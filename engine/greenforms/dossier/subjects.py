"""Who the papers of a folder are about, and which names look like one name misspelt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from greenforms.fact.fold import fold_name
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import Vocabulary

#: Two names at least this alike (rapidfuzz, in percent) are probably one name with a slip.
_ALIKE = 80


@dataclass(frozen=True, slots=True)
class Subject:
    """One unit: the key of its facts and every folded name its own papers give it, the first being the key."""

    key: str
    names: tuple[str, ...]


def subjects_of(papers: Iterable[tuple[Fact, ...]], vocabulary: Vocabulary) -> tuple[Subject, ...]:
    """The subjects the papers have of their own. Papers that share a name share the subject."""
    groups: list[dict[str, None]] = []
    for facts in papers:
        names = dict.fromkeys(fold_name(str(fact.value)) for fact in facts if _is_own_name(fact, vocabulary))
        names |= dict.fromkeys(fact.subject for fact in facts if not fact.listed)
        apart = [group for group in groups if not group.keys() & names.keys()]
        joined: dict[str, None] = {}
        for group in groups:
            if group not in apart:
                joined |= group
        groups = [*apart, joined | names] if names else groups
    return tuple(Subject(next(iter(group)), tuple(group)) for group in groups)


def _is_own_name(fact: Fact, vocabulary: Vocabulary) -> bool:
    return fact.fact == vocabulary.subject and not fact.listed and bool(fact.value)


@dataclass(frozen=True, slots=True)
class Lists:
    """The names in each list of the folder, by document."""

    names: dict[str, frozenset[str]]

    def holding(self, subject: Subject) -> Iterator[str]:
        """The lists that have a subject under one of its names."""
        return (document for document, names in self.names.items() if not names.isdisjoint(subject.names))


def lists_of(facts: Iterable[Fact]) -> Lists:
    """The lists among the papers."""
    names: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.listed:
            names[fact.document].add(fact.subject)
    return Lists({document: frozenset(found) for document, found in names.items()})


def near_names(subjects: tuple[Subject, ...], lists: Lists) -> dict[str, dict[str, str]]:
    """For each subject, by list, the name that is nearly its own where its own is missing.

    A name that belongs to another paper's subject is that unit's name, not a slip.
    """
    taken = {name for subject in subjects for name in subject.names}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for document, names in lists.names.items():
        free = sorted(names - taken)
        for subject in subjects:
            if names.isdisjoint(subject.names) and (near := _nearest(subject.names, free)):
                found[subject.key][document] = near
    return found


def _nearest(names: tuple[str, ...], candidates: list[str]) -> str | None:
    from rapidfuzz import fuzz, process

    hits = [process.extractOne(name, candidates, scorer=fuzz.ratio, score_cutoff=_ALIKE) for name in names]
    return max((hit for hit in hits if hit), key=lambda hit: hit[1], default=(None,))[0]


def alike(one: Subject, other: Subject) -> bool:
    """Whether two subjects may be one whose name was misspelt."""
    from rapidfuzz import fuzz

    return any(fuzz.ratio(left, right) >= _ALIKE for left in one.names for right in other.names)
