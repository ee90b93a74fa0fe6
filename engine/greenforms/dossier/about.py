"""Whom the papers of a dossier are about, and what they say of the same things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from greenforms.dossier.collect import has_list
from greenforms.dossier.groups import groups_of
from greenforms.dossier.paper import Paper
from greenforms.dossier.subjects import Subject, alike, lists_of, near_names, subjects_of
from greenforms.dossier.years import of_one_year
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import Vocabulary

Groups = list[list[Fact]]


class About:
    """What papers say of the same things."""

    def __init__(self, papers: Sequence[Paper], vocabulary: Vocabulary) -> None:
        """Sort the papers' statements by subject."""
        self._papers = papers
        self._vocabulary = vocabulary
        self.subjects = subjects_of((paper.facts for paper in papers), vocabulary)
        self._facts = [fact for paper in papers for fact in paper.facts]
        self._lists = lists_of(self._facts)
        self._near = near_names(self.subjects, self._lists)
        self._keys = {name: subject.key for subject in self.subjects for name in subject.names}
        self._names: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(self._facts, key=lambda fact: fact.listed):
            if fact.fact == vocabulary.subject and fact.value:
                self._names[self.key(fact)].append(fact)

    def subject_of(self, paper: Paper) -> str | None:
        """The name of the unit a paper is about, as its first paper writes it; None for a list or a nameless paper."""
        own = next((fact for fact in paper.facts if not fact.listed), None)
        return self.title(self.key(own)) if own and self._names.get(self.key(own)) else None

    def subject_in(self, fact: Fact) -> str:
        """The name of the unit a statement is about."""
        return self.title(self.key(fact))

    def key(self, fact: Fact) -> str:
        """The key of the subject a statement is about."""
        return self._keys.get(fact.subject, fact.subject)

    def title(self, key: str) -> str:
        """A subject's name as its first paper writes it."""
        return self._names[key][0].shown if self._names.get(key) else key

    def family(self, paper: Paper) -> tuple[str, str]:
        """The subject and the application that a paper belongs to."""
        application = next((fact.application for fact in paper.facts if not fact.listed), "")
        return self.subject_of(paper) or "", application

    def names(self, subject: Subject) -> tuple[Groups, Groups]:
        """A subject's names by spelling: those its papers and lists give it, and those in lists that are nearly its."""
        kind = self._vocabulary.facts[self._vocabulary.subject]
        near = [
            fact
            for document, name in self._near.get(subject.key, {}).items()
            for fact in self._names[name]
            if fact.document == document
        ]
        return groups_of(kind, self._names[subject.key]), groups_of(kind, near)

    def alike(self) -> Iterator[Groups]:
        """The names of papers of different forms that are nearly the same, unless the lists know both units."""
        forms = defaultdict(set)
        for paper in self._papers:
            for fact in paper.facts:
                if not fact.listed:
                    forms[self.key(fact)].add(paper.form.id)
        for one, other in combinations(self.subjects, 2):
            known = any(self._lists.holding(one)) and any(self._lists.holding(other))
            if known or not forms[one.key].isdisjoint(forms[other.key]) or not alike(one, other):
                continue
            yield [self._names[one.key], self._names[other.key]]

    def statements(self) -> Iterator[list[Fact]]:
        """What is stated more than once: each subject's names, then its other facts."""
        yield from (self._names[subject.key] for subject in self.subjects if len(self._names[subject.key]) > 1)
        yield from (facts for _, facts in self.repeated())

    def repeated(self) -> Iterator[tuple[str, list[Fact]]]:
        """The other facts stated more than once, each with its subject's key."""
        by_key: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
        for fact in self._facts:
            if fact.fact != self._vocabulary.subject:
                application = fact.application if self._vocabulary.facts[fact.fact].per_application else ""
                by_key[self.key(fact), fact.fact, fact.period, application, fact.item, fact.boundary].append(fact)
        for (subject, fact_id, period, *_), facts in by_key.items():
            daily = self._vocabulary.facts[fact_id].time == "day" and not period
            for group in of_one_year(facts, lambda fact: fact.as_of) if daily else [facts]:
                if len(group) > 1:
                    yield subject, group

    def unlisted(self, subject: Subject) -> tuple[Fact, tuple[str, ...]] | None:
        """The first name of a subject with papers that none of the lists of their editions has, and these lists."""
        names = [fact for fact in self._names[subject.key] if not fact.listed]
        lists = self._lists_for({fact.document for fact in names})
        if not names or not lists or lists & {*self._lists.holding(subject), *self._near.get(subject.key, {})}:
            return None
        return names[0], tuple(sorted(lists))

    def _lists_for(self, documents: set[str]) -> set[str]:
        """The lists that belong to the same edition as some papers."""
        editions = {paper.form.edition.id for paper in self._papers if paper.document in documents}
        return {paper.document for paper in self._papers if paper.form.edition.id in editions and has_list(paper.form)}
