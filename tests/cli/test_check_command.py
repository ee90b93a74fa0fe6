"""check and demo: a folder of papers."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import docx
import pytest
from console import DATA, PLAN, ROSTER, call, listing, spawn

from greenforms.cli.progress import Files, duration


@pytest.fixture
def folder(papers: Path, tmp_path: Path) -> Path:
    """A folder with the plan and a roster that agrees with it, one of them in a folder below."""
    (tmp_path / "材料" / "名单").mkdir(parents=True)
    shutil.copy(papers / "plan.docx", tmp_path / "材料" / "方案 1.docx")
    shutil.copy(papers / "roster.xlsx", tmp_path / "材料" / "名单" / "名单.xlsx")
    return tmp_path / "材料"


def contradicting(folder: Path) -> Path:
    """The folder with one name misspelt in the roster."""
    data = json.loads(DATA[ROSTER].read_text("utf-8"))
    for row in data["rows"]:
        row["name"] = row["name"].replace("晴川新材料", "晴川材料")
    source = folder.parent / "名单.json"
    source.write_text(json.dumps(data), "utf-8")
    assert call("render", ROSTER, source, "-o", folder / "名单" / "名单.xlsx", "--force").code == 0
    return folder


def test_papers_that_agree(folder: Path) -> None:
    """This test ensures that agreeing papers pass, each listed with form and subject, progress on the error stream."""
    said = call("check", folder, "--as-of", "2026-04-01")
    assert said.code == 0
    assert "方案 1.docx：《绿色制造体系示范单位培育创建工作方案》 内蒙古晴川新材料有限公司" in said.text
    assert "名单/名单.xlsx：《绿色制造体系示范单位培育名单库表》" in said.text
    assert "[1/2]" in said.err
    assert "[2/2]" in said.err


def test_papers_that_contradict(folder: Path) -> None:
    """This test ensures that a misspelt name is found with both places, in text and in JSON, with exit code 1."""
    said = call("check", contradicting(folder))
    assert said.code == 1
    assert "【必须改】单位名称各处不一致" in said.text
    said = call("check", folder, "--json")
    assert (said.code, said.err) == (1, "")
    assert {"findings", "summary"} <= said.json.keys()
    (finding,) = (each for each in said.json["findings"] if each["rule"] == "pack/same-name")
    assert finding.keys() - {"suggestion"} == {"rule", "severity", "message", "places", "citation", "fix"}
    assert {place["document"] for place in finding["places"]} == {"方案 1.docx", "名单/名单.xlsx"}
    assert finding["places"][0].keys() == {"document", "path", "label", "value", "evidence"}


def test_what_was_read_before_is_checked_with_its_corrections(folder: Path) -> None:
    """This test ensures that a result of reading stands for its paper, and that what was put right in it counts."""
    result = folder / "名单" / "结果.json"
    assert call("extract", contradicting(folder) / "名单" / "名单.xlsx", "-o", result).code == 0
    (folder / "名单" / "名单.xlsx").unlink()
    assert "【必须改】单位名称各处不一致" in call("check", folder).text
    reading = json.loads(result.read_text("utf-8"))
    for row in reading["data"]["rows"]:
        row["name"] = row["name"].replace("晴川材料", "晴川新材料")
    result.write_text(json.dumps(reading), "utf-8")
    assert "【必须改】单位名称各处不一致" not in call("check", folder, "--as-of", "2026-04-01").text


def test_folders_that_cannot_be_checked(papers: Path, tmp_path: Path) -> None:
    """This test ensures that nothing, an empty folder and a folder without papers are refused."""
    call("check", tmp_path / "没有").refused(3, "没有目录")
    call("check", tmp_path).refused(3, "是空的")
    call("check", papers / "plan.docx", tmp_path / "没有.docx").refused(3, "没有目录或文件", "没有.docx")
    call("check").refused(2, "缺少参数")
    (tmp_path / "说明.txt").write_text("说明")
    call("check", tmp_path).refused(3, "没有一份能识别的材料", "说明.txt")


def test_a_file_that_cannot_be_read(folder: Path) -> None:
    """This test ensures that the rest is checked, the file named, and the exit code says so before all findings."""
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    said = call("check", folder, "--as-of", "2026-04-01")
    assert said.code == 3
    assert "方案 1.docx：《" in said.text
    assert "坏.docx" in said.text
    assert call("check", contradicting(folder)).code == 3


def test_a_paper_that_is_no_form(folder: Path) -> None:
    """This test ensures that a paper among the others that is no form is listed, no error, and never sent away."""
    letter = docx.Document()
    letter.add_paragraph("营业执照")
    letter.save(str(folder / "执照.docx"))
    said = call("check", folder, "--as-of", "2026-04-01")
    assert said.code == 0
    assert "【请确认】“执照.docx”暂不能识别" in said.text
    assert "移出" not in said.text
    assert call("check", folder / "执照.docx").code == 3, "nothing was read"


def test_files_in_place_of_a_folder(folder: Path) -> None:
    """This test ensures that one file or several are checked, junk among them passed over."""
    (folder / "~$方案.docx").write_bytes(b"x")
    said = call("check", folder / "方案 1.docx", "--as-of", "2026-04-01")
    assert (said.code, said.text.count("：《")) == (0, 1)
    said = call("check", *folder.glob("*"), "--as-of", "2026-04-01")
    assert (said.code, said.text.count("：《")) == (0, 2)


def test_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that the time left is judged by the files done, and not told where it is no use."""
    clock = iter((0, 0, 1, 60, 150, 590))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    progress = Files()
    for number in range(1, 6):
        progress(number, 5, f"{number}.pdf")
    assert capsys.readouterr().err.splitlines() == [
        "[1/5] 1.pdf",
        "[2/5] 2.pdf",
        "[3/5] 3.pdf（约还需2分钟）",
        "[4/5] 4.pdf（约还需2分钟）",
        "[5/5] 5.pdf（约还需2分钟）",
    ]
    assert [duration(seconds) for seconds in (7, 52, 3500, 4000)] == ["5秒", "50秒", "58分钟", "1小时7分钟"]


