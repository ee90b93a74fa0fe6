"""What a clerk may write beside the readings, and what is said where it cannot be used."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from console import DATA, PLAN, REPORT, ROSTER, call
from sheet import DETAIL, add, lines, write

from greenforms.datafile import load
from greenforms.readings.choosing import data_of
from shipped import load_form, read_readings

NAME = "名单.docx"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a roster, a plan and a report in one workbook of readings."""
    folder = tmp_path_factory.mktemp("材料")
    for form, name in ((ROSTER, NAME), (PLAN, "方案.docx"), (REPORT, "报告.docx")):
        assert call("render", form, DATA[form], "-o", folder / name).code == 0
    assert call("extract", *sorted(folder.glob("*.docx")), "-o", folder / "结果.xlsx").code == 0
    return folder


@pytest.fixture
def book(papers: Path, tmp_path: Path) -> Path:
    """A workbook that a test may change."""
    shutil.copytree(papers, tmp_path, dirs_exist_ok=True)
    return tmp_path / "结果.xlsx"


def data(book: Path, form: str) -> Any:
    return data_of(read_readings(book).papers, load_form(form), book.name).data


def findings(book: Path, form: str = ROSTER) -> list[dict[str, Any]]:
    said = call("validate", form, book, "--json")
    found: list[dict[str, Any]] = said.json["findings"]
    return found


@pytest.mark.parametrize("form", [ROSTER, PLAN, REPORT])
def test_nothing_written_changes_nothing(book: Path, form: str) -> None:
    """This test ensures that a workbook without corrections is the data that were read, digit for digit."""
    assert data(book, form) == load(str(DATA[form])).data


def test_pictures_come_along(book: Path) -> None:
    """This test ensures that a report with pictures is printed from the workbook beside which they were put."""
    assert call("render", REPORT, book, "-o", book.parent / "再印.docx").code == 0
    assert (book.parent / "再印.docx").read_bytes() == (book.parent / "报告.docx").read_bytes()


def test_figures_are_exact(book: Path) -> None:
    """This test ensures that a figure beyond Excel's fifteen digits is taken as typed and kept as text."""
    write(book, {("方案.docx", "/enterprise/years/0/total_assets"): "123456789012345678.90"})
    assert data(book, PLAN)["enterprise"]["years"][0]["total_assets"] == Decimal("123456789012345678.90")
    assert call("render", PLAN, book, "-o", book.parent / "新.docx").code in (0, 1)
    assert call("extract", book.parent / "新.docx", "-o", book.parent / "又.xlsx").code in (0, 1)
    (line,) = (each for each in lines(book.parent / "又.xlsx") if each["路径"] == "/enterprise/years/0/total_assets")
    assert line["读到的值"] == "123456789012345678.90"


def test_a_row_is_taken_out(book: Path) -> None:
    """This test ensures that a row of which every field is taken away is gone, and the others move up."""
    before = data(book, ROSTER)["rows"]
    write(book, {(NAME, f"/rows/1/{key}"): "(空)" for key in before[1]})
    assert data(book, ROSTER)["rows"] == [before[0], *before[2:]]


def test_a_row_is_added(book: Path) -> None:
    """This test ensures that copied lines with the next number are a new row."""
    before = data(book, ROSTER)["rows"]
    new = {"year": "2026", "type": "绿色工厂", "region": "包头市", "name": "新单位", "level": "盟市级"}
    paths = ((f"/rows/{len(before)}/{key}", text) for key, text in new.items())
    add(book, [{"文件": NAME, "路径": path, "读到的值": "上一行的", "更正": text} for path, text in paths])
    assert data(book, ROSTER)["rows"] == [*before, {**new, "year": 2026}]
    assert findings(book) == []


def test_not_applicable_is_null(book: Path) -> None:
    """This test ensures that the form's sign for 不适用 is an explicit null."""
    write(book, {("方案.docx", "/enterprise/fax"): "/"})
    assert data(book, PLAN)["enterprise"]["fax"] is None


