"""One paper among those of a pack: what was read, and what it is checked by."""

from __future__ import annotations

from dataclasses import dataclass

from greenforms.dossier.paper import Paper as Said
from greenforms.fact.statement import Fact
from greenforms.form.form import Form
from greenforms.read.extraction import Extraction
from greenforms.read.said import said_by


@dataclass(frozen=True, slots=True)
class Paper:
    """One file read as a form. `file` is its name below the folder, `said` what it is checked by."""

    file: str
    form: Form
    extraction: Extraction
    said: Said

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What it states."""
        return self.said.facts


def paper_of(form: Form, extraction: Extraction) -> Paper:
    """A paper as read, with the facts it states."""
    return Paper(extraction.file, form, extraction, said_by(form, extraction))
