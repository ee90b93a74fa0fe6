"""Hostile Word documents and workbooks: each is read, or refused for the reason that is its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenforms_extractors import extent
from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.reading import read
from hostile import sheet, word

#: What is hostile by its amount is read at this scale, within limits of the same scale.
SCALE = 0.003
LIMITS = ("MAX_MARKUP", "MAX_EVENTS", "MAX_PLACES", "MAX_CHARACTERS", "MAX_PICTURES")
#: By the beginning of the name; what is not listed is read.
REFUSED = {
    "attributes-": "too-much",
    "bookmarks-": "too-much",
    "cells-2-million": "too-much",
    "cells-3-million": "too-much",
    "column-beyond-": "too-wide",
    "columns-before-": "too-wide",
    "controls-6-million-": "too-much",
    "controls-in-controls-300": "too-deep",
    "main-part-empty": "damaged",
    "main-part-missing": "unknown",
    "merges-million": "too-much",
    "merges-of-everything-": "too-much",
    "names-over-everything": "too-much",
    "not-utf-8": "damaged",
    "paragraphs-": "too-much",
    "picture-": "too-much",
    "relationships-are-no-xml": "damaged",
    "row-999999999.": "too-long",
    "row-outside-": "damaged",
    "rows-14-million": "too-much",
    "runs-": "too-much",
    "shared-string-": "too-much",
    "sheet-is-no-xml": "damaged",
    "sheet-name-of-": "damaged",
    "sheet-of-300-": "too-deep",
    "sheets-1000-": "damaged",
    "span-1e9": "too-wide",
    "string-of-11-": "too-much",
    "strings-are-no-xml": "damaged",
    "styles-are-no-xml": "damaged",
    "table-directly-": "damaged",
    "tables-in-tables-300": "too-deep",
    "text-11-": "too-much",
    "text-in-controls-": "too-much",
    "text-node-": "too-much",
    "unknown-encoding": "damaged",
}
FILES = dict([*word.files(SCALE), *sheet.files(SCALE)])


@pytest.mark.parametrize("name", FILES)
def test_ends_in_its_own_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Nothing but a document or the one refusal comes out, and every text that was read can be written."""
    for limit in LIMITS:
        monkeypatch.setattr(extent, limit, int(getattr(extent, limit) * SCALE))
    if not name.startswith(("table-of-", *(start for start, code in REFUSED.items() if code == "too-much"))):
        monkeypatch.undo()
    path = tmp_path / f"敌意{Path(name).suffix}"
    path.write_bytes(FILES[name])
    wanted = next((code for start, code in REFUSED.items() if name.startswith(start)), None)
    if wanted is not None:
        with pytest.raises(UnreadableFile) as caught:
            read(path)
        assert caught.value.code == wanted
        return
    document = read(path)
    texts = [cell.text for table in document.tables for cell in table.cells]
    "".join(texts + [each.text for each in document.paragraphs] + [each.text for each in document.controls]).encode()


def test_no_refusal_is_listed_in_vain() -> None:
    """Every entry of the list stands for a file."""
    assert [start for start in REFUSED if not any(name.startswith(start) for name in FILES)] == []
