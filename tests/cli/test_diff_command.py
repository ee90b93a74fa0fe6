"""diff on the command line: what it prints and writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from console import DATA, PLAN, REPORT, ROSTER, call, listing

LETTER = "0472-5178299"


@pytest.fixture
def revised(tmp_path: Path) -> Path:
    """The plan's data with another fax number."""
    path = tmp_path / "改.json"
    path.write_text(DATA[PLAN].read_text("utf-8").replace(LETTER, "0472-5178290"), "utf-8")
    return path


def test_paper_and_data(papers: Path, revised: Path) -> None:
    """This test ensures that data take the form of the paper, and the place on the paper is told."""
    said = call("diff", papers / "plan.docx", revised)
    assert said.code == 0
    assert said.text.splitlines() == [
        f"1.【改】基本情况表（企业填写）“传真号码”：{LETTER} → 0472-5178290（“plan.docx”表1第4行第8列）",
        "“plan.docx”与“改.json”的《绿色制造体系示范单位培育创建工作方案》有 1 处不同：改 1 处。",
    ]
    assert "[2/2] 改.json" in said.err


def test_printed_paper(papers: Path, revised: Path) -> None:
    """This test ensures that a PDF is compared like any other paper, its place told by the page."""
    said = call("diff", revised, papers / "plan.pdf")
    assert (said.code, len(said.text.splitlines())) == (0, 2)
    assert "“plan.pdf”第2页" in said.text


def test_json(revised: Path) -> None:
    """This test ensures that programs get both values with their pointers, and people no talk."""
    said = call("diff", DATA[PLAN], revised, "--form", PLAN, "--json")
    assert said.err == ""
    assert said.json["summary"] == {"changed": 1, "added": 0, "removed": 0}
    change = said.json["changes"][0]
    assert (change["fact"], change["old"]["value"], change["new"]["path"]) == ("unit.fax", LETTER, "/enterprise/fax")


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "json"])
def test_files(revised: Path, tmp_path: Path, suffix: str) -> None:
    """This test ensures that each kind of file is written whole, and never over another."""
    out = tmp_path / f"清单.{suffix}"
    words = ("diff", DATA[PLAN], revised, "--form", PLAN, "-o", out)
    assert "变更清单已写入" in call(*words).err
    assert out.stat().st_size > 100
    call(*words).refused(2, "已经存在", "--force")
    assert call(*words, "--force").code == 0


def test_same_names_are_told_apart(revised: Path, tmp_path: Path) -> None:
    """This test ensures that two files of one name in two folders are not confused."""
    (tmp_path / "旧").mkdir()
    old = tmp_path / "旧" / "改.json"
    old.write_bytes(DATA[PLAN].read_bytes())
    assert "“改.json（前）”与“改.json（后）”" in call("diff", old, revised, "--form", PLAN).text


def test_one_of_several_readings(papers: Path, revised: Path, tmp_path: Path) -> None:
    """This test ensures that of several readings the named one is taken, on either side."""
    book = tmp_path / "读取.xlsx"
    assert call("extract", papers / "plan.docx", papers / "roster.docx", "-o", book).code == 0
    call("diff", book, revised).refused(2, "2 份材料", "--paper")
    assert "传真号码" in call("diff", book, revised, "--paper", "plan.docx").text
    assert "传真号码" in call("diff", book, revised, "--form", PLAN).text
    call("diff", book, revised, "--paper", "没有.docx").refused(2, "没有“没有.docx”")
    call("diff", papers / "plan.docx", papers / "plan.docx", "--paper", "x").refused(2, "--paper 只用于读取结果")


def test_what_is_refused(papers: Path, revised: Path, tmp_path: Path) -> None:
    """This test ensures that what cannot be compared says why and what to do, and nothing is written."""
    before = listing(tmp_path)
    call("diff", DATA[PLAN], revised).refused(2, "没有写明是哪一种表", "--form")
    call("diff", papers / "plan.docx", papers / "roster.docx").refused(2, "不是同一种表", "greenforms check")
    call("diff", papers / "plan.docx", DATA[REPORT]).refused(3, "不是《绿色制造体系示范单位培育创建工作方案》的数据")
    call("diff", papers / "plan.docx", papers).refused(2, "不是目录")
    call("diff", papers / "plan.docx", tmp_path / "没有.json").refused(3, "没有.json")
    call("diff", papers / "plan.docx", revised, "--form", ROSTER).refused(3)
    call("diff", "-", "-").refused(2, "标准输入")
    call("diff", papers / "plan.docx", revised, "-o", tmp_path / "清单.txt").refused(2, "docx、xlsx、json")
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04")
    call("diff", bad, revised).refused(3, "坏.docx")
    bad.unlink()
    assert listing(tmp_path) == before


def test_standard_input(papers: Path, revised: Path) -> None:
    """This test ensures that one side may come through a pipe, and the result may leave through one."""
    said = call("diff", papers / "plan.docx", "-", "-o", "-", stdin=revised.read_bytes())
    assert json.loads(said.out)["summary"]["changed"] == 1
