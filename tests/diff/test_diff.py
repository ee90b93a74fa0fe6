"""Two papers compared: what differs is told once, at its place, whatever the files are."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from greenforms.diff.book import book_of
from greenforms.diff.changes import Change
from greenforms.diff.document import document_of
from greenforms.diff.lines import lines_of
from greenforms.diff.result import Difference, difference, difference_json
from greenforms.diff.sentences import Reworded, reworded
from greenforms.diff.side import Request, Side, sides_of
from greenforms.form.edit import put
from greenforms.form.tree import at, values
from greenforms.render.paper import render
from greenforms.report import extraction_json, json_text
from greenforms.workbook.writing import make_workbook
from papers import example, example_forms
from shipped import LIBRARY, load_form, read_paper, spread

PLAN = "nm-2024/cultivation-plan"
DATA = example("cultivation-plan-factory")
PRODUCTS = "基本情况表（企业填写）·上年度主要产品生产销售及能源资源消费情况"


def silent(number: int, total: int, name: str) -> None:
    """Report no progress."""


def compared(new: Any, old: Any = DATA, form: str = PLAN) -> Difference:
    definition = load_form(form)
    return difference(Side("旧", definition, old), Side("新", definition, new))


def changed(**places: Any) -> Any:
    """The plan with other values at some places; their pointers are written with two underscores."""
    data = copy.deepcopy(DATA)
    for name, value in places.items():
        put(data, "/" + name.replace("__", "/"), value)
    return data


def told(found: Difference) -> list[tuple[str, str, str, str]]:
    return [(line.kind, line.label, line.old, line.new) for line in lines_of(found)]


def _written(kind: str, folder: Path, data: Any) -> Path:
    """The plan as a file of a kind."""
    form = load_form(PLAN)
    path = folder / f"计划.{ {'workbook': 'xlsx', 'reading': 'json'}.get(kind, kind) }"
    match kind:
        case "docx":
            path.write_bytes(render(form, data, "docx", None))
        case "workbook":
            path.write_bytes(make_workbook(form, data))
        case "json":
            path.write_text(json_text(data), "utf-8")
        case "reading":
            paper = folder / "纸.docx"
            paper.write_bytes(render(form, data, "docx", None))
            path.write_text(json_text(extraction_json(read_paper(paper))), "utf-8")
    return path


@pytest.mark.parametrize(("one", "other"), [("docx", "workbook"), ("workbook", "json"), ("json", "reading")])
def test_every_mix_of_files(tmp_path: Path, one: str, other: str) -> None:
    """This test ensures that the kind of file makes no difference, and one changed figure makes exactly one."""
    places = [tmp_path / "一", tmp_path / "二"]
    for place in places:
        place.mkdir()
    old = _written(one, places[0], DATA)
    for data, count in ((DATA, 0), (changed(enterprise__fax="0472-5178290"), 1)):
        new = _written(other, places[1], data)
        sides = sides_of(LIBRARY, (str(old), str(new)), Request(), silent)
        found = difference(*sides)
        assert [each.new.pointer for each in found.changes if each.new] == ["/enterprise/fax"] * count
    assert found.changes[0].old is not None
    assert found.changes[0].old.text == "0472-5178299"
    assert (found.changes[0].old.where == "") == (one == "json")


def test_fields() -> None:
    """This test ensures that a figure, a choice, a text, what is new, gone or not applicable are told as they are."""
    new = changed(enterprise__years__1__profit=11245)
    new["enterprise"] |= {"ownership": "国有企业", "fax": None}
    del new["enterprise"]["email"]
    table = "基本情况表（企业填写）"
    assert told(compared(new)) == [
        ("改", f"{table}“企业性质”", "民营企业", "国有企业"),
        ("改", f"{table}“传真号码”", "0472-5178299", "（不适用）"),
        ("删", f"{table}“电子邮箱”", "lvse@example.com", "（无）"),
        ("改", f"{table}·企业近三年经营情况第2行“利润（万元）”", "11245.96", "11245"),
    ]
    assert compared(new).changes[-1].gap == Decimal("-0.96")
    assert [line.remark for line in lines_of(compared(new))] == ["", "", "", "减少0.96万元"]


def test_what_prints_the_same_is_the_same() -> None:
    """This test ensures that widths and white space are no difference."""
    assert compared(changed(enterprise__name="内蒙古 晴川新材料有限公司")).changes == ()


def test_rows_by_name() -> None:
    """This test ensures that a row put in, taken out or moved changes no other row."""
    new = copy.deepcopy(DATA)
    products = new["enterprise"]["products"]
    extra = {
        **products[0],
        "name": "石墨电极",
        "energy": products[0]["energy"] * 3,
        "output": {"value": 7, "unit": "吨"},
    }
    new["enterprise"]["products"] = [products[2], extra, products[0]]
    found = told(compared(new))
    assert [each[:2] for each in found] == [("删", f"{PRODUCTS}第2行"), ("增", f"{PRODUCTS}第2行")]
    assert "9800" in found[0][2]
    assert found[1][3].startswith("产品名称：石墨电极；")


def test_rows_of_another_name_and_without_names() -> None:
    """This test ensures that a renamed row and a row without a name are known by what they say."""
    renamed = changed(enterprise__products__1__name="增碳剂")
    assert told(compared(renamed)) == [("改", f"{PRODUCTS}第2行“产品名称”", "石墨化增碳剂", "增碳剂")]
    fewer = copy.deepcopy(DATA)
    del fewer["plan"]["projects"][0]
    fewer["plan"]["projects"][1]["investment"] = 1300
    kinds = [(kind, label) for kind, label, _, _ in told(compared(fewer))]
    assert [kind for kind, _ in kinds] == ["删", "改"]
    assert kinds[0][1].endswith("第1行")
    assert "第2行" in kinds[1][1]


def test_sentences() -> None:
    """This test ensures that running text is told by its sentences: reworded, new and gone ones."""
    old = "一是建立制度。二是“改造窑炉。”三是节水！\n四是培训；完成。"
    new = "一是建立制度。二是“改造三台窑炉。”\n四是 培训；完成。五是公开信息。"
    assert reworded(old, new) == (
        Reworded("二是“改造窑炉。”", "二是“改造三台窑炉。”"),
        Reworded("三是节水！", ""),
        Reworded("", "五是公开信息。"),
    )
    text = at(DATA, "/plan/schedule").replace("按季度调度进展", "按月调度进展")
    assert told(compared(changed(plan__schedule=text))) == [
        (
            "改",
            "工作方案“五、进度安排”",
            "2026年7月至2027年6月，实施重点项目建设，按季度调度进展。",
            "2026年7月至2027年6月，实施重点项目建设，按月调度进展。",
        )
    ]


@pytest.mark.parametrize("name", spread(sorted(example_forms())))
def test_every_form(name: str) -> None:
    """This test ensures that no form differs from itself, and that each field taken away is one difference."""
    form = example_forms()[name]
    data = example(name)
    assert compared(data, data, form).changes == ()
    present = [each for each in values(load_form(form).root, data) if each.present and each.leaf.printed]
    for value in spread(present):
        less = copy.deepcopy(data)
        around, _, last = value.pointer.rpartition("/")
        del at(less, around)[last]
        found = compared(less, data, form).changes
        assert [each.kind for each in found if each.old and each.old.pointer == value.pointer] == ["removed"]


def test_doubt_of_a_reading_is_told() -> None:
    """This test ensures that a difference which may be a slip in reading says so."""
    paper = render(load_form(PLAN), DATA, "docx", None)
    found = _doubted(paper, "/enterprise/fax")
    line = next(iter(lines_of(found)))
    assert line.remark == "“扫描件.pdf”：读得不确定，请对照原件"
    assert difference_json(found)["changes"][0]["new"]["doubt"] == "读得不确定，请对照原件"


def _doubted(paper: bytes, pointer: str) -> Difference:
    from greenforms.read.extraction import FieldReading

    form = load_form(PLAN)
    reading = FieldReading(pointer, "传真", "0472-5178290", "0472-5178290", None, 0.4, "ocr", (), "red")
    new = Side("扫描件.pdf", form, changed(enterprise__fax="0472-5178290"), {pointer: reading})
    return difference(Side("旧", form, DATA), new)


@pytest.fixture
def found() -> Difference:
    return compared(changed(enterprise__fax="0472-5178290", plan__approach="坚持绿色低碳。\x0b=1+1"))


def _sheet(content: bytes) -> list[tuple[object, ...]]:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).active
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def _table(content: bytes) -> list[list[str]]:
    document: Any = docx.Document(io.BytesIO(content))
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


@pytest.mark.parametrize("write", [book_of, document_of])
def test_files_say_the_same(found: Difference, write: Callable[[Difference], bytes]) -> None:
    """This test ensures that the files hold every line, are the same each time, and that user text is only text."""
    content = write(found)
    assert content == write(found)
    rows = _sheet(content)[3:] if write is book_of else _table(content)[1:]
    lines = list(lines_of(found))
    assert [(row[1], row[2], row[3]) for row in rows] == [(line.kind, line.label, line.old) for line in lines]
    assert [row[4] for row in rows] == [line.new for line in lines]


def test_document_marks_what_changed(found: Difference) -> None:
    """This test ensures that in Word what is gone is struck out and what is new underlined, figures as a whole."""
    document: Any = docx.Document(io.BytesIO(document_of(found)))
    cells = document.tables[0].rows[1].cells
    struck = [run.text for run in cells[3].paragraphs[0].runs if run.font.strike]
    new = [run.text for run in cells[4].paragraphs[0].runs if run.font.underline]
    assert (struck, new) == (["0472-5178299"], ["0472-5178290"])


def test_change_of_edition_is_said() -> None:
    """This test ensures that papers of one layout under two editions are compared, which is told."""
    one, other = (load_form(f"{edition}/factory-evaluation-report") for edition in ("nm-2024", "cn-2024"))
    data = example("factory-evaluation-report")
    result = difference(Side("旧", one, data), Side("新", other, data))
    assert result.changes == ()
    changed_ = replace(result, changes=(Change("总分", "", None, None, None),))
    assert "（分别按 nm-2024/factory-evaluation-report 和 cn-2024/factory-evaluation-report 的表）" in changed_.counted
