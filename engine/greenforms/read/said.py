"""A paper as it was read, as it is checked."""

from __future__ import annotations

from greenforms.dossier.collect import Seen
from greenforms.dossier.paper import Paper
from greenforms.fact.statement import Fact
from greenforms.form.form import Form
from greenforms.read.extraction import Extraction, FieldReading


def said_by(form: Form, extraction: Extraction) -> Paper:
    """What a paper says, with the places where it does."""
    seen = {reading.path: _seen(reading) for reading in extraction.fields}
    return Paper(form, extraction.data, extraction.file, seen, extraction.makers)


def facts_of(form: Form, extraction: Extraction) -> tuple[Fact, ...]:
    """All facts a paper states, in form order, each with its place."""
    return said_by(form, extraction).facts


def _seen(reading: FieldReading) -> Seen:
    """A recorded value speaks for itself: where the paper differs, that is a finding already."""
    return Seen(reading.evidence, "" if reading.source == "record" else reading.raw)