def test_the_reading_stays(book: Path) -> None:
    """This test ensures that a correction is kept beside the value read, over a further run, too."""
    write(book, {(NAME, "/rows/0/name"): "改正后的名称"})
    read = next(line["读到的值"] for line in lines(book) if (line["文件"], line["路径"]) == (NAME, "/rows/0/name"))
    assert call("extract", book.parent / NAME, "-o", book, "--resume").code == 0
    (line,) = (line for line in lines(book) if (line["文件"], line["路径"]) == (NAME, "/rows/0/name"))
    assert (line["读到的值"], line["更正"]) == (read, "改正后的名称")
    assert data(book, ROSTER)["rows"][0]["name"] == "改正后的名称"


def test_columns_moved_and_rows_sorted(book: Path) -> None:
    """This test ensures that corrections are found by headings and names, not by where they stand."""
    write(book, {(NAME, "/rows/0/name"): "改正后的名称"})
    workbook = openpyxl.load_workbook(book)
    sheet = workbook[DETAIL]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    sheet.delete_rows(4, sheet.max_row)
    for row in reversed(rows):
        sheet.append(row)
    sheet.insert_cols(3)
    workbook.save(book)
    assert data(book, ROSTER)["rows"][0]["name"] == "改正后的名称"


UNUSED = [
    ("更正", "/rows/0/year", "前年", "read/year", "这一条更正没有采用"),
    ("读到的值", "/rows/0/name", "直接改了", "readings/changed-value", "请把正确的内容填在“更正”栏"),
    ("路径", "/rows/0/name", "/rows/0/nme", "readings/lost-correction", "请不要改动“路径”一列"),
    ("文件", "/rows/0/name", "别的.docx", "readings/lost-correction", "请不要改动“文件”一列"),
    ("路径", "/rows/0/name", "/rows/0/level", "readings/two-corrections", "请只保留一处"),
    ("路径", "/rows/0/name", "/rows/90/name", "read/text", "前面还缺一行"),
]


@pytest.mark.parametrize(("column", "path", "text", "rule", "words"), UNUSED)
def test_what_cannot_be_used_is_said(column: str, path: str, text: str, rule: str, words: str, book: Path) -> None:
    """This test ensures that a correction that is not used is a finding with its cell, and changes nothing."""
    before = data(book, ROSTER)
    if column in ("文件", "路径"):
        write(book, {(NAME, path): "改正后的名称", (NAME, "/rows/0/level"): "国家级"})
        before["rows"][0]["level"] = "国家级"
    write(book, {(NAME, path): text}, column)
    found = [each for each in findings(book) if each["rule"] == rule]
    assert found, findings(book)
    assert found[0]["severity"] == "fix"
    assert words in found[0]["message"]
    assert found[0]["places"][0]["evidence"]["sheet"] == DETAIL
    assert found[0]["places"][0]["evidence"]["cell"] in found[0]["message"]
    if rule == "readings/two-corrections":
        before["rows"][0]["level"] = data(book, ROSTER)["rows"][0]["level"]
        assert before["rows"][0]["level"] != "改正后的名称"
    assert data(book, ROSTER) == before


def test_pictures_are_not_corrected_here(book: Path) -> None:
    """This test ensures that a text in the place of pictures is refused."""
    path = "/highlights/0/pictures"
    write(book, {("报告.docx", path): "图一"})
    (found,) = (each for each in findings(book, REPORT) if each["rule"] == "read/pictures")
    assert "图片不能在表里更正" in found["message"]


def test_findings_are_settled_by_the_correction(book: Path) -> None:
    """This test ensures that what was noticed about a field while reading is said until the field is put right."""
    import docx

    paper = book.parent / "改过.docx"
    document = docx.Document(str(book.parent / NAME))
    name = data(book, ROSTER)["rows"][0]["name"]
    for node in document.element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        node.text = (node.text or "").replace(name, f"{name}厂")
    document.save(str(paper))
    assert call("extract", paper, "-o", book.parent / "改过.xlsx").code == 1
    assert [each["rule"] for each in findings(book.parent / "改过.xlsx")] == ["record/printed-differs"]
    write(book.parent / "改过.xlsx", {("改过.docx", "/rows/0/name"): f"{name}厂"})
    assert findings(book.parent / "改过.xlsx") == []


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    """This test ensures that a value that begins like a formula is text in the workbook and harmless in the CSV."""
    row = {"year": 2026, "type": "绿色工厂", "region": "包头市", "name": "=1+1号公司", "level": "盟市级"}
    (tmp_path / "a.json").write_text(json.dumps({"rows": [row]}), "utf-8")
    assert call("render", ROSTER, tmp_path / "a.json", "-o", tmp_path / "a.docx").code == 0
    assert call("extract", tmp_path / "a.docx", "-o", tmp_path / "a.xlsx").code == 0
    assert call("extract", tmp_path / "a.docx", "-o", tmp_path / "a.csv").code == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    assert data(tmp_path / "a.xlsx", ROSTER)["rows"][0]["name"] == row["name"]
    assert "'=1+1号公司" in (tmp_path / "a.csv").read_text("utf-8-sig")


