"""extract: what comes back, in which shape, and where it is written."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import simplejson
from console import DATA, PLAN, REPORT, ROSTER, call, listing, spawn

from papers import without_record, without_tags


@pytest.mark.parametrize("name", ["plan.docx", "plan.pdf", "roster.docx", "roster.xlsx"])
def test_shape_of_the_json(name: str, papers: Path) -> None:
    """This test ensures that `extract --json` has exactly the keys of the contract, in its order."""
    said = call("extract", papers / name, "--json")
    assert (said.code, said.err) == (0, "")
    shape = said.json
    assert list(shape) == ["file", "sha256", "form", "form_confidence", "data", "fields", "missing", "findings"]
    assert shape["file"] == name
    assert shape["sha256"] == hashlib.sha256((papers / name).read_bytes()).hexdigest()
    assert shape["form_confidence"] == 1.0
    for field in shape["fields"]:
        assert list(field) == [
            *("path", "label", "value", "raw", "unit", "confidence", "grade", "source", "evidence", "places")
        ]
        assert field["source"] == "record"
        assert 0 <= field["confidence"] <= 1
    assert (shape["missing"], shape["findings"]) == ([], [])


def test_a_repeated_row_is_labelled_by_its_heading(papers: Path) -> None:
    """This test ensures that the path of a row holds its index and the label is the column heading."""
    fields = {field["path"]: field for field in call("extract", papers / "roster.xlsx", "--json").json["fields"]}
    assert fields["/rows/0/name"]["label"] == "培育示范单位名称"
    assert fields["/rows/0/name"]["evidence"].keys() == {"sheet", "cell"}
    assert fields["/rows/0/name"]["raw"] == fields["/rows/0/name"]["value"]


def test_each_source_says_its_name(papers: Path, tmp_path: Path) -> None:
    """This test ensures that the source is record, then control, then structure, as a paper loses its marks."""
    content = (papers / "plan.docx").read_bytes()
    for source, bare in (("control", without_record(content)), ("structure", without_tags(content))):
        (tmp_path / "a.docx").write_bytes(bare)
        shape = call("extract", tmp_path / "a.docx", "--json").json
        assert source in {field["source"] for field in shape["fields"]}
        assert "record" not in {field["source"] for field in shape["fields"]}
        assert shape["data"] == json.loads(DATA[PLAN].read_text("utf-8"))


def test_figures_are_exact(papers: Path) -> None:
    """This test ensures that the JSON holds the figures digit for digit."""
    data = simplejson.loads(call("extract", papers / "plan.docx", "--json").text, use_decimal=True)["data"]
    assert data["enterprise"]["years"][0]["total_assets"] == Decimal("186450.32")


def test_text_for_people(papers: Path) -> None:
    """This test ensures that without --json each field stands on a line with value, source and confidence."""
    said = call("extract", papers / "plan.docx")
    assert said.text.startswith("plan.docx：nm-2024/cultivation-plan（识别可信度 100%）\n")
    assert "  /unit  单位（盖章）：内蒙古晴川新材料有限公司  〔record 100%〕" in said.text


def test_several_files_are_a_list(papers: Path) -> None:
    """This test ensures that several files give a JSON list in the order given."""
    said = call("extract", papers / "roster.xlsx", papers / "plan.docx", "--json")
    assert [entry["file"] for entry in said.json] == ["roster.xlsx", "plan.docx"]


def test_into_a_file(papers: Path, tmp_path: Path) -> None:
    """This test ensures that one file's JSON goes into the file named, once, and nothing to the screen."""
    target = tmp_path / "读取 结果.json"
    said = call("extract", papers / "plan.docx", "-o", target)
    assert (said.code, said.out, said.err) == (0, b"", "")
    assert json.loads(target.read_text("utf-8")) == call("extract", papers / "plan.docx", "--json").json
    call("extract", papers / "plan.docx", "-o", target).refused(2, "已经存在")
    assert call("extract", papers / "plan.docx", "-o", target, "--force").code == 0


def test_into_a_folder_with_pictures(tmp_path: Path) -> None:
    """This test ensures that a folder gets each file's JSON and its pictures under the names the data give."""
    call("render", REPORT, DATA[REPORT], "-o", tmp_path / "报告.docx")
    (tmp_path / "结果").mkdir()
    assert call("extract", tmp_path / "报告.docx", "-o", tmp_path / "结果").code == 0
    pictures = {
        picture["file"]
        for row in json.loads((tmp_path / "结果" / "报告.docx.json").read_text("utf-8"))["data"]["highlights"]
        for picture in row["pictures"]
    }
    assert listing(tmp_path / "结果") == sorted(["报告.docx.json", *pictures])
    for picture in pictures:
        assert (tmp_path / "结果" / picture).read_bytes() == (DATA[REPORT].parent / picture).read_bytes()


