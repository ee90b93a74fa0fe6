"""The recognised fields of one paper while evidence is laid in the scales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from greenforms.read.extraction import Extraction, FieldReading
from greenforms.read.trust.calibration import Calibration
from greenforms.read.trust.confidence import regraded

#: The recognised fields of one paper by pointer.
Readings = dict[str, FieldReading]


def recognised(extraction: Extraction) -> Readings:
    """The fields that were read from pictures."""
    return {field.path: field for field in extraction.fields if field.source == "ocr"}


def weigh_one(pointer: str, readings: Readings, by: Calibration, name: str, *, doubt: str) -> None:
    """Weigh one field by evidence that holds, or fails with a `doubt`."""
    reading = readings.get(pointer)
    if reading is not None and reading.value is not None:
        confidence = by.weigh(reading.confidence, name, holds=not doubt)
        readings[pointer] = regraded(reading, confidence, by, doubt)


def with_readings(extraction: Extraction, readings: Mapping[str, FieldReading]) -> Extraction:
    """The paper with fields that have been weighed."""
    return replace(extraction, fields=tuple(readings.get(field.path, field) for field in extraction.fields))
