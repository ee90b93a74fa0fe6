"""The papers of one folder, held against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from greenforms.dossier.collect import has_list
from greenforms.dossier.years import of_one_year
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import Vocabulary
from greenforms.finding import Finding
from greenforms.pack import wording
from greenforms.pack.agreement import groups_of, same_fact, same_name, several_valued
from greenforms.pack.folder import Paper
from greenforms.pack.rules import found
from greenforms.pack.subjects import Subject, alike, lists_of, near_names, subjects_of
from greenforms.pack.versions import version_findings


class Between:
    """What the papers of one folder say of the same things."""

    def __init__(self, papers: Sequence[Paper], vocabulary: Vocabulary) -> None:
        """Sort the papers' statements by subject."""
        self._papers = papers
        self._vocabulary = vocabulary
        self._subjects = subjects_of((paper.facts for paper in papers), vocabulary)
        self._facts = [fact for paper in papers for fact in paper.facts]
        self._lists = lists_of(self._facts)
        self._near = near_names(self._subjects, self._lists)
        self._keys = {name: subject.key for subject in self._subjects for name in subject.names}
        self._names: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(self._facts, key=lambda fact: fact.listed):
            if fact.fact == vocabulary.subject and fact.value:
                self._names[self._key(fact)].append(fact)

    def findings(self) -> Iterator[Finding]:
        """All that is wrong between the papers."""
        for subject in self._subjects:
            yield from self._name_findings(subject)
        yield from self._alike_papers()
        yield from self._fact_findings()
        yield from version_findings((paper, self._family(paper)) for paper in self._papers if self.subject_of(paper))
        for subject in self._subjects:
            yield from self._not_listed(subject)

    def subject_of(self, paper: Paper) -> str | None:
        """The name of the unit a paper is about, as its first paper writes it; None for a list or a nameless paper."""
        own = next((fact for fact in paper.facts if not fact.listed), None)
        return self._title(self._key(own)) if own and self._names.get(self._key(own)) else None

    def subject_in(self, fact: Fact) -> str:
        """The name of the unit a statement is about."""
        return self._title(self._key(fact))

    def _key(self, fact: Fact) -> str:
        return self._keys.get(fact.subject, fact.subject)

    def _title(self, key: str) -> str:
        return self._names[key][0].shown if self._names.get(key) else key

    def _family(self, paper: Paper) -> tuple[str, str]:
        application = next((fact.application for fact in paper.facts if not fact.listed), "")
        return self.subject_of(paper) or "", application

    def _name_findings(self, subject: Subject) -> Iterator[Finding]:
        kind = self._vocabulary.facts[self._vocabulary.subject]
        certain = groups_of(kind, self._names[subject.key])
        near = [
            fact
            for document, name in self._near.get(subject.key, {}).items()
            for fact in self._names[name]
            if fact.document == document
        ]
        groups = [*certain, *groups_of(kind, near)]
        if len(groups) > 1:
            yield same_name(groups, sure=not near)

    def _alike_papers(self) -> Iterator[Finding]:
        """Papers of different forms about nearly the same name, unless the lists know both units."""
        forms = defaultdict(set)
        for paper in self._papers:
            for fact in paper.facts:
                if not fact.listed:
                    forms[self._key(fact)].add(paper.form.id)
        for one, other in combinations(self._subjects, 2):
            known = any(self._lists.holding(one)) and any(self._lists.holding(other))
            if known or not forms[one.key].isdisjoint(forms[other.key]) or not alike(one, other):
                continue
            yield same_name([self._names[one.key], self._names[other.key]], sure=False)

    def statements(self) -> Iterator[list[Fact]]:
        """What is stated more than once: each subject's names, then its other facts."""
        yield from (self._names[subject.key] for subject in self._subjects if len(self._names[subject.key]) > 1)
        yield from (facts for _, facts in self._repeated())

    def _repeated(self) -> Iterator[tuple[str, list[Fact]]]:
        """The other facts stated more than once, each with its subject's key."""
        by_key: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
        for fact in self._facts:
            if fact.fact != self._vocabulary.subject:
                application = fact.application if self._vocabulary.facts[fact.fact].per_application else ""
                by_key[self._key(fact), fact.fact, fact.period, application, fact.item, fact.boundary].append(fact)
        for (subject, fact_id, period, *_), facts in by_key.items():
            daily = self._vocabulary.facts[fact_id].time == "day" and not period
            for group in of_one_year(facts, lambda fact: fact.as_of) if daily else [facts]:
                if len(group) > 1:
                    yield subject, group

    def _fact_findings(self) -> Iterator[Finding]:
        for subject, facts in self._repeated():
            kind = self._vocabulary.facts[facts[0].fact]
            check = several_valued if kind.several else same_fact
            yield from check(kind, self._title(subject), facts)

    def _not_listed(self, subject: Subject) -> Iterator[Finding]:
        names = [fact for fact in self._names[subject.key] if not fact.listed]
        lists = self._lists_for({fact.document for fact in names})
        if not names or not lists or lists & {*self._lists.holding(subject), *self._near.get(subject.key, {})}:
            return
        quoted = "、".join(f"“{document}”" for document in sorted(lists))
        act = "确认名单是否漏列，或材料是否放错目录"
        message = f"{names[0].shown}有材料（{wording.where(names[0])}），名单{quoted}里却没有这个单位。请{act}。"
        yield found("pack/not-listed", message, (wording.place(names[0]),), act)

    def _lists_for(self, documents: set[str]) -> set[str]:
        """The lists that belong to the same edition as some papers."""
        editions = {paper.form.edition.id for paper in self._papers if paper.file in documents}
        return {paper.file for paper in self._papers if paper.form.edition.id in editions and has_list(paper.form)}
