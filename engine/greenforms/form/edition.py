"""An edition: one authority's rule set of one year, as `edition.yaml` states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class GoverningDocument:
    """A document the edition rests on."""

    id: str
    title: str
    number: str | None = None
    issued: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class FormEntry:
    """What an edition says of a form: which layout it is, under which title and annex.

    `grade` tells how sure we are of the layout (A read, B in part, C rebuilt). `texts` are printed where the template
    asks for them (`{{ form.maker }}`), `fields` override what the layout's schema says of a field, by its pattern,
    `parts` names the part of a catalogue that the edition asks about where it is not the layout's.
    """

    name: str
    layout: str
    title: str
    annex: str
    document: str
    grade: str
    grade_note: str
    outputs: tuple[str, ...]
    filled_by: str
    received_by: str
    titles: tuple[str, ...]
    #: A data set among the shipped examples, for the demonstration.
    example: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition with its documents and forms. Its rules are the library's to read, when they are asked for."""

    id: str
    title: str
    authority: str
    region: str | None
    in_force_from: date | None
    in_force_to: date | None
    documents: tuple[GoverningDocument, ...]
    forms: tuple[FormEntry, ...]
    #: What there is to say of the edition as a whole; why it has no forms, where it has none.
    note: str = ""

    def document_title(self, document_id: str) -> str:
        """The title of a cited document."""
        return next(document.title for document in self.documents if document.id == document_id)
