"""One paper alone: what is said of it is the same whether it is data, a file, or the only paper of a folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from greenforms.errors import InputError
from greenforms.finding import Finding, Severity
from greenforms.pack.crosscheck import check_data, check_paper
from greenforms.read.kind import is_paper
from greenforms_extractors.model import TableOrigin
from papers import Put, without_record
from shipped import check_files, check_folder, load_form, read_paper

TODAY = date(2026, 3, 20)
PLAN = load_form("nm-2024/cultivation-plan")


def said(findings: tuple[Finding, ...], file: str) -> list[tuple[str, Severity, str]]:
    """The findings without the name of their file, in no order."""
    return sorted(
        (each.rule, each.severity, each.message.removeprefix(f"“{file}”").replace(file, "")) for each in findings
    )


def typed_over(path: Path, changes: dict[str, str]) -> None:
    """Make a stranger's paper of ours, with texts typed over."""
    path.write_bytes(without_record(path.read_bytes()))
    document = docx.Document(str(path))
    for text in [text for text in document.element.body.iter() if text.tag.endswith("}t")]:
        text.text = changes.get(text.text, text.text)
    document.save(str(path))


def test_data_file_and_folder_are_told_the_same(tmp_path: Path, put: Put, plan: Any) -> None:
    """structure, values, rules and what the paper says in two ways come out alike, each once."""
    plan["contact"]["phone"] = "123"
    plan["enterprise"]["years"].pop(1)
    plan["enterprise"]["products"][0]["sales_ratio"] = Decimal(120)
    path = put("方案.docx", "cultivation-plan", plan)
    of_data = said(check_data(PLAN, plan, "方案.docx", TODAY), "方案.docx")
    assert [rule for rule, _, _ in of_data] == [
        "facts/sales-ratio",
        "nm-2024/plan-three-years",
        "pack/same-fact",
        "value/phone",
    ]
    of_file = said(check_paper(PLAN, read_paper(path), TODAY), "方案.docx")
    assert of_file == said(check_folder(tmp_path, TODAY).findings, "方案.docx")
    assert [each[:2] for each in of_file] == [each[:2] for each in of_data]


def test_what_cannot_be_read_is_not_missing_too(tmp_path: Path, put: Put, plan: Any) -> None:
    """a text that is no value of its field is one finding: not unread, missing and against a rule as well."""
    path = put("方案.docx", "cultivation-plan", plan)
    typed_over(path, {"二〇二六年三月十八日": "三月中旬", "0472-5178206": "123", "MA0N7K3Q-2": "详见附件"})
    paper = read_paper(path)
    assert "/date" not in [field.path for field in paper.missing]
    found = check_paper(PLAN, paper, TODAY)
    by_path = {}
    for finding in found:
        assert finding.places[0].path not in by_path, finding.message
        by_path[finding.places[0].path] = (finding.rule, finding.severity)
    assert by_path == {
        "/date": ("read/date", Severity.BLOCK),
        "/contact/phone": ("read/phone", Severity.FIX),
        "/enterprise/org_code": ("read/orgcode", Severity.BLOCK),
        "/enterprise/contact_phone": ("read/phone", Severity.FIX),
    }


def test_places_on_the_paper_are_told(put: Put, plan: Any) -> None:
    """a finding on a value that was read says where it stands."""
    plan["enterprise"]["years"][0]["liability_ratio"] = Decimal(152)
    [finding] = check_paper(PLAN, read_paper(put("方案.docx", "cultivation-plan", plan)), TODAY)
    assert finding.places[0].evidence == TableOrigin(1, 13, 3)


