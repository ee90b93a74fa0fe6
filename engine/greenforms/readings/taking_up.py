"""Takes up what was read before, wherever papers are expected: the papers of a result of reading, corrected."""

from __future__ import annotations

from pathlib import Path

from greenforms import datafile
from greenforms.errors import InputError
from greenforms.form.library import Library
from greenforms.read.extraction import Extraction
from greenforms.readings.choosing import settled
from greenforms.readings.paper import papers_in
from greenforms.readings.reading import read_readings
from greenforms.workbook.signs import is_readings


def kept_in(library: Library, path: Path, name: str) -> tuple[Extraction, ...] | None:
    """The papers that a file of readings, called `name`, holds with their corrections; None for any other file.

    Raises InputError where its structure was changed.
    """
    if is_readings(path):
        return tuple(settled(library, paper, name) for paper in read_readings(library, path).papers)
    if path.suffix.lower() != ".json":
        return None
    try:
        dataset = datafile.load(str(path))
    except InputError:  # whoever reads it next has the words for it
        return None
    papers = papers_in(dataset.data, dataset.name)
    return None if papers is None else tuple(settled(library, paper, name) for paper in papers)
