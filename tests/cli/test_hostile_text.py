"""Text that looks like markup, a template tag or a formula: exact in the record, whole on the paper, never executed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from console import DATA, PLAN, ROSTER, call

from papers import without_tags
from shipped import read_paper

HOSTILE = {
    "xml": "A<B>C&D&amp;E\"F'G]]>H<!--I-->J",
    "expression": "甲{{ 7*7 }}乙{{ x.__class__ }}",
    "statement": "甲{% for x in y %}乙{%p endfor %}丙{%tr if z %}",
    "docxtpl": "甲{_{ x }_}乙{_% y %_}丙{#注#}",
    "equals": "=1+1",
    "link": '=HYPERLINK("http://example.invalid","点")厂',
    "dde": "=cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(A1)",
    "apostrophe": "'=1+1",
    "rare": "㐀𠀀𬺰䶮㙍龘",
    "emoji": "绿色👨‍👩‍👧工厂🏭",
    "rtl": "مصنع אבג 甲",
    "combining": "é à 각",
    "escape": "_x0041_x0042__x000D_",
    "percent": "%s %(a)s ${b} {0} \\n \\1",
}
#: More than an Excel cell holds.
LONG = "很长的文字，" * 8000 + "完。"
PAPERS = [(PLAN, "docx"), (ROSTER, "docx"), (ROSTER, "xlsx")]
#: XML cannot carry these; they are drawn on the paper and kept in the record.
CONTROLS = "甲\x00乙\x01丙\x0b丁\x1f戊\x7f己\ufffe庚"


def with_text(form: str, text: str) -> Any:
    data = json.loads(DATA[form].read_text("utf-8"))
    if form == PLAN:
        data["enterprise"]["name"] = text
        data["enterprise"]["remarks"] = text
    else:
        data["rows"][0]["name"] = text
        data["rows"][0]["region"] = text
    return data


def rendered(form: str, kind: str, text: str, folder: Path) -> tuple[Path, Any]:
    data = with_text(form, text)
    (folder / "数据.json").write_text(json.dumps(data), "utf-8")
    target = folder / f"表.{kind}"
    said = call("render", form, folder / "数据.json", "-o", target)
    assert said.code in (0, 1), said.err
    return target, data


def folded(text: str) -> str:
    """Text without white space, drawn or not, and zero-width joiners, which a line of a form does not keep."""
    return re.sub("[\\s\u200d␉␍]", "", text)


@pytest.mark.parametrize(
    ("form", "kind", "text"),
    [
        *((form, kind, text) for form, kind in PAPERS for text in HOSTILE.values()),
        *((form, "docx", LONG) for form in (PLAN, ROSTER)),
    ],
    ids=lambda value: value[:20],
)
def test_hostile_text(form: str, kind: str, text: str, tmp_path: Path) -> None:
    """This test ensures that such text comes back exactly by the record and stands whole on the paper without it."""
    target, data = rendered(form, kind, text, tmp_path)
    recorded = call("extract", target, "--json")
    assert recorded.json["data"] == data
    assert recorded.json["findings"] == []
    target.write_bytes(without_tags(target.read_bytes()))
    read = read_paper(target, form).data
    paths = [("enterprise", "name"), ("enterprise", "remarks")] if form == PLAN else [("rows", 0, "name")]
    for first, *steps in paths:
        value = read[first]
        for step in steps:
            value = value[step]
        assert folded(value) == folded(text)


@pytest.mark.parametrize(("form", "kind"), PAPERS)
def test_control_characters(form: str, kind: str, tmp_path: Path) -> None:
    """This test ensures that control characters are reported, kept in the record and drawn on the paper."""
    target, data = rendered(form, kind, CONTROLS, tmp_path)
    recorded = call("extract", target, "--json").json
    assert recorded["data"] == data
    target.write_bytes(without_tags(target.read_bytes()))
    read = json.dumps(read_paper(target, form).data, ensure_ascii=False, default=str)
    assert "甲␀乙␁丙␋丁␟戊␡己\N{REPLACEMENT CHARACTER}庚" in read


@pytest.mark.parametrize("breaks", ["第一行\n第二行", "第一行\r\n第二行", "甲\t乙", "行\n\n\n空行后"])
def test_line_breaks(breaks: str, tmp_path: Path) -> None:
    """This test ensures that line breaks and tabs are exact in the record, and no letter is lost on the paper."""
    target, data = rendered(PLAN, "docx", breaks, tmp_path)
    assert call("extract", target, "--json").json["data"] == data
    target.write_bytes(without_tags(target.read_bytes()))
    assert folded(read_paper(target, PLAN).data["enterprise"]["remarks"]) == folded(breaks)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_is_a_formula(name: str, tmp_path: Path) -> None:
    """This test ensures that no text of the data ever becomes a formula in the sheet."""
    target, _ = rendered(ROSTER, "xlsx", HOSTILE[name], tmp_path)
    workbook = openpyxl.load_workbook(target)
    kinds = {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_text_no_cell_holds(tmp_path: Path) -> None:
    """This test ensures that a text longer than an Excel cell holds is refused and not cut off."""
    path = tmp_path / "数据.json"
    path.write_text(json.dumps(with_text(ROSTER, LONG)), "utf-8")
    call("render", ROSTER, path, "-o", tmp_path / "a.xlsx").refused(3, "32,767")
    assert not (tmp_path / "a.xlsx").exists()