def test_a_target_with_an_endless_name(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a name no file system takes is refused in Chinese."""
    call("extract", papers / "plan.docx", "-o", tmp_path / f"{'长' * 100}.json").refused(2, "文件名太长")


def test_several_files_need_a_folder(papers: Path, tmp_path: Path) -> None:
    """This test ensures that two files are never written into one."""
    said = call("extract", papers / "plan.docx", papers / "roster.docx", "-o", tmp_path / "a.json")
    said.refused(2, "不是已有的目录")
    assert listing(tmp_path) == []


def test_files_of_one_name(papers: Path, tmp_path: Path) -> None:
    """This test ensures that files of one name are told apart by the folders they stand in."""
    for folder, name in (("甲", "plan.docx"), ("乙", "roster.docx")):
        (tmp_path / folder).mkdir()
        shutil.copy(papers / name, tmp_path / folder / "表.docx")
    (tmp_path / "结果").mkdir()
    files = (tmp_path / "甲" / "表.docx", tmp_path / "乙" / "表.docx", papers / "plan.docx")
    assert call("extract", *files, "-o", tmp_path / "结果").code == 0
    assert listing(tmp_path / "结果") == ["plan.docx.json", "乙/表.docx.json", "甲/表.docx.json"]
    assert json.loads((tmp_path / "结果" / "甲" / "表.docx.json").read_text("utf-8"))["file"] == "甲/表.docx"


def test_pictures_of_one_name(tmp_path: Path) -> None:
    """This test ensures that a picture never takes the place of another paper's; the other papers are written."""
    call("render", REPORT, DATA[REPORT], "-o", tmp_path / "甲.docx")
    data = Path(shutil.copytree(DATA[REPORT].parent, tmp_path / "数据"))
    first, second = sorted((data / "pictures").glob("factory-*.png"))[:2]
    shutil.copy(first, second)
    call("render", REPORT, data / DATA[REPORT].name, "-o", tmp_path / "乙.docx")
    (tmp_path / "结果").mkdir()
    said = call("extract", tmp_path / "甲.docx", tmp_path / "乙.docx", "-o", tmp_path / "结果", "--force")
    assert said.code == 3
    assert "同名图片" in said.err
    assert [name for name in listing(tmp_path / "结果") if name.endswith(".json")] == ["甲.docx.json"]


def test_a_folder_that_holds_a_result(papers: Path, tmp_path: Path) -> None:
    """This test ensures that one result that stands in the way is found before anything is read."""
    (tmp_path / "roster.docx.json").write_text("重要")
    said = call("extract", papers / "plan.docx", papers / "roster.docx", "-o", tmp_path)
    said.refused(2, "roster.docx.json", "已经存在")
    assert "[1/2]" not in said.err
    assert listing(tmp_path) == ["roster.docx.json"]


@pytest.mark.parametrize("target", ["a.docx", "a.txt", "a", "a.xls", "没有的目录/a.xlsx", "没有的目录/a.csv"])
def test_outputs_that_are_not_written(target: str, papers: Path, tmp_path: Path) -> None:
    """This test ensures that a kind that is not written, or a missing folder, is refused before anything is read."""
    said = call("extract", papers / "plan.docx", papers / "roster.docx", "-o", tmp_path / target)
    said.refused(2, "目录")
    assert "[1/2]" not in said.err
    assert listing(tmp_path) == []


def test_one_bad_file_among_good_ones(papers: Path, tmp_path: Path) -> None:
    """This test ensures that the good files are delivered, the bad one is named, and the exit code is 3."""
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    said = call("extract", papers / "plan.docx", tmp_path / "坏.docx", "--json")
    assert said.code == 3
    assert [entry["file"] for entry in said.json] == ["plan.docx"]
    assert "有 1 个文件没有读成" in said.err
    assert "坏.docx" in said.err


def test_form_named_by_the_caller(papers: Path) -> None:
    """This test ensures that --form is obeyed where it fits and refused where it does not."""
    assert call("extract", papers / "plan.docx", "--form", "cultivation-plan").code == 0
    call("extract", papers / "plan.docx", "--form", ROSTER).refused(3, "版面不符")
    call("extract", papers / "plan.docx", "--form", "nope").refused(2, "没有表单“nope”")


def test_changed_paper_exits_with_1(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a printed value that no longer equals the record is a finding."""
    import docx

    document = docx.Document(str(papers / "plan.docx"))
    for node in document.element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        node.text = (node.text or "").replace("苏晓萌", "苏小萌")
    document.save(str(tmp_path / "a.docx"))
    said = call("extract", tmp_path / "a.docx", "--json")
    assert said.code == 1
    assert {finding["rule"] for finding in said.json["findings"]} == {"record/printed-differs"}


def test_odd_names(papers: Path, tmp_path: Path) -> None:
    """This test ensures that names with spaces, brackets, a leading dash and bytes that are no text are read."""
    names = [b"\xe7\xbb\xbf \xe8\x89\xb2[1]{2}.docx", b"-o.docx", b"%s.docx"]
    names += [] if sys.platform in ("win32", "darwin") else [b"\xff\xfe.docx"]
    for name in names:
        shutil.copyfile(papers / "roster.docx", tmp_path / os.fsdecode(name))
    assert (
        spawn("extract", "--json", "--", *sorted(path.name for path in tmp_path.iterdir()), folder=tmp_path).code == 0
    )
    assert spawn("check", ".", folder=tmp_path).code in (0, 1)