def test_data_and_facts_of_each_paper(tmp_path: Path, put: Put, plan: Any, roster: Any) -> None:
    """the report carries what was read, and the statements in shared terms with whom, when, how much and where."""
    put("方案.docx", "cultivation-plan", plan)
    put("名单.xlsx", "cultivation-roster", roster)
    papers = {paper["file"]: paper for paper in check_folder(tmp_path, TODAY).to_json()["papers"]}
    assert papers["方案.docx"]["data"] == plan
    facts = papers["方案.docx"]["facts"]
    assert next(fact for fact in facts if fact["fact"] == "finance.revenue" and fact["period"] == "2024") == {
        "subject": "内蒙古晴川新材料有限公司",
        "fact": "finance.revenue",
        "item": None,
        "application": "绿色工厂",
        "period": "2024",
        "value": Decimal("131906.28"),
        "unit": "万元",
        "printed": "131906.28",
        "listed": False,
        "entity": "unit",
        "boundary": None,
        "decimals": 2,
        "as_of": "2026",
        "path": "/enterprise/years/1/revenue",
        "label": "主营业务收入（万元）",
        "evidence": {"table": 1, "row": 14, "column": 4},
    }
    listed = [fact for fact in papers["名单.xlsx"]["facts"] if fact["subject"] == "内蒙古晴川新材料有限公司"]
    assert {fact["listed"] for fact in listed} == {True}


def test_files_and_folders_together(tmp_path: Path, put: Put, plan: Any, roster: Any) -> None:
    """files are checked with the papers of folders, none twice, two of one name told apart by their folders."""
    one = put("甲/方案.docx", "cultivation-plan", plan)
    plan["plan"]["approach"] += "补充一句。"
    other = put("乙/方案.docx", "cultivation-plan", plan)
    put("乙/~$方案.docx", "cultivation-plan", plan)
    put("乙/名单.xlsx", "cultivation-roster", roster)
    report = check_files((one, other), TODAY)
    assert [paper.file for paper in report.papers] == ["甲/方案.docx", "乙/方案.docx"]
    report = check_files((one, tmp_path / "乙", other), TODAY)
    assert [paper.file for paper in report.papers] == ["甲/方案.docx", "名单.xlsx", "乙/方案.docx"]
    with pytest.raises(InputError, match="是空的"):
        check_files((tmp_path / "乙" / "~$方案.docx",), TODAY)


def test_only_papers_that_are_no_forms(tmp_path: Path) -> None:
    """a licence alone is listed and no error."""
    letter = docx.Document()
    letter.add_paragraph("营业执照")
    letter.save(str(tmp_path / "执照.docx"))
    report = check_files((tmp_path / "执照.docx",), TODAY)
    assert (report.papers, [finding.rule for finding in report.findings]) == ((), ["pack/unrecognised"])
    assert [(each.file, each.kind) for each in report.unread] == [("执照.docx", "unrecognised")]


def test_what_is_a_paper_and_what_is_data(tmp_path: Path, put: Put, plan: Any) -> None:
    """documents are told by content, good or bad; text, whatever its name, is data."""
    good = put("方案.docx", "cultivation-plan", plan)
    (tmp_path / "坏.docx").write_bytes(good.read_bytes()[:2000])
    (tmp_path / "包.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    (tmp_path / "数据.txt").write_text("unit: 甲", "utf-8")
    (tmp_path / "数据.json").write_text("{}", "utf-8")
    papers = {path.name for path in tmp_path.iterdir() if is_paper(str(path))}
    assert papers == {"方案.docx", "坏.docx", "包.zip"}
    assert not is_paper("-")
    assert not is_paper(str(tmp_path))


def test_findings_of_a_workbook_are_kept_once(plan: Any) -> None:
    """what came up when data were read is held against the same rules of one cause, one finding."""
    del plan["date"]
    [missing] = check_data(PLAN, plan, "填报表.xlsx", TODAY)
    noticed = replace(missing, rule="read/date", severity=Severity.FIX, message="填报表.xlsx 看不懂。")
    [finding] = check_data(PLAN, plan, "填报表.xlsx", TODAY, [noticed])
    assert (finding.rule, finding.severity) == ("read/date", Severity.BLOCK)
