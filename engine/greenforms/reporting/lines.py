"""What a report says of each finding, in words: the same on the page and in the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenforms.codec.printable import show_controls
from greenforms.finding import SEVERITY_WORDS, Finding, Place
from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.said import said
from greenforms.form.tree import leaf_at
from greenforms.pack.examined import Examined
from greenforms.place import describe
from greenforms.report import json_text
from greenforms_extractors.origin import PageOrigin


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a finding speaks of; `page` is where it stands on a page, None elsewhere."""

    document: str
    label: str
    value: str
    where: str
    path: str
    page: PageOrigin | None


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, numbered from 1."""

    number: int
    severity: str
    word: str
    message: str
    basis: str
    fix: str
    rule: str
    spots: tuple[Spot, ...]


def told(found: Examined) -> tuple[Told, ...]:
    """The findings in their order."""
    forms = {paper.file: paper.form for paper in found.batch.papers}
    return tuple(_told(number, each, forms) for number, each in enumerate(found.report.findings, 1))


def _told(number: int, finding: Finding, forms: Mapping[str, Form]) -> Told:
    basis = f"{finding.citation.document} {finding.citation.article}" if finding.citation else ""
    return Told(
        number,
        finding.severity.value,
        SEVERITY_WORDS[finding.severity],
        shown(finding.message),
        shown("" if finding.citation and finding.citation.article in finding.message else basis),
        shown(finding.fix),
        finding.rule,
        tuple(_spots(finding.places, forms)),
    )


def _spots(places: Sequence[Place], forms: Mapping[str, Form]) -> Iterator[Spot]:
    for place in places:
        form = forms.get(place.document)
        label = place.label or (called(form, place.path) if form and place.path else "") or ""
        where = describe(place.evidence) if place.evidence is not None else ""
        page = place.evidence if isinstance(place.evidence, PageOrigin) else None
        yield Spot(shown(place.document), shown(label), _value(form, place), where, place.path, page)


def _value(form: Form | None, place: Place) -> str:
    leaf = leaf_at(form.root, place.path) if form is not None and place.path else None
    value: Any = place.value
    if value is None:
        return ""
    if leaf is not None and leaf.shape.fits(value):
        return shown(said(leaf, value))
    return shown(value if isinstance(value, str) else json_text(value))


def shown(text: str) -> str:
    """A text with what cannot be seen made visible."""
    return show_controls(text, keep="\n")
