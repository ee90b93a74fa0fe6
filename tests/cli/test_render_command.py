"""render: data onto paper, and nothing written when it cannot be done."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from console import DATA, PLAN, REPORT, ROSTER, call, listing, spawn

from shipped import load_form, spread

OFFICE = [(form, kind) for form in spread(DATA) for kind in load_form(form).entry.outputs if kind != "pdf"]
NO_OFFICE = "from greenforms_extractors.office import program\nprogram._PLACES = {}"


def changed(form: str, folder: Path, change: Any) -> Path:
    """The form's example with a change, in a file."""
    data = json.loads(DATA[form].read_text("utf-8"))
    change(data)
    path = folder / "改过.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


@pytest.mark.parametrize(("form", "kind"), OFFICE)
def test_render_and_extract(form: str, kind: str, tmp_path: Path) -> None:
    """This test ensures that each example goes onto paper and comes back, under a Chinese name with a space."""
    target = tmp_path / f"生成 的 表.{kind}"
    said = call("render", form, DATA[form], "-o", target)
    assert (said.code, said.out) == (0, b"")
    assert f"已生成“{target}”。下一步：" in said.err
    back = call("extract", target, "--json")
    assert back.code == 0
    assert back.json["form"] == form
    assert back.json["data"] == json.loads(DATA[form].read_text("utf-8"))


def test_pdf(papers: Path) -> None:
    """This test ensures that a PDF is made by its extension and read back exactly."""
    back = call("extract", papers / "plan.pdf", "--json")
    assert back.json["data"] == json.loads(DATA[PLAN].read_text("utf-8"))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_standard_output(kind: str) -> None:
    """This test ensures that only the file goes to standard output, in the format asked for."""
    said = spawn("render", ROSTER, DATA[ROSTER], "-o", "-", "--format", kind)
    assert (said.code, said.err) == (0, "")
    names = zipfile.ZipFile(io.BytesIO(said.out)).namelist()
    assert ("word/document.xml" if kind == "docx" else "xl/workbook.xml") in names


def test_same_data_same_bytes(papers: Path) -> None:
    """This test ensures that a second program run gives the same bytes."""
    for kind in ("docx", "xlsx"):
        said = spawn("render", ROSTER, DATA[ROSTER], "-o", "-", "--format", kind, PYTHONHASHSEED="7")
        assert said.out == (papers / f"roster.{kind}").read_bytes()


def test_data_with_findings_are_printed_and_reported(tmp_path: Path) -> None:
    """This test ensures that doubtful data are printed all the same, with exit code 1 and the findings beside it."""
    path = changed(PLAN, tmp_path, lambda data: data.update(creation_type="绿色矿山"))
    said = call("render", PLAN, path, "-o", tmp_path / "a.docx")
    assert (said.code, said.out) == (1, b"")
    assert "“绿色矿山”不是可选的内容" in said.err
    assert call("extract", tmp_path / "a.docx", "--json").json["data"]["creation_type"] == "绿色矿山"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["enterprise"].update(name=5),
        lambda data: data["enterprise"].update(name=["x"]),
        lambda data: data["enterprise"].update(name={"a": 1}),
        lambda data: data.update(enterprise="x"),
        lambda data: data["enterprise"].update(products="x"),
        lambda data: data["enterprise"].update(products=["x", None, 3]),
        lambda data: data["enterprise"]["products"][0].update(capacity="60000吨"),
        lambda data: data["enterprise"]["products"][0].update(capacity=True),
        lambda data: data["enterprise"]["products"][0].update(capacity={"value": 1}),
        lambda data: data["enterprise"]["products"][0].update(capacity={"value": None, "unit": "吨"}),
        lambda data: data["enterprise"]["products"][0].update(sales_ratio="约90"),
        lambda data: data["enterprise"].update(nmae="x"),
        lambda data: data.update({"没有的项": None}),
        lambda data: data["enterprise"]["products"][0]["capacity"].update(secret=1),
    ],
)
def test_values_without_a_printed_form(change: Any, tmp_path: Path) -> None:
    """This test ensures that what has no place on the paper is a finding, and neither half-printed nor hidden in it."""
    said = call("render", PLAN, changed(PLAN, tmp_path, change), "-o", tmp_path / "a.docx")
    said.refused(1, "【", "没有生成文件")
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.clear(),
        lambda data: data.update(dict.fromkeys(data)),
        lambda data: data.pop("plan"),
        lambda data: data["enterprise"]["products"].clear(),
        lambda data: data.update(date="2026-13-45"),
    ],
)
def test_gaps_are_printed(change: Any, tmp_path: Path) -> None:
    """This test ensures that missing, null and doubtful values never keep the paper from being printed."""
    said = call("render", PLAN, changed(PLAN, tmp_path, change), "-o", tmp_path / "a.docx")
    assert (said.code, said.out) == (1, b"")
    assert zipfile.is_zipfile(tmp_path / "a.docx")


