"""render DIR -o DIR: the workbooks of many units become data sets and papers, and a bad one ends no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from console import EXAMPLES, PLAN, ROSTER, call, listing

from greenforms.workbook.writing import make_workbook
from papers import example
from shipped import load_form, read_paper


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A good workbook, one in a folder of its own with a fault, a data set, and three that are none."""
    folder = tmp_path / "收到的填报表"
    (folder / "包头").mkdir(parents=True)
    plan, faulty = example("cultivation-plan-factory"), example("cultivation-plan-factory")
    faulty["contact"]["phone"] = "12345"
    (folder / "晴川.xlsx").write_bytes(make_workbook(load_form(PLAN), plan))
    (folder / "包头" / "远山.xlsx").write_bytes(make_workbook(load_form(PLAN), faulty))
    (folder / "园区.json").write_bytes((EXAMPLES / "cultivation-plan-park.json").read_bytes())
    (folder / "名单.xlsx").write_bytes(make_workbook(load_form(ROSTER), example("cultivation-roster")))
    (folder / "坏的.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "多一项.json").write_text(json.dumps({**plan, "别的": 1}, default=str), "utf-8")
    (folder / "说明.txt").write_text("请收", "utf-8")
    return folder


def test_every_unit_by_itself(received: Path, tmp_path: Path) -> None:
    """This test ensures that each unit gets its paper and one message, and that failed ones are told by exit code 6."""
    out = tmp_path / "工作方案"
    said = call("render", PLAN, received, "-o", out)
    assert said.code == 6
    assert listing(out) == ["包头/远山.docx", "包头/远山.json", "园区.docx", "晴川.docx", "晴川.json"]
    assert read_paper(out / "晴川.docx").data == example("cultivation-plan-factory")
    assert json.loads((out / "晴川.json").read_text("utf-8"))["unit"] == "内蒙古晴川新材料有限公司"
    lines = said.err.splitlines()
    assert sum(line.startswith("晴川.xlsx：已生成") for line in lines) == 1
    assert any(line.startswith("包头/远山.xlsx：已生成") and "处要看" in line for line in lines)
    assert any("名单.xlsx”是 nm-2024/cultivation-roster 的" in line for line in lines)
    assert any("坏的.xlsx”" in line for line in lines)
    assert any(line.startswith("多一项.json：没有生成") for line in lines)
    assert "共 6 个单位，生成 3 份，没有生成 3 份。" in lines
    assert any(line.startswith("[6/6] ") for line in lines)


def test_as_json(received: Path, tmp_path: Path) -> None:
    """This test ensures that programs get one object for each unit."""
    said = call("render", PLAN, received, "-o", tmp_path / "出", "--json")
    assert said.code == 6
    papers = {each["source"]: each for each in said.json["papers"]}
    assert papers["晴川.xlsx"]["file"].endswith("晴川.docx")
    assert papers["坏的.xlsx"]["file"] is None
    assert "坏的.xlsx" in papers["坏的.xlsx"]["message"]
    assert papers["包头/远山.xlsx"]["summary"]["fix"] > 0


def test_all_good_is_no_failure(tmp_path: Path) -> None:
    """This test ensures that a folder without failures has the exit code of its findings."""
    folder = tmp_path / "收"
    folder.mkdir()
    (folder / "名单.json").write_bytes((EXAMPLES / "cultivation-roster.json").read_bytes())
    said = call("render", ROSTER, folder, "-o", tmp_path / "出", "--format", "xlsx")
    assert said.code in {0, 1}
    assert listing(tmp_path / "出") == ["名单.xlsx"]


def test_what_is_refused(received: Path, tmp_path: Path) -> None:
    """This test ensures that nothing is printed among the sources, over other files, or twice to one name."""
    call("render", PLAN, received, "-o", received).refused(2, "不能写进正在读取的目录")
    call("render", PLAN, received, "-o", "-").refused(2, "也要写目录")
    call("render", PLAN, received, "-o", tmp_path / "出", "--format", "xlsx").refused(2, "不输出 xlsx")
    (tmp_path / "有").mkdir()
    (tmp_path / "有" / "晴川.json").write_text("mine")
    call("render", PLAN, received, "-o", tmp_path / "有").refused(2, "晴川.json”已经存在")
    assert listing(tmp_path / "有") == ["晴川.json"]
    (received / "晴川.json").write_text("{}")
    call("render", PLAN, received, "-o", tmp_path / "新").refused(2, "会写成同一个文件")
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / "说明.txt").write_text("x")
    call("render", PLAN, tmp_path / "空", "-o", tmp_path / "新").refused(3, "没有填报表或数据")
