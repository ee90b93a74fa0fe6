"""Several files of one paper: harmless when they say the same, as a docx and its pdf do, else two versions."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms.dossier.paper import Paper
from greenforms.dossier.years import of_one_year
from greenforms.form.form import Form
from greenforms.form.tree import Value, values
from greenforms_extractors.folding import fold_prose, without_space


@dataclass(frozen=True, slots=True)
class Versions:
    """Papers that should be one: the first, and the others with the fields in which they differ from it."""

    subject: str
    first: Paper
    others: tuple[tuple[Paper, list[Value]], ...]


def versions(papers: Iterable[tuple[Paper, tuple[str, str]]]) -> Iterator[Versions]:
    """The papers that are there in several versions; papers come with their subject and application."""
    families: dict[tuple[str, str, str], list[Paper]] = defaultdict(list)
    for paper, (subject, application) in papers:
        families[paper.form.id, subject, application].append(paper)
    for (_, subject, _), family in families.items():
        for of_year in of_one_year(family, lambda paper: paper.year):
            if others := tuple(_differing(of_year)):
                yield Versions(subject, of_year[0], others)


def _differing(family: Sequence[Paper]) -> Iterator[tuple[Paper, list[Value]]]:
    first = family[0]
    for other in family[1:]:
        if places := differences(first.form, first.data, other.data):
            yield other, places


def differences(form: Form, one: Any, other: Any) -> list[Value]:
    """The fields that two data sets print differently; what is not printed is compared where both have it."""
    left, right = ({value.pointer: value for value in values(form.root, data)} for data in (one, other))
    return [value for pointer, value in {**left, **right}.items() if not alike(left.get(pointer), right.get(pointer))]


def imprint(form: Form, data: Any) -> str:
    """A digest of what a data set prints; two that print the same have the same."""
    printed = [(value.pointer, imprint_of(value)) for value in values(form.root, data) if value.leaf.printed]
    return hashlib.sha256(repr([each for each in printed if each[1]]).encode()).hexdigest()


def alike(one: Value | None, other: Value | None) -> bool:
    """Whether a field says the same on two papers; None stands for one that has no such place."""
    if one is None or other is None:
        present = one or other
        return present is None or not present.present
    if one.value == other.value and one.present == other.present:
        return True
    if not one.leaf.printed and not (one.present and other.present):
        return True
    return imprint_of(one) == imprint_of(other)


def imprint_of(value: Value) -> str:
    """What a field prints, without regard to widths and white space; "" for one that is not there."""
    if not value.present:
        return ""
    leaf = value.leaf
    text = leaf.empty if value.value is None else leaf.codec.format(value.value)
    return without_space(fold_prose(text))
