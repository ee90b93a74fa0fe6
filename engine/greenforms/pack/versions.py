"""Several files of one paper: harmless when they say the same, as a docx and its pdf do, else two versions."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from greenforms.dossier.collect import year_of
from greenforms.dossier.years import of_one_year
from greenforms.finding import Finding, Place
from greenforms.form.labels import called
from greenforms.form.package import Form
from greenforms.form.tree import Value, values
from greenforms.pack.folder import Paper
from greenforms.pack.rules import found
from greenforms_extractors.folding import fold_prose, without_space

#: So many of the fields that differ are named.
_NAMED = 3


def version_findings(papers: Iterable[tuple[Paper, tuple[str, str]]]) -> Iterator[Finding]:
    """A finding for each paper with versions that differ; papers come with their subject and application."""
    families: dict[tuple[str, str, str], list[Paper]] = defaultdict(list)
    for paper, (subject, application) in papers:
        families[paper.form.id, subject, application].append(paper)
    for (_, subject, _), family in families.items():
        for papers_of_year in of_one_year(family, lambda paper: year_of(paper.form, paper.extraction.data)):
            first, differing = papers_of_year[0], list(_differing(papers_of_year))
            if differing:
                yield _two_versions(subject, first, differing)


def _differing(family: Sequence[Paper]) -> Iterator[tuple[Paper, list[Value]]]:
    first = family[0]
    for other in family[1:]:
        if places := differences(first.form, first.extraction.data, other.extraction.data):
            yield other, places


def differences(form: Form, one: Any, other: Any) -> list[Value]:
    """The fields that two data sets print differently; what is not printed is compared where both have it."""
    left, right = ({value.pointer: value for value in values(form.root, data)} for data in (one, other))
    return [value for pointer, value in {**left, **right}.items() if not _alike(left.get(pointer), right.get(pointer))]


def imprint(form: Form, data: Any) -> str:
    """A digest of what a data set prints; two that print the same have the same."""
    printed = [(value.pointer, _printed(value)) for value in values(form.root, data) if value.leaf.printed]
    return hashlib.sha256(repr([each for each in printed if each[1]]).encode()).hexdigest()


def _alike(one: Value | None, other: Value | None) -> bool:
    if one is None or other is None:
        present = one or other
        return present is None or not present.present
    if one.value == other.value and one.present == other.present:
        return True
    if not one.leaf.printed and not (one.present and other.present):
        return True
    return _printed(one) == _printed(other)


def _printed(value: Value) -> str:
    if not value.present:
        return ""
    leaf = value.leaf
    text = leaf.empty if value.value is None else leaf.codec.format(value.value)
    return without_space(fold_prose(text))


def _two_versions(subject: str, first: Paper, others: Sequence[tuple[Paper, list[Value]]]) -> Finding:
    names = "、".join(f"“{other.file}”" for other, _ in others)
    what = "；".join(f"“{other.file}”{_what(first.form, places)}" for other, places in others)
    act = "保留有效的一份，删去其余各份"
    message = (
        f"“{first.file}”与{names}都是{subject}的《{first.form.title}》，内容却不同：{what}。"
        f"同一材料只能有一个版本，请{act}。"
    )
    places = (Place(first.file, "", ""), *(Place(other.file, "", "") for other, _ in others))
    return found("pack/two-versions", message, places, act)


def _what(form: Form, places: Sequence[Value]) -> str:
    labels = list(dict.fromkeys(called(form, place.pointer) for place in places))
    more = "等" if len(labels) > _NAMED else ""
    return f"有{len(places)}处不同，如{'、'.join(labels[:_NAMED])}{more}"