def test_a_day_that_is_none(folder: Path) -> None:
    """This test ensures that a day that does not exist is refused."""
    call("check", folder, "--as-of", "2026-02-30").refused(2, "--as-of")


def test_checking_changes_nothing(folder: Path) -> None:
    """This test ensures that the folder holds the same files and bytes afterwards."""
    before = {name: (folder / name).read_bytes() for name in listing(folder)}
    call("check", folder)
    assert {name: (folder / name).read_bytes() for name in listing(folder)} == before


def test_demo(tmp_path: Path) -> None:
    """This test ensures that the demonstration goes the whole circle, finds its contradiction and can be repeated."""
    made = tmp_path / "演示 结果"
    left = made / "nm-2024" / "绿色制造体系示范单位培育名单库表.xlsx"
    left.parent.mkdir(parents=True)
    left.write_text("上一次的结果")
    said = spawn("demo", "-o", made.name, folder=tmp_path)
    assert (said.code, said.err) == (0, "")
    assert said.text.count("与原数据完全一致") >= 5
    assert "与原数据不一致" not in said.text
    assert "单位名称各处不一致" in said.text
    assert left.read_bytes()[:2] == b"PK"
    back = call("extract", made / "nm-2024" / "绿色制造体系示范单位培育创建工作方案.docx", "--json")
    assert back.json["form"] == PLAN


def test_demo_where_nothing_can_be_written(tmp_path: Path) -> None:
    """This test ensures that a file in the demonstration's way is refused in Chinese."""
    (tmp_path / "a").write_text("x")
    call("demo", "-o", tmp_path / "a").refused(2, "建不起来")