BROKEN = [
    ("delete-detail", "工作表“明细”不在了"),
    ("delete-column", "少了“文件”“读到的值”“更正”“路径”中的列"),
    ("change-kept", "隐藏工作表被改动过"),
    ("newer", "较新版本的程序"),
]


@pytest.mark.parametrize(("how", "words"), BROKEN)
def test_a_workbook_that_was_taken_apart(how: str, words: str, book: Path) -> None:
    """This test ensures that a workbook whose sheets are not ours any more is refused with what to do."""
    workbook = openpyxl.load_workbook(book)
    kept = workbook["_greenforms_readings"]
    match how:
        case "delete-detail":
            del workbook[DETAIL]
        case "delete-column":
            workbook[DETAIL].delete_cols(5)
        case "change-kept":
            kept["B2"].value = str(kept["B2"].value).replace("nm-2024", "nm-2023")
        case "newer":
            kept["A1"].value = "2"
    workbook.save(book)
    call("validate", ROSTER, book).refused(3, words)


def test_which_paper_is_meant(book: Path, tmp_path: Path) -> None:
    """This test ensures that one of several papers of a form must be named, and the message names them."""
    (tmp_path / "乙").mkdir()
    shutil.copy(book.parent / NAME, tmp_path / "乙" / NAME)
    files = (book.parent / NAME, tmp_path / "乙" / NAME)
    assert call("extract", *files, "-o", tmp_path / "两份.xlsx").code == 0
    said = call("validate", ROSTER, tmp_path / "两份.xlsx")
    said.refused(2, "有 2 份", f"“乙/{NAME}”", "--paper")
    assert call("validate", ROSTER, tmp_path / "两份.xlsx", "--paper", f"乙/{NAME}").code == 0
    call("validate", ROSTER, tmp_path / "两份.xlsx", "--paper", NAME).refused(2, "有几份都叫")
    call("validate", ROSTER, tmp_path / "两份.xlsx", "--paper", "无").refused(2, "没有“无”", f"“乙/{NAME}”")
    call("validate", "he-2024/recommendation-summary", book).refused(3, "不是 he-2024/recommendation-summary 的")
    call("validate", ROSTER, book, "--paper", "方案.docx").refused(3, f"是 {PLAN} 的")
    call("validate", ROSTER, DATA[ROSTER], "--paper", "a").refused(2, "--paper 只用于读取结果")


def test_a_reading_whose_structure_was_changed(papers: Path, tmp_path: Path) -> None:
    """This test ensures that a JSON whose fields were spoilt is refused and the data alone may be edited."""
    shape = call("extract", papers / NAME, "--json").json
    shape["data"]["rows"][0]["name"] = "手工改正"
    (tmp_path / "a.json").write_text(json.dumps(shape), "utf-8")
    assert call("validate", ROSTER, tmp_path / "a.json").code == 0
    shape["fields"] = [{"path": 1}]
    (tmp_path / "b.json").write_text(json.dumps(shape), "utf-8")
    call("validate", ROSTER, tmp_path / "b.json").refused(3, "结构被改动过")


def test_what_is_no_data(book: Path, papers: Path) -> None:
    """This test ensures that CSV is no data and a workbook of readings no paper."""
    assert call("extract", papers / NAME, "-o", book.parent / "a.csv").code == 0
    call("validate", ROSTER, book.parent / "a.csv").refused(3, "CSV", "结果.xlsx")
    call("extract", book).refused(3, "是读取结果")
