"""A paper of ours is held against its record: what is printed is believed, and no record that lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from greenforms.bundled import examples_dir
from greenforms.finding import Finding
from greenforms.read.extraction import Extraction
from greenforms.record import canonical_json
from greenforms.render.paper import render
from hostile.record import FORM, filled, paper, records, with_record
from papers import paper_with
from shipped import load_form, read_paper


def read(content: bytes, folder: Path) -> Extraction:
    path = folder / "收件.docx"
    path.write_bytes(content)
    return read_paper(path)


def differing(extraction: Extraction) -> list[Finding]:
    return [finding for finding in extraction.findings if finding.rule == "record/printed-differs"]


@pytest.mark.parametrize("name", records())
def test_a_record_that_lies(name: str, tmp_path: Path) -> None:
    """This test ensures that a record of another shape is reported, and the data are what the paper says."""
    extraction = read(with_record(paper(), records()[name]), tmp_path)
    assert [finding.rule for finding in extraction.findings] == ["record/damaged"]
    assert extraction.data == filled()


def test_values_that_are_not_printed_so(tmp_path: Path) -> None:
    """This test ensures that a forged value loses against the printed one, which the finding holds beside it."""
    data = filled()
    data["enterprise"]["years"][2]["revenue"] = 999999
    extraction = read(with_record(paper(), canonical_json(data)), tmp_path)
    (finding,) = differing(extraction)
    assert finding.places[0].path == "/enterprise/years/2/revenue"
    assert "纸面上是“148512.64”，生成时填的是“999999”" in finding.message
    assert extraction.data == filled()
    (field,) = [each for each in extraction.fields if each.path == "/enterprise/years/2/revenue"]
    assert (field.raw, field.grade, field.source) == ("148512.64", "amber", "structure")


def test_a_row_that_is_not_printed(tmp_path: Path) -> None:
    """This test ensures that a row only the record has is not believed."""
    data = filled()
    data["plan"]["projects"].append({**data["plan"]["projects"][0], "name": "没有印的项目"})
    extraction = read(with_record(paper(), canonical_json(data)), tmp_path)
    assert {finding.places[0].path.rpartition("/")[0] for finding in differing(extraction)} == {"/plan/projects/3"}
    assert extraction.data == filled()


def test_a_row_the_record_lacks(tmp_path: Path) -> None:
    """This test ensures that a row only the paper has is in the data."""
    data = filled()
    del data["plan"]["projects"][2]
    extraction = read(with_record(paper(), canonical_json(data)), tmp_path)
    assert differing(extraction)
    assert extraction.data == filled()


@pytest.mark.parametrize(("old", "new", "value"), [("148512.64", "1485x", None), ("148512.64", "", None)])
def test_a_printed_value_nobody_can_read(old: str, new: str, value: Any, tmp_path: Path) -> None:
    """This test ensures that the record does not stand in for what was changed into nonsense, or wiped out."""
    extraction = read(paper_with(paper(), old, new), tmp_path)
    (finding,) = [each for each in differing(extraction) if each.places[0].path == "/enterprise/years/2/revenue"]
    assert "148512.64" in finding.message
    assert extraction.form == FORM
    assert extraction.data["enterprise"]["years"][2].get("revenue") is value


def test_a_recorded_left_over_is_no_change(tmp_path: Path) -> None:
    """this test ensures that a paper printed with null for a name is not said to be changed, and the name is doubted"""
    form = load_form("nm-2024/cultivation-roster")
    row = {"year": 2026, "type": "绿色工厂", "region": "包头市", "name": "null", "level": "盟市级"}
    path = tmp_path / "名单.docx"
    path.write_bytes(render(form, {"rows": [row]}, "docx", examples_dir()))
    result = read_paper(path)
    assert [finding.rule for finding in result.findings] == []
    assert {field.path: field.grade for field in result.fields}["/rows/0/name"] == "amber"
