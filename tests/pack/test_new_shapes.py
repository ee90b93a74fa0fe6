"""`check FOLDER` and the fill-in workbook on papers of every shape: matrix, catalogue, lists three deep, sections."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.console import call
from forms.folder import Folder, form_entry
from greenforms.form.layout import template_errors
from greenforms.form.library import Library
from greenforms.pack.crosscheck import check_folder
from greenforms.render.paper import render
from greenforms.workbook.reading import read_workbook
from greenforms.workbook.writing import make_workbook
from papers import without_tags

TEXT = {"type": "string", "x-codec": "text"}
NUMBER = {"type": "number", "x-codec": "number"}
NAME = {"$ref": "../facts/unit.schema.json#/$defs/name/$defs/text"}
PROFIT = {"$ref": "../facts/finance.schema.json#/$defs/profit/$defs/number"}
HEAD = {"$ref": "../facts/unit.schema.json#/$defs/head/$defs/text"}


def group(title: str, /, **children: Any) -> dict[str, Any]:
    content = {"title": title, "type": "object", "additionalProperties": False}
    return {**content, "required": list(children), "properties": children}


def rows(title: str, /, **children: Any) -> dict[str, Any]:
    return {"title": title, "type": "array", "items": group(title, **children)}


CATALOGUE = {
    "catalogue": "gf",
    "title": "评价指标",
    "grade": "C",
    "source": "自拟",
    "merged": ["level"],
    "parts": [
        {
            "id": "basic",
            "title": "基本要求",
            "rows": [
                {"id": "b1", "title": "合规", "level": "一般要求", "text": "应依法设立"},
                {"id": "b2", "title": "无事故", "level": "一般要求", "text": "三年内无较大事故"},
                {"id": "b3", "title": "体系", "level": "管理体系", "text": "应建立能源管理体系"},
            ],
        }
    ],
}
VERDICT = group("评价", score={**NUMBER, "title": "得分"})
REPORT = {
    "unit": NAME,
    "figures": group(
        "经济指标",
        profit=group(
            "利润",
            before={**PROFIT, "title": "上年", "x-period": {"offset": -1}},
            now={**PROFIT, "title": "本年"},
        ),
    ),
    "verdicts": {"title": "评价表", "type": "object", "x-catalogue": "gf#basic", "additionalProperties": VERDICT},
    "parts": rows(
        "生产单元",
        title={**TEXT, "title": "单元名称"},
        uses=rows("用能", kind={**TEXT, "title": "能源品种"}, amount={**NUMBER, "title": "数量"}),
    ),
    "date": {"type": "string", "x-codec": "date", "title": "填报日期"},
}
REPORT_PAPER = [
    "report表",
    [["单位名称", "{{ unit }}"]],
    [["经济指标", "上年", "本年"], ["利润（万元）", "{{ figures.profit.before }}", "{{ figures.profit.now }}"]],
    [
        ["一级指标", "评价要求", "得分"],
        ["{%tr for item in verdicts %}", "", ""],
        ["{{ item.level }}", "{{ item.text }}", "{{ item.score }}"],
        ["{%tr endfor %}", "", ""],
    ],
    "{%p for part in parts %}",
    "生产单元：{{ part.title }}",
    [
        ["能源品种", "数量"],
        ["{%tr for use in part.uses %}", ""],
        ["{{ use.kind }}", "{{ use.amount }}"],
        ["{%tr endfor %}", ""],
    ],
    "{%p endfor %}",
    "填报日期：{{ date }}",
]
TREE = {
    "unit": NAME,
    "head": HEAD,
    "profit": PROFIT,
    "systems": rows(
        "一级指标",
        name={**TEXT, "title": "一级指标"},
        items=rows(
            "二级指标",
            name={**TEXT, "title": "二级指标"},
            proofs=rows("证明材料", name={**TEXT, "title": "证明材料"}, pages={**NUMBER, "title": "页数"}),
        ),
    ),
    "date": {"type": "string", "x-codec": "date", "title": "填报日期"},
}
TREE_TABLE = [
    ["一级指标", "二级指标", "证明材料", "页数"],
    ["{%tr for system in systems %}", "", "", ""],
    ["{%tr for item in system.items %}", "", "", ""],
    ["{%tr for proof in item.proofs %}", "", "", ""],
    ["{{ system.name }}", "{{ item.name }}", "{{ proof.name }}", "{{ proof.pages }}"],
    *[["{%tr endfor %}", "", "", ""]] * 3,
]
TREE_PAPER = [
    "tree表",
    [["单位名称", "{{ unit }}"], ["法定代表人", "{{ head }}"], ["利润（万元）", "{{ profit }}"]],
    TREE_TABLE,
    "填报日期：{{ date }}",
]

PAPER = {"x-paper": {"date": "/date", "year": -1}}
UNIT = "内蒙古晴川新材料有限公司"
REPORT_DATA: dict[str, Any] = {
    "unit": UNIT,
    "figures": {"profit": {"before": 80, "now": 95}},
    "verdicts": {"b1": {"score": 5}, "b2": {"score": 4}, "b3": {"score": 10}},
    "parts": [
        {"title": "一车间", "uses": [{"kind": "电力", "amount": 5}, {"kind": "天然气", "amount": 7}]},
        {"title": "二车间", "uses": [{"kind": "电力", "amount": 9}]},
    ],
    "date": "2025-03-18",
}
TREE_DATA: dict[str, Any] = {
    "unit": UNIT,
    "head": "高志远",
    "profit": 95,
    "systems": [
        {
            "name": "管理",
            "items": [
                {"name": "体系", "proofs": [{"name": "证书", "pages": 2}, {"name": "手册", "pages": 40}]},
                {"name": "责任", "proofs": [{"name": "文件", "pages": 3}]},
            ],
        },
        {"name": "产品", "items": [{"name": "设计", "proofs": [{"name": "报告", "pages": 12}]}]},
    ],
    "date": "2025-03-20",
}


@dataclass(frozen=True)
class Made:
    """The forms, and a folder to put papers into."""

    library: Library
    forms: Path
    papers: Path

    def print(self, form: str, data: Any, name: str, *, tags: bool = True) -> None:
        content = render(self.library.form(form), data, "docx")
        (self.papers / name).write_bytes(content if tags else without_tags(content))


@pytest.fixture
def made(tmp_path: Path) -> Made:
    folder = Folder(tmp_path / "forms")
    folder.catalogue("gf", CATALOGUE)
    folder.layout("report", REPORT, REPORT_PAPER, **PAPER)
    folder.layout("tree", TREE, TREE_PAPER, **PAPER)
    folder.edition("xx-2025", form_entry("report"), form_entry("tree"))
    library = folder.library()
    assert [template_errors(library.form(form), "docx") for form in ("report", "tree")] == [(), ()]
    (tmp_path / "材料").mkdir()
    return Made(library, folder.path, tmp_path / "材料")


@pytest.mark.parametrize("tags", [True, False], ids=["tagged", "by layout"])
def test_sound_papers_of_every_shape_agree(made: Made, tags: bool) -> None:
    """This test ensures that a folder of such papers is read whole, with nothing to say of it."""
    made.print("report", REPORT_DATA, "报告.docx", tags=tags)
    made.print("tree", TREE_DATA, "清单.docx", tags=tags)
    report = check_folder(made.library, made.papers)
    assert {paper.file: paper.data for paper in report.papers} == {"报告.docx": REPORT_DATA, "清单.docx": TREE_DATA}
    assert [finding.message for finding in report.findings] == []


def test_contradictions_between_shapes_are_found(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a cell of a matrix contradicts a single field of another paper, year by year."""
    tree = {**TREE_DATA, "profit": 99}
    made.print("report", REPORT_DATA, "报告.docx")
    made.print("tree", tree, "清单.docx", tags=False)
    monkeypatch.setenv("GREENFORMS_PACKAGES", str(made.forms))
    said = call("check", made.papers, "--json")
    assert said.code == 1
    (found,) = json.loads(said.text)["findings"]
    assert found["rule"] == "pack/same-fact"
    assert {place["path"] for place in found["places"]} == {"/figures/profit/now", "/profit"}
    assert call("check", made.papers).text.count("pack/same-fact") == 1


