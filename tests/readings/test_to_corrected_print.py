"""From a returned paper to a corrected print: read, correct in Excel, check, print, read again."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

import pytest
from console import PLAN, ROOT, ROSTER, call, listing
from sheet import lines, write

from greenforms.datafile import load
from papers import differences

VARIANTS, SCANS = ROOT / "tests" / "variants" / "cases", ROOT / "tests" / "scans" / "sample"


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a returned Word file and a scan, and the workbook of what was read from them."""
    folder = tmp_path_factory.mktemp("收件")
    (folder / "收件" / "扫描").mkdir(parents=True)
    shutil.copy(VARIANTS / "cultivation-plan" / "factory-gaps" / "paper.docx", folder / "收件" / "方案.docx")
    shutil.copy(SCANS / "roster-clean.png", folder / "收件" / "扫描" / "名单.png")
    (folder / "收件" / "Thumbs.db").write_bytes(b"junk")
    (folder / "收件" / "~$方案.docx").write_bytes(b"junk")
    said = call("extract", folder / "收件", "-o", folder / "结果.xlsx")
    assert "[1/2] 扫描/名单.png" in said.err
    assert "已写入" in said.err
    return folder


@pytest.fixture
def folder(read_once: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    shutil.copytree(read_once, tmp_path, dirs_exist_ok=True)
    return tmp_path


def as_read(folder: Path, name: str) -> Any:
    """The data of one paper as `extract` reads it into JSON."""
    assert call("extract", folder / "收件" / name, "-o", folder / "一份.json", "--force").code in (0, 1)
    return load(str(folder / "一份.json")).data["data"]


def test_corrected_and_printed(folder: Path) -> None:
    """This test ensures that two corrected cells, and nothing else, are what the new print differs in."""
    expected = copy.deepcopy(as_read(folder, "方案.docx"))
    assert "fax" not in expected["enterprise"]
    assert expected["date"] == "2026-03"
    write(
        folder / "结果.xlsx",
        {("方案.docx", "/enterprise/fax"): "0472－5178209", ("方案.docx", "/date"): "2026年3月18日"},
    )
    expected["enterprise"]["fax"], expected["date"] = "0472-5178209", "2026-03-18"
    checked = call("validate", PLAN, folder / "结果.xlsx", "--json").json["findings"]
    assert not {"/date", "/enterprise/fax"} & {place["path"] for finding in checked for place in finding["places"]}
    assert call("render", PLAN, folder / "结果.xlsx", "-o", folder / "新.docx").code == 1  # no e-mail address yet
    assert call("extract", folder / "新.docx", "-o", folder / "再读.json").code == 0
    assert differences(load(str(folder / "再读.json")).data["data"], expected) == []


def test_a_scan_corrected_and_printed(folder: Path) -> None:
    """This test ensures that a scan goes the same way, and that a value taken away is gone from the print."""
    before = {line["路径"]: line["读到的值"] for line in lines(folder / "结果.xlsx") if line["文件"] == "扫描/名单.png"}
    changes = {("扫描/名单.png", "/rows/0/name"): "内蒙古订正有限公司", ("扫描/名单.png", "/rows/1/level"): "（空）"}
    write(folder / "结果.xlsx", changes)
    assert call("render", ROSTER, folder / "结果.xlsx", "-o", folder / "名单.xlsx").code == 1  # 级别 is required
    assert call("extract", folder / "名单.xlsx", "-o", folder / "再读.json").code == 0
    rows = load(str(folder / "再读.json")).data["data"]["rows"]
    assert rows[0]["name"] == "内蒙古订正有限公司"
    assert "level" not in rows[1]
    assert [str(row["year"]) for row in rows] == [str(before[f"/rows/{number}/year"]) for number in range(len(rows))]


def test_the_json_is_data(folder: Path) -> None:
    """This test ensures that one file's JSON, and a list of them, are data for validate and render."""
    as_read(folder, "方案.docx")
    assert call("render", PLAN, folder / "一份.json", "-o", folder / "a.docx").code == 1
    said = call("extract", folder / "收件" / "方案.docx", folder / "a.docx", "--json")
    (folder / "两份.json").write_bytes(said.out)
    for paper in ("方案.docx", "a.docx"):
        assert (
            call("render", PLAN, folder / "两份.json", "--paper", paper, "-o", folder / "b.docx", "--force").code == 1
        )
        assert (folder / "a.docx").read_bytes() == (folder / "b.docx").read_bytes()


def test_every_field_has_its_line(folder: Path) -> None:
    """This test ensures that what was read, doubted and not found stands in 明细 with its grade, text and place."""
    found = {line["路径"]: line for line in lines(folder / "结果.xlsx") if line["文件"] == "方案.docx"}
    date = found["/date"]
    assert (date["读到的值"], date["颜色"], date["位置"]) == ("2026年3月", "黄", "第10段")
    assert "日" in date["疑问"]
    fax = found["/enterprise/fax"]
    assert (fax["读到的值"], fax["更正"], fax["颜色"], fax["栏目"]) == (None, None, "未找到", "传真号码")
    years = found["/enterprise/years/0/total_assets"]
    assert years["部分"] == "基本情况表（企业填写）·企业近三年经营情况第1行"
    assert years["颜色"] == "绿"
    assert not any(path.startswith("/park/") for path in found)  # the half of the other kind is not there to be filled


def test_overview_by_form(folder: Path) -> None:
    """This test ensures that each form has a sheet: a paper a row, a list's entry a row, links to the papers."""
    import openpyxl

    book = openpyxl.load_workbook(folder / "结果.xlsx")
    assert [name for name in book.sheetnames if name.startswith("一览")] == [
        "一览1·绿色制造体系示范单位培育名单库表",
        "一览2·绿色制造体系示范单位培育创建工作方案",
    ]
    roster, plan = (book[name] for name in book.sheetnames[:2])
    entries = [
        line for line in lines(folder / "结果.xlsx") if line["路径"].endswith("/name") and "rows" in line["路径"]
    ]
    assert [cell.value for cell in roster["A"][3:]] == ["扫描/名单.png"] * len(entries)
    assert roster["A4"].hyperlink.target == "收件\\扫描\\名单.png"
    assert [cell.value for cell in plan["A"][3:]] == ["方案.docx"]
    heads = {cell.value: cell.column for cell in plan[3]}
    date = plan.cell(4, heads["日期"])
    assert date.fill.fgColor.rgb == "FFFFE69C"
    assert "原文：" in date.comment.text
    assert "第10段" in date.comment.text
    assert "必填而没有读到" in plan.cell(4, heads["基本情况表（企业填写）“传真号码”"]).comment.text


def test_the_same_papers_give_the_same_bytes(folder: Path) -> None:
    """This test ensures that taking everything from an earlier workbook writes the same bytes again."""
    before = (folder / "结果.xlsx").read_bytes()
    said = call("extract", folder / "收件", "-o", folder / "结果.xlsx", "--resume")
    assert said.code == 0
    assert "跳过以前读过的 2 个文件" in said.err
    assert (folder / "结果.xlsx").read_bytes() == before
    assert listing(folder) == sorted(["结果.xlsx", *(f"收件/{name}" for name in listing(folder / "收件"))])
