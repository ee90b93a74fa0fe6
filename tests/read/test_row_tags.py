"""Papers of ours whose rows no longer bear the tags they were printed with."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.render.paper import render
from papers import paper_with, without_record
from shipped import load_form, read_paper

FORM = "nm-2024/cultivation-roster"


@pytest.fixture
def data() -> datafile.DataSet:
    return datafile.load(str(examples_dir() / "cultivation-roster.json"))


@pytest.fixture
def paper(data: datafile.DataSet) -> bytes:
    return without_record(render(load_form(FORM), data.data, "docx", data.base))


@pytest.mark.parametrize("index", ["2000000000", "9" * 5000, "007", "²", "-1"])
def test_index_of_no_row(tmp_path: Path, data: datafile.DataSet, paper: bytes, index: str) -> None:
    """A tag that numbers a row beyond all others makes no rows; the layout says which row it is."""
    path = tmp_path / "名单.docx"
    path.write_bytes(paper_with(paper, "/rows/2/", f"/rows/{index}/"))
    result = read_paper(path)
    assert result.data == data.data
    assert result.findings == ()


def test_deleted_row(tmp_path: Path, data: datafile.DataSet, paper: bytes) -> None:
    """A row deleted together with its tags leaves no gap behind, and no word but on the number that is lacking now."""
    document = docx.Document(io.BytesIO(paper))
    row = next(row for row in document.tables[0].rows if "/rows/1/" in row._tr.xml)
    row._tr.getparent().remove(row._tr)
    path = tmp_path / "名单.docx"
    document.save(str(path))
    result = read_paper(path)
    assert result.data == {"rows": [data.data["rows"][0], *data.data["rows"][2:]]}
    assert [finding.rule for finding in result.findings] == ["read/numbering"]
