"""How sure the form is, and what that makes of its fields."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from scanned import scanned

from greenforms.finding import Finding, Place, Severity
from greenforms.read.extraction import Extraction
from greenforms.read.trust.doubts import hedged
from greenforms.read.trust.form import bounded_by_form
from greenforms.render.paper import render
from greenforms.report import extraction_json
from papers import example, paper_with, without_tags
from shipped import assess_together, check_files, load_form, read_document, read_paper

ROSTER = "nm-2024/cultivation-roster"
TITLE, OTHER = "绿色制造体系示范单位培育名单库表", "本市中小企业数字化转型名单"
DATA = example("cultivation-roster")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """The list without record and tags, as somebody else's program would write it."""
    path = tmp_path / "名单.docx"
    path.write_bytes(without_tags(render(load_form(ROSTER), DATA, "docx")))
    return path


def changed(path: Path, old: str, new: str) -> Path:
    path.write_bytes(paper_with(path.read_bytes(), old, new))
    return path


def grades(extraction: Extraction) -> set[str]:
    return {field.grade for field in extraction.fields}


def test_a_paper_under_its_title_is_sure(roster: Path) -> None:
    """This test ensures that the title settles the form, and the fields stand as they were read."""
    paper = read_paper(roster)
    assert (paper.data, grades(paper), paper.form_doubt, paper.findings) == (DATA, {"green"}, "", ())


def test_no_field_is_surer_than_its_form(roster: Path) -> None:
    """This test ensures that a list of the same columns under another title is read, and no field of it is green."""
    paper = read_paper(changed(roster, TITLE, OTHER))
    assert paper.data == DATA
    assert grades(paper) == {"amber"}
    assert max(field.confidence for field in paper.fields) <= paper.form_confidence < 0.8
    assert {field.doubt for field in paper.fields} == {f"表单本身认得不很有把握：纸面的标题是“{OTHER}”"}
    finding, unread = paper.findings
    assert unread.rule == "read/unread"
    assert (finding.rule, finding.severity) == ("read/form-unsure", Severity.ASK)
    assert f"--form {ROSTER}" in finding.message
    assert {each["doubt"] for each in extraction_json(paper)["fields"]} == {paper.form_doubt}


def test_a_short_list_without_a_title(roster: Path) -> None:
    """This test ensures that where the title is missing the layout alone must be very like, and the share is told."""
    paper = read_paper(changed(roster, TITLE, ""))
    assert grades(paper) == {"amber"}
    assert "没有这种表的标题，空表的栏目只找到" in paper.fields[0].doubt


def test_a_form_that_is_named(roster: Path) -> None:
    """This test ensures that whoever names the form settles it."""
    paper = read_paper(changed(roster, TITLE, OTHER), ROSTER)
    assert (grades(paper), paper.form_doubt) == ({"green"}, "")


def test_a_named_form_of_which_little_is_found(roster: Path) -> None:
    """This test ensures that a title or a name does not make up for a layout that is mostly another."""
    for text in (f">{TITLE}<", ">年份<", ">申报类型<"):
        changed(roster, text, "><")
    paper = read_paper(roster, ROSTER)
    assert grades(paper) == {"amber"}
    assert "空表的栏目只找到" in paper.form_doubt


@pytest.mark.parametrize(("title", "sure"), [(TITLE.replace("体系", "休系"), True), (OTHER, False)])
def test_a_title_that_was_recognised(tmp_path: Path, title: str, sure: bool) -> None:
    """This test ensures that a slip in a recognised title is no other title, and that doubts are said once."""
    document = replace(scanned(DATA, tmp_path, ROSTER, {TITLE: title}), scanned=(1,))
    paper = read_document(document, "扫描.tif")
    assert grades(paper) == ({"green"} if sure else {"amber"})
    assert [finding.rule for finding in paper.findings] == ([] if sure else ["read/form-unsure", "read/unread"])
    (again,) = assess_together([paper], [])
    assert again == paper == bounded_by_form(again)


def test_findings_between_papers_rest_on_the_form(roster: Path) -> None:
    """This test ensures that what a paper of a doubtful form contradicts is asked, not held against anybody."""
    field = read_paper(changed(roster, TITLE, OTHER)).fields[0]
    finding = Finding("x", Severity.BLOCK, "不一致。", (Place("名单.docx", field.path, "单位名称"),))
    asked = hedged(finding, {("名单.docx", field.path): field})
    assert asked.severity is Severity.ASK
    assert "名单.docx" in asked.message
    assert "认得不很有把握" in asked.message
    assert {each.severity for each in check_files([roster]).findings} == {Severity.ASK}
