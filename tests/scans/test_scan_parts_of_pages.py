"""Parts of scanned pages, each with what its cells say: what a whole paper would hide or take minutes to show."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

import pytest

from greenforms_extractors.reading import read

PARTS = Path(__file__).with_name("parts")


@pytest.mark.parametrize("part", sorted(PARTS.iterdir()), ids=lambda part: part.name)
def test_part(part: Path) -> None:
    """this test ensures that the cells of a part of a page are those printed, row by row, with what they say"""
    expected = json.loads((part / "expected.json").read_text("utf-8"))
    (table,) = read(part / "page.png").tables
    rows = [[cell.text for cell in row] for _, row in groupby(table.cells, key=lambda cell: cell.row)]
    assert rows == expected["cells"]
