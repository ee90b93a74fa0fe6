"""Places in Word documents: where the reader says something stands, there it is found to be marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenforms.mark.package import Draft
from greenforms.mark.word_places import places_in
from greenforms_extractors.model import ParagraphOrigin, TableOrigin
from greenforms_extractors.ooxml import open_package
from greenforms_extractors.word.document import read_docx
from greenforms_extractors.word.markup import W

TESTS = Path(__file__).parents[1]
FILES = sorted((TESTS / "field_cases").rglob("*.docx"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_places_are_the_readers(path: Path) -> None:
    """This test ensures that papers as people send them are marked where they are read."""
    document = read_docx(path)
    with open_package(path) as package:
        draft = Draft(package)
        body = draft.xml(draft.main).find(W + "body")
        assert body is not None
        places = places_in(body)
    texts = {origin: "".join(node.text or "" for node in place.iter(W + "t")) for origin, place in places.items()}
    said = [(each.origin, each.text) for each in document.paragraphs]
    said += [(cell.origin, cell.text) for table in document.tables for cell in table.cells]
    for origin, text in said:
        if isinstance(origin, ParagraphOrigin | TableOrigin):
            assert origin in places
            words = [word for word in text.split() if word.isalnum() and len(word) > 2]
            assert not words or any(word in texts[origin] for word in words)
