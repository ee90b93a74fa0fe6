"""Copies among the papers: said to be copies, never taken for versions or contradictions."""

from __future__ import annotations

import shutil
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from greenforms.pack.report import PackReport
from papers import Put, without_record
from shipped import check_folder

TODAY = date(2026, 3, 20)


def check(folder: Path) -> PackReport:
    return check_folder(folder, TODAY)


def test_the_same_file_twice(tmp_path: Path, put: Put, plan: Any, roster: Any) -> None:
    """a file kept under two names is said to be one, and what is wrong with it is said once, with both names."""
    plan["enterprise"]["email"] = "没有"
    path = put("方案.docx", "cultivation-plan", plan)
    shutil.copy(path, tmp_path / "方案（最终）.docx")
    put("名单.xlsx", "cultivation-roster", roster)
    report = check(tmp_path)
    assert [(paper.file, paper.same_as) for paper in report.papers] == [
        ("名单.xlsx", ""),
        ("方案.docx", ""),
        ("方案（最终）.docx", "方案.docx"),
    ]
    mail, copy = report.findings
    assert mail.message.startswith("“方案.docx”（“方案（最终）.docx”同）基本情况表（企业填写）“电子邮箱”")
    assert [place.document for place in mail.places] == ["方案.docx", "方案（最终）.docx"]
    assert copy.rule == "pack/copies"
    assert copy.message == (
        "“方案.docx”与“方案（最终）.docx”是同一个文件的两份副本，按一份材料核对，问题只列一次。"
        "只报送一份时，留下一份即可。"
    )
    written = report.to_json()
    assert written["summary"]["papers"][2]["same_as"] == "方案.docx"
    assert [paper["file"] for paper in written["papers"]] == ["名单.xlsx", "方案.docx"]


def test_the_same_paper_typed_twice(tmp_path: Path, put: Put, roster: Any) -> None:
    """two files of one kind that print the same are copies, though their bytes differ; a list is no exception."""
    path = put("1.xlsx", "cultivation-roster", roster)
    (tmp_path / "2.xlsx").write_bytes(without_record(path.read_bytes()))
    [finding] = check(tmp_path).findings
    assert finding.message.startswith("“1.xlsx”与“2.xlsx”内容完全相同")


def test_a_paper_in_two_formats(tmp_path: Path, put: Put, plan: Any) -> None:
    """the workbook or PDF of a paper is wanted beside it: it is listed as the same and nothing is said against it."""
    plan["enterprise"]["email"] = "没有"
    put("方案.docx", "cultivation-plan", plan)
    put("方案.pdf", "cultivation-plan", plan)
    report = check(tmp_path)
    assert [paper.same_as for paper in report.papers] == ["", "方案.docx"]
    assert [finding.rule for finding in report.findings] == ["value/email"]


def test_a_version_is_no_copy(tmp_path: Path, put: Put, plan: Any) -> None:
    """one word makes two versions of it."""
    other = deepcopy(plan)
    other["plan"]["approach"] += "补充一句。"
    put("1.docx", "cultivation-plan", plan)
    put("2.docx", "cultivation-plan", other)
    report = check(tmp_path)
    assert [paper.same_as for paper in report.papers] == ["", ""]
    assert [finding.rule for finding in report.findings] == ["pack/two-versions"]