def _no_rows(data: Any) -> None:
    data["systems"] = []


def _no_inner(data: Any) -> None:
    data["systems"][0]["items"] = []


def _no_innermost(data: Any) -> None:
    data["systems"][0]["items"][0]["proofs"] = []
    data["systems"][1]["items"][0]["proofs"] *= 3


@pytest.mark.parametrize("change", [None, _no_rows, _no_inner, _no_innermost])
def test_the_workbook_of_lists_three_deep(change: Callable[[Any], None] | None, made: Made, tmp_path: Path) -> None:
    """This test ensures that any depth fits into the fill-in workbook and comes back, empty lists as empty."""
    data = copy.deepcopy(TREE_DATA)
    if change is not None:
        change(data)
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(make_workbook(made.library.form("tree"), data))
    read = read_workbook(made.library, path)
    assert (read.data, read.problems) == (data, ())


def test_the_workbook_of_the_other_shapes(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that matrix, catalogue and sections are filled in and checked from a workbook, too."""
    (made.papers / "报告填报表.xlsx").write_bytes(make_workbook(made.library.form("report"), REPORT_DATA))
    (made.papers / "清单填报表.xlsx").write_bytes(make_workbook(made.library.form("tree"), TREE_DATA))
    monkeypatch.setenv("GREENFORMS_PACKAGES", str(made.forms))
    assert call("check", made.papers).code == 0
    assert read_workbook(made.library, made.papers / "报告填报表.xlsx").data == REPORT_DATA
