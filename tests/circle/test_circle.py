"""Data → paper → data, for the telling forms in every format, with the record, without it, and without any tag."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from greenforms.bundled import examples_dir
from greenforms.form.tree import leaves
from greenforms.render.paper import render, render_blank
from greenforms_extractors.reading import read
from papers import (
    differences,
    on_paper,
    paper_with,
    pdf_without_record,
    says_nothing_of_itself,
    without_file_names,
    without_record,
    without_tags,
)
from shipped import load_form, read_paper
from strategies.datasets import DataSets
from telling import telling

OFFICE = [(form, kind) for form in telling() for kind in load_form(form).entry.outputs if kind != "pdf"]
#: The first data set is the simplest of its form, so one alone would show little.
OFFICE_EXAMPLES = 2
#: A PDF takes LibreOffice seconds, so the shorter half of them is printed, one data set each.
PRINTED = sorted(telling(), key=lambda form: len(list(leaves(load_form(form).root))))[: -(-len(telling()) // 2)]
PDF_EXAMPLES = 1


def read_back(content: bytes, folder: Path, kind: str, form_id: str) -> Any:
    path = folder / f"收件.{kind}"
    path.write_bytes(content)
    extraction = read_paper(path, edition=form_id.partition("/")[0])
    assert extraction.form == form_id
    return extraction


@pytest.mark.parametrize(("form_id", "kind"), OFFICE)
@settings(max_examples=OFFICE_EXAMPLES, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(draw=st.data())
def test_office_round_trip(
    form_id: str, kind: str, draw: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """This test ensures that docx and xlsx give back the data exactly, by record, by tags and by layout alone."""
    form = load_form(form_id)
    data = draw.draw(DataSets(form).draw())
    folder = tmp_path_factory.mktemp("往返")
    paper = render(form, data, kind, examples_dir())
    recorded = read_back(paper, folder, kind, form_id)
    assert differences(recorded.data, data) == []
    assert [finding.message for finding in recorded.findings] == []
    tagged = read_back(without_record(paper), folder, kind, form_id)
    assert differences(tagged.data, on_paper(form, data)) == []
    bare = without_tags(paper)
    laid = read_back(bare, folder, kind, form_id)
    assert says_nothing_of_itself(read(folder / f"收件.{kind}"))
    assert differences(laid.data, on_paper(form, data)) == []


@pytest.mark.parametrize("form_id", PRINTED)
@settings(max_examples=PDF_EXAMPLES, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(draw=st.data())
def test_pdf_round_trip(form_id: str, draw: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """This test ensures that a PDF gives back the data exactly, by record and by layout alone."""
    form = load_form(form_id)
    data = draw.draw(DataSets(form, common=True).draw())
    folder = tmp_path_factory.mktemp("往返")
    paper = render(form, data, "pdf", examples_dir())
    assert differences(read_back(paper, folder, "pdf", form_id).data, data) == []
    laid = read_back(pdf_without_record(paper), folder, "pdf", form_id)
    assert differences(without_file_names(form, laid.data), without_file_names(form, on_paper(form, data))) == []


def test_rare_characters_on_pdf(tmp_path: Path) -> None:
    """This test ensures that characters of other fonts (镕堃喆㎡, GBK and beyond) come back from a PDF."""
    form = load_form("nm-2024/cultivation-roster")
    names = ["镕堃喆公司", "䶮厡㎡㎥厂", "𠮷野家(内蒙古)厂"]
    data = {
        "rows": [{"year": 2026, "type": "绿色工厂", "region": "包头市", "name": n, "level": "盟市级"} for n in names]
    }
    laid = read_back(pdf_without_record(render(form, data, "pdf")), tmp_path, "pdf", form.id)
    assert laid.data == data


def test_lost_letter_is_found_out(tmp_path: Path) -> None:
    """This test ensures that a paper on which a letter is missing does not agree with its own record."""
    form = load_form("nm-2024/cultivation-roster")
    row = {"year": 2026, "type": "绿色工厂", "region": "包头市", "name": "晴川公司", "level": "盟市级"}
    paper = render(form, {"rows": [row]}, "docx")
    printed = paper_with(paper, "晴川公司", "晴公司")
    findings = read_back(printed, tmp_path, "docx", form.id).findings
    assert [(finding.rule, finding.places[0].path) for finding in findings] == [
        ("record/printed-differs", "/rows/0/name")
    ]
    assert "晴公司" in findings[0].message


BLANKS = [
    (form_id, kind)
    for form_id in telling()
    for kind in load_form(form_id).entry.outputs
    if kind != "pdf" or form_id in PRINTED
]


@pytest.mark.parametrize(("form_id", "kind"), BLANKS)
def test_blank_is_read_as_empty(form_id: str, kind: str, tmp_path: Path) -> None:
    """This test ensures that an empty official form gives no value, hints and empty rows included."""
    extraction = read_back(render_blank(load_form(form_id), kind), tmp_path, kind, form_id)
    assert [field.path for field in extraction.fields] == []
    assert _is_empty(extraction.data)


def _is_empty(data: Any) -> bool:
    return all(map(_is_empty, data.values())) if isinstance(data, dict) else data == []
