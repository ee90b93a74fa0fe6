"""Whether what a command was given is a document or a data set, found out without loading any reader."""

from __future__ import annotations

import zipfile
from pathlib import Path

from greenforms_extractors.errors import UnreadableFile

#: Text is told from a document by its name where it has a data set's.
_DATA = frozenset({".json", ".yaml", ".yml"})
#: The guard's codes for what may be the text of a data set, or is for its reader to explain.
_MAYBE_TEXT = frozenset({"unknown", "empty", "no-access", "not-found"})


def is_paper(source: str) -> bool:
    """Whether what a command was given is a document, good or bad, and no data set, result of reading or stream."""
    path = Path(source)
    if path.suffix.lower() in _DATA or not path.is_file():
        return False
    from greenforms.workbook.signs import is_readings
    from greenforms_extractors.guard import looked_at
    from greenforms_extractors.supervised.bounds import within_bounds

    if is_readings(path):
        return False
    try:
        within_bounds(looked_at, path)
    except UnreadableFile as refusal:
        return refusal.code not in _MAYBE_TEXT or zipfile.is_zipfile(path)
    return True
