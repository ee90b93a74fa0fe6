"""A fill-in workbook among the papers of a folder."""

from pathlib import Path

import pytest

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.errors import InputError
from greenforms.render.paper import render
from greenforms.workbook.writing import make_workbook
from shipped import check_folder, load_form, read_paper

FORM = "nm-2024/cultivation-plan"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = datafile.load(str(examples_dir() / "cultivation-plan-factory.json")).data
    (tmp_path / "填报表.xlsx").write_bytes(make_workbook(load_form(FORM), data))
    (tmp_path / "工作方案.docx").write_bytes(render(load_form(FORM), data, "docx"))
    return tmp_path


def test_workbook_is_read_as_its_data(folder: Path) -> None:
    """This test ensures that a workbook gives the data that were filled in, each field named, none missing."""
    extraction = read_paper(folder / "填报表.xlsx")
    assert extraction.data == read_paper(folder / "工作方案.docx").data
    assert (extraction.form, extraction.missing, extraction.findings) == (FORM, (), ())
    assert "/enterprise/org_code" in [field.path for field in extraction.fields]


def test_workbook_of_another_form_is_refused(folder: Path) -> None:
    """This test ensures that a workbook is not taken for a form it does not belong to."""
    with pytest.raises(InputError, match="不是 nm-2024/cultivation-roster"):
        read_paper(folder / "填报表.xlsx", "nm-2024/cultivation-roster")


def test_workbook_and_its_paper_agree(folder: Path) -> None:
    """This test ensures that a workbook and the paper made from it are one version and bring no finding."""
    assert [finding.message for finding in check_folder(folder).findings] == []