def test_a_lone_surrogate_is_refused(tmp_path: Path) -> None:
    """This test ensures that half a character, which no file can keep, is refused by name."""
    path = changed(PLAN, tmp_path, lambda data: data.update(unit="甲\ud800乙"))
    call("render", PLAN, path, "-o", tmp_path / "a.docx").refused(3, "甲", "U+D800")
    assert not (tmp_path / "a.docx").exists()


def test_unknown_form_and_format(tmp_path: Path) -> None:
    """This test ensures that a form or format that does not exist leaves nothing behind."""
    call("render", "nope", DATA[PLAN], "-o", tmp_path / "a.docx").refused(2, "没有表单“nope”")
    call("render", PLAN, DATA[PLAN], "-o", tmp_path / "a.xlsx").refused(2, "不输出 xlsx 格式")
    call("render", PLAN, DATA[PLAN], "-o", tmp_path / "a.wps").refused(2, "不输出 wps 格式")
    assert listing(tmp_path) == []


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    """This test ensures that a paper replaces another only with --force."""
    target = tmp_path / "a.docx"
    target.write_text("重要")
    call("render", PLAN, DATA[PLAN], "-o", target).refused(2, "已经存在", "--force")
    assert target.read_text() == "重要"
    assert call("render", PLAN, DATA[PLAN], "-o", target, "--force").code == 0
    assert zipfile.is_zipfile(target)


def test_targets_that_cannot_be_written(tmp_path: Path) -> None:
    """This test ensures that a folder, a missing folder and an endless name are refused with a Chinese reason."""
    call("render", ROSTER, DATA[ROSTER], "-o", tmp_path / "没有" / "a.docx").refused(2, "不存在")
    call("render", ROSTER, DATA[ROSTER], "-o", tmp_path / ("长" * 100 + ".docx")).refused(2, "文件名太长")
    call("extract", tmp_path, "-o", tmp_path / ("长" * 100)).refused(2, "文件名太长")
    (tmp_path / "a.docx").mkdir()
    call("render", ROSTER, DATA[ROSTER], "-o", tmp_path / "a.docx", "--force").refused(2, "它是一个目录")
    assert listing(tmp_path) == []


def test_the_longest_name_there_is(tmp_path: Path) -> None:
    """This test ensures that a name the file system just takes is written."""
    assert call("render", ROSTER, DATA[ROSTER], "-o", tmp_path / ("长" * 83 + ".docx")).code == 0


def test_a_folder_that_takes_no_files() -> None:
    """This test ensures that a file system that refuses new files is reported in Chinese, also to root."""
    call("render", ROSTER, DATA[ROSTER], "-o", "/proc/a.docx").refused(2, "/proc/a.docx", "写不进去")


def test_read_only_source_folder(examples: Path, tmp_path: Path) -> None:
    """This test ensures that the folder of the data is only read: nothing is left in it."""
    before = listing(examples)
    for path in (examples, *examples.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        said = call("render", REPORT, examples / DATA[REPORT].name, "-o", tmp_path / "a.docx")
    finally:
        for path in (examples, *examples.rglob("*")):
            path.chmod(0o755)
    assert said.code == 0
    assert listing(examples) == before


def test_missing_picture(examples: Path, tmp_path: Path) -> None:
    """This test ensures that a picture that is not there is named, and nothing is written."""
    (examples / "pictures" / "factory-enzyme.png").unlink()
    said = call("render", REPORT, examples / DATA[REPORT].name, "-o", tmp_path / "a.docx")
    said.refused(3, "pictures/factory-enzyme.png", "读不出来")
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize("content", [b"", b"text", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"GIF89a"])
def test_damaged_picture(content: bytes, examples: Path, tmp_path: Path) -> None:
    """This test ensures that a file that is no whole picture is refused by name."""
    (examples / "pictures" / "factory-enzyme.png").write_bytes(content)
    said = call("render", REPORT, examples / DATA[REPORT].name, "-o", tmp_path / "a.docx")
    said.refused(3, "pictures/factory-enzyme.png", "读不出来")
    assert not (tmp_path / "a.docx").exists()


def test_picture_name_with_a_null(tmp_path: Path) -> None:
    """This test ensures that a picture name no system can open is refused like a missing picture."""
    path = changed(REPORT, tmp_path, lambda data: data["highlights"][0]["pictures"][0].update(file="a\0b.png"))
    call("render", REPORT, path, "-o", tmp_path / "a.docx").refused(3, "读不出来")


def test_pdf_without_libreoffice(tmp_path: Path) -> None:
    """This test ensures that a PDF without LibreOffice is refused with the remedy, and docx still works."""
    (tmp_path / "空").mkdir()
    said = spawn("render", PLAN, DATA[PLAN], "-o", tmp_path / "a.pdf", before=NO_OFFICE, PATH=str(tmp_path / "空"))
    said.refused(3, "没有安装 LibreOffice", "另存为 PDF")
    said = spawn("render", PLAN, DATA[PLAN], "-o", tmp_path / "a.docx", before=NO_OFFICE, PATH=str(tmp_path / "空"))
    assert said.code == 0
    assert listing(tmp_path) == ["a.docx"]
