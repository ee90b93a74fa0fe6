"""Draws the facts out of a paper as it was read."""

from __future__ import annotations

from greenforms.dossier.collect import Seen, collect
from greenforms.fact.statement import Fact
from greenforms.form.package import Form
from greenforms.recognise.extraction import Extraction, FieldReading


def facts_of(form: Form, extraction: Extraction) -> tuple[Fact, ...]:
    """All facts a paper states, in form order, each with its place."""
    seen = {reading.path: _seen(reading) for reading in extraction.fields}
    return collect(form, extraction.file, extraction.data, seen)


def _seen(reading: FieldReading) -> Seen:
    """A recorded value speaks for itself: where the paper differs, that is a finding already."""
    return Seen(reading.evidence, "" if reading.source == "record" else reading.raw)
