"""Earlier papers into new forms: what answers the same question is carried with its source, all else is told."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from greenforms.carry.book import carried_workbook
from greenforms.carry.filling import Prefilled, prefilled
from greenforms.carry.fitting import fitted
from greenforms.carry.material import Material, material_of
from greenforms.carry.result import result_json, source_text
from greenforms.carry.unit import statements_of_unit
from greenforms.errors import InputError, UsageError
from greenforms.fact.statement import Fact
from greenforms.finding import Finding, Place, Severity
from greenforms.form.tree import leaf_at
from greenforms.mark.marking import marking
from greenforms.readings.paper import papers_in
from greenforms.render.paper import render
from greenforms.report import extraction_json, json_text
from greenforms.workbook.writing import make_workbook
from greenforms_extractors.marks import NOTE, SOURCE
from greenforms_extractors.model import SheetOrigin
from papers import example
from shipped import LIBRARY, load_form, read_paper, read_workbook

PLAN, UPDATE, REPORT = "nm-2024/cultivation-plan", "cn-2024/annual-update-factory", "nm-2024/review-report"
UNIT = "内蒙古晴川新材料有限公司"


def silent(number: int, total: int, name: str) -> None:
    """Report no progress."""


def gathered(*paths: Path, form: str | None = None) -> Material:
    return material_of(LIBRARY, paths, silent, form, None)


def carried(
    target: str, *paths: Path, day: str = "2026-05-01", form: str | None = PLAN, unit: str | None = None
) -> Prefilled:
    name, statements = statements_of_unit(gathered(*paths, form=form), LIBRARY.vocabulary, unit)
    return prefilled(load_form(target), name, statements, date.fromisoformat(day))


def reasons(result: Prefilled, pointer: str) -> str:
    return "；".join(left.reason for left in result.left if left.pointer == pointer)


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Path]:
    """Writes a plan of the factory as JSON, with some fields changed."""

    def write(name: str = "旧.json", **changes: Any) -> Path:
        data = copy.deepcopy(example("cultivation-plan-factory"))
        for pointer, value in changes.items():
            *around, last = pointer.split("__")
            place = data
            for step in around:
                place = place[step]
            if value is None:
                del place[last]
            else:
                place[last] = value
        path = tmp_path / name
        path.write_text(json_text(data), "utf-8")
        return path

    return write


@pytest.mark.parametrize("kind", ["docx", "workbook", "json", "reading"])
def test_every_kind_of_material(tmp_path: Path, kind: str) -> None:
    """This test ensures that a paper, a workbook, a data set and a result of reading all carry the same."""
    form, data = load_form(PLAN), example("cultivation-plan-factory")
    path = tmp_path / {"docx": "旧.docx", "workbook": "旧.xlsx"}.get(kind, "旧.json")
    match kind:
        case "docx":
            path.write_bytes(render(form, data, "docx", None))
        case "workbook":
            path.write_bytes(make_workbook(form, data))
        case "json":
            path.write_text(json_text(data), "utf-8")
        case "reading":
            (tmp_path / "纸").mkdir()
            paper = tmp_path / "纸" / "旧.docx"
            paper.write_bytes(render(form, data, "docx", None))
            path.write_text(json_text(extraction_json(read_paper(paper))), "utf-8")
    result = carried(UPDATE, path, form=PLAN if kind == "json" else None)
    enterprise = data["enterprise"]
    assert result.data["basics"] == {
        "name": UNIT,
        "industry": enterprise["industry"],
        "address": enterprise["address"],
        "contact": enterprise["contact"],
        "phone": enterprise["contact_phone"],
        "email": enterprise["email"],
    }
    products = [(row["name"], row["output"]) for row in enterprise["products"]]
    assert [(row["name"], row["output"]) for row in result.data["products"]] == products
    assert set(result.data) == {"basics", "products"}
    assert result.left == []
    sources = {each.pointer: source_text(each.statement) for each in result.carried}
    assert sources["/basics/address"].startswith("“旧.")
    assert "2026年" in sources["/basics/address"]
    assert "2025年" in sources["/products/0/output"]
    if kind == "docx":
        assert "表1第2行第2列" in sources["/basics/address"]


def test_last_years_figures_are_not_this_years(plan: Callable[..., Path]) -> None:
    """This test ensures that figures of another year stay out, and that years which the form still asks for go in."""
    result = carried(PLAN, plan(), day="2027-03-01")
    assert "products" not in result.data["enterprise"]
    assert reasons(result, "/enterprise/products") == "新表要填2026年的，旧材料只有2025年的"
    assert [row["year"] for row in result.data["enterprise"]["years"]] == [2024, 2025]
    assert reasons(result, "/enterprise/years") == "旧材料里2023年的，不在新表要填的年度里"
    assert result.data["enterprise"]["founded"] == example("cultivation-plan-factory")["enterprise"]["founded"]
    assert "date" not in result.data
    assert "一、单位基本情况" in reasons(result, "")


def test_parts_that_are_not_the_units(plan: Callable[..., Path]) -> None:
    """This test ensures that the part of the other kind of unit stays empty, and both while the kind is open."""
    assert "park" not in carried(PLAN, plan()).data
    result = carried(PLAN, plan(creation_type=None))
    assert set(result.data) == {"unit", "contact"}
    for part in ("/enterprise", "/park"):
        assert reasons(result, part).startswith("填不填这一部分要看“创建类型”")


def test_contradictions_are_left_open(plan: Callable[..., Path]) -> None:
    """This test ensures that of two papers of one year none is believed, and of two years the later one."""
    other = plan("又.json", enterprise__address="包头市昆都仑区钢铁大街1号")
    result = carried(UPDATE, plan(), other)
    assert "address" not in result.data["basics"]
    said = reasons(result, "/basics/address")
    assert said.startswith("各处说法不一，没有替您选：")
    assert "昆都仑" in said
    assert "“又.json”" in said
    assert result.data["basics"]["industry"] == example("cultivation-plan-factory")["enterprise"]["industry"]
    earlier = plan("又.json", enterprise__address="包头市昆都仑区钢铁大街1号", date="2025-03-18")
    result = carried(UPDATE, plan(), earlier)
    assert result.data["basics"]["address"] == example("cultivation-plan-factory")["enterprise"]["address"]


def test_doubtful_readings_are_listed(plan: Callable[..., Path]) -> None:
    """This test ensures that what was not read for certain is not carried, but told."""
    name, statements = statements_of_unit(gathered(plan(), form=PLAN), LIBRARY.vocabulary, None)
    doubtful = [
        replace(each, doubt="有一个字看不清") if each.fact.fact == "unit.address" else each for each in statements
    ]
    result = prefilled(load_form(UPDATE), name, doubtful, date(2026, 5, 1))
    assert "address" not in result.data["basics"]
    assert "有一个字看不清，请照原件填写" in reasons(result, "/basics/address")


def test_amber_fields_are_doubtful(tmp_path: Path) -> None:
    """This test ensures that the grades of a reading decide, and that a correction settles its field."""
    paper = tmp_path / "旧.docx"
    paper.write_bytes(render(load_form(PLAN), example("cultivation-plan-factory"), "docx", None))
    shape = json.loads(json_text(extraction_json(read_paper(paper))))
    field = next(each for each in shape["fields"] if each["path"] == "/enterprise/address")
    field["grade"], field["doubt"] = "amber", "有一个字看不清"
    paper.unlink()
    result_file = tmp_path / "结果.json"
    result_file.write_text(json.dumps(shape), "utf-8")
    assert "看不清" in reasons(carried(UPDATE, result_file), "/basics/address")
    shape["data"]["enterprise"]["address"] = "包头市青山区1号"
    result_file.write_text(json.dumps(shape), "utf-8")
    assert carried(UPDATE, result_file).data["basics"]["address"] == "包头市青山区1号"


def test_whose_papers(plan: Callable[..., Path], tmp_path: Path) -> None:
    """This test ensures that a folder of several units is asked about, and only the chosen one is carried."""
    park = tmp_path / "园区.json"
    park.write_text(json_text(example("cultivation-plan-park")), "utf-8")
    name = example("cultivation-plan-park")["unit"]
    with pytest.raises(UsageError, match=f"{UNIT}.*{name}.*--unit"):
        carried(UPDATE, plan(), park)
    with pytest.raises(UsageError, match="没有单位“晴川”"):
        carried(UPDATE, plan(), park, unit="晴川")
    assert carried(UPDATE, plan(), park, unit=name).data["basics"]["name"] == name
    with pytest.raises(UsageError, match="--form"):
        carried(UPDATE, plan(), form=None)
    nameless = plan("无名.json", unit=None, enterprise__name=None)
    with pytest.raises(InputError, match="没有写单位名称"):
        carried(UPDATE, nameless)


def test_a_folder_of_one_unit(plan: Callable[..., Path], tmp_path: Path) -> None:
    """This test ensures that papers of several kinds pre-fill a third one together."""
    plan()
    update = copy.deepcopy(example("annual-update-factory"))
    update["basics"]["name"] = UNIT
    update["basics"]["address"] = example("cultivation-plan-factory")["enterprise"]["address"]
    (tmp_path / "动态表.docx").write_bytes(render(load_form(UPDATE), update, "docx", None))
    result = carried(PLAN, tmp_path, form=PLAN)
    documents = {each.statement.fact.document for each in result.carried}
    assert "旧.json" in documents
    assert result.unit == UNIT


FACT = Fact("u", "f", "", "", "d", "l", "/p")


@pytest.mark.parametrize(
    ("pointer", "fact", "value", "expected"),
    [
        ("/enterprise/years/0/revenue", {"unit": "元"}, Decimal("123456700"), Decimal("12345.6700")),
        ("/enterprise/years/0/revenue", {"unit": "亿元"}, Decimal("1.25"), Decimal("12500")),
        ("/enterprise/years/0/revenue", {"unit": "吨"}, Decimal("1"), "单位不同"),
        ("/enterprise/years/0/revenue", {"unit": None}, Decimal("1"), "单位不同"),
        ("/creation_type", {}, "绿色工业园区", "绿色园区"),
        ("/creation_type", {}, "绿色产品", "不在新表的选项"),
        ("/enterprise/fax", {}, None, None),
        ("/enterprise/address", {}, None, "不能填不适用"),
        ("/enterprise/org_code", {}, "12345", "新表不接受"),
        ("/enterprise/address", {"held": Decimal(5)}, "五", "类型不同"),
    ],
)
def test_values_fit_exactly_or_not_at_all(pointer: str, fact: dict[str, Any], value: Any, expected: Any) -> None:
    """This test ensures that units are converted exactly, choices by meaning, and nothing is bent to fit."""
    leaf = leaf_at(load_form(PLAN).root, pointer)
    assert leaf is not None
    assert leaf.fact is not None
    stated = replace(FACT, **{"value": value, "held": value, **fact})
    found = fitted(leaf, LIBRARY.vocabulary.facts[leaf.fact.fact], stated)
    if found.reason:
        assert expected in found.reason
    else:
        assert str(found.value) == str(expected)


def test_as_workbook(plan: Callable[..., Path], tmp_path: Path) -> None:
    """This test ensures that the workbook reads as the data, and says of each value where it is from."""
    result = carried(PLAN, plan(), day="2027-03-01")
    path = tmp_path / "新.xlsx"
    path.write_bytes(carried_workbook(result))
    read = read_workbook(path)
    assert read.data == result.data
    assert read.problems == ()
    book = openpyxl.load_workbook(path)
    for each in result.carried:
        place = read.places[each.pointer]
        comment = book[place.sheet][place.cell].comment
        assert comment.text.startswith(f"{SOURCE}“旧.json”")
    listed = [[cell.value for cell in row] for row in book["来源"].iter_rows(min_row=4)]
    assert sum(row[1] == "已带入" for row in listed) == len(result.carried)
    assert sum(row[1] == "没有带入" for row in listed) == len(result.left) > 0


def test_marks_leave_the_sources(plan: Callable[..., Path], tmp_path: Path) -> None:
    """This test ensures that a pre-filled workbook handed back marked still says where its values are from."""
    path, back = tmp_path / "新.xlsx", tmp_path / "退回.xlsx"
    path.write_bytes(carried_workbook(carried(PLAN, plan(), day="2027-03-01")))
    found = Finding(
        "x/y", Severity.FIX, "不对。", (Place("", "/unit", "单位", "x", SheetOrigin("填报", "B3")),), fix="改"
    )
    for source, target in ((path, back), (back, tmp_path / "再.xlsx")):
        marking(source, str(target)).write([found])
        book = openpyxl.load_workbook(target)
        assert {"来源", "检查结果"} <= set(book.sheetnames)
        text = book["填报"]["B3"].comment.text
        assert text.startswith(SOURCE)
        assert text.count(NOTE) == 1
    assert read_workbook(back).data == read_workbook(path).data


def test_as_json(plan: Callable[..., Path]) -> None:
    """This test ensures that the JSON is a data set with sources which validate and render take as it is."""
    result = carried(PLAN, plan(), day="2027-03-01")
    shape = json.loads(json_text(result_json(result, "新.json")))
    (paper,) = papers_in(shape, "新.json") or ()
    assert paper.extraction.form == PLAN
    assert shape["data"]["unit"] == UNIT
    field = next(each for each in shape["fields"] if each["path"] == "/enterprise/address")
    source = field["carried"]
    assert (source["document"], source["form"], source["path"]) == ("旧.json", PLAN, "/enterprise/address")
    assert source["year"] == "2026"
    left = next(each for each in shape["left"] if each["path"] == "/enterprise/products")
    assert left["sources"][0]["year"] == "2025"
