"""`summary`: a summary form from the papers of many units."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from console import EXAMPLES, PLAN, ROSTER, SUMMARY, call

OF = ("--of", PLAN, "--as-of", "2026-05-01")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan(target: str, example: str = "factory", **changed: Any) -> str:
    """The data of a plan with some fields changed."""
    data = json.loads((EXAMPLES / f"cultivation-plan-{example}.json").read_text("utf-8")) | changed
    Path(target).write_text(json.dumps(data), "utf-8")
    return target


def test_a_row_for_each_unit_in_the_list_of_its_type(here: Path) -> None:
    """units go into the list of their type; what stands on the paper reads back, and each cell tells its paper."""
    plan("乙.json", "park")
    call("render", PLAN, plan("甲.json"), "-o", "方案.docx")
    with zipfile.ZipFile("甲.zip", "w") as archive:
        archive.write("方案.docx")
    said = call("summary", SUMMARY, "甲.zip", "乙.json", "-o", "汇总.docx", *OF)
    assert said.code == 0, said.err
    assert "从 2 份材料列入 2 行，填了 4 格。" in said.err
    assert "绿色工厂推荐名单第1行“第三方机构名称”：没有材料写明。" in said.err
    made = json.loads(Path("汇总.json").read_text("utf-8"))
    assert made["data"] == {
        "factories": [{"name": "内蒙古晴川新材料有限公司", "industry": "石墨及碳素制品制造（3091）"}],
        "parks": [{"name": "鄂尔多斯晴岭工业园区", "type": "综合类"}],
    }
    cell = next(each["carried"] for each in made["fields"] if each["path"] == "/factories/0/industry")
    assert (cell["document"], cell["form"]) == ("方案.docx", PLAN)
    assert cell["evidence"]
    assert {"path": "/parks/0/in_provincial_list", "reason": "没有材料写明"}.items() <= made["left"][-1].items()
    back = call("extract", "汇总.docx", "--form", SUMMARY, "--json").json["data"]
    assert back["factories"][0]["industry"] == "石墨及碳素制品制造（3091）"


def test_what_is_said_in_two_ways_stays_open() -> None:
    """a cell that papers contradict each other in stays open, with both; one unit has one row, whatever its papers."""
    plan("一.json", creation_type="绿色工厂")
    plan("二.json", creation_type="绿色供应链管理企业")
    assert call("summary", ROSTER, "一.json", "二.json", "-o", "名单.xlsx", *OF).code == 0
    rows = json.loads(Path("名单.json").read_text("utf-8"))["data"]["rows"]
    assert [row["type"] for row in rows] == ["绿色工厂", "绿色供应链管理企业"], "a row for each type"
    first = json.loads(Path("一.json").read_text("utf-8"))
    first["enterprise"]["industry"] = "专用设备制造业"
    Path("二.json").write_text(json.dumps(first), "utf-8")
    said = call("summary", SUMMARY, "一.json", "二.json", "-o", "汇总.docx", *OF)
    assert "绿色工厂推荐名单第1行“行业”：各处说法不一，没有替您选：" in said.err
    assert json.loads(Path("汇总.json").read_text("utf-8"))["data"]["factories"] == [
        {"name": "内蒙古晴川新材料有限公司"}
    ]


def test_packs_side_by_side() -> None:
    """the manifests and lists of packs that we built are no papers, wherever the packs lie."""
    for name in ("甲", "乙"):
        Path("几套", name).mkdir(parents=True)
        call("render", PLAN, plan("数据.json", "park" if name == "甲" else "factory"), "-o", f"几套/{name}/方案.docx")
        manifest = {"manifest": 1, "procedure": "nm-2024/cultivation", "type": "绿色工厂", "files": []}
        Path("几套", name, "清单.json").write_text(json.dumps(manifest), "utf-8")
        Path("几套", name, "附件目录和打印清单.xlsx").write_bytes(b"PK")
    said = call("summary", SUMMARY, "几套", "-o", "汇总.docx", "--as-of", "2026-05-01")
    assert said.code == 0, said.err
    assert "从 2 份材料列入 2 行" in said.err
    call("summary", SUMMARY, "没有", "-o", "空.docx").refused(3, "没有目录或文件“没有”")


def test_what_is_refused() -> None:
    """a form that lists no units, files that are there, and papers of which no unit can be listed."""
    plan("一.json")
    call("summary", PLAN, "一.json", "-o", "方案.docx", *OF).refused(2, "不是列各单位的表", "greenforms carry")
    call("summary", SUMMARY, "一.json", "-o", "-", *OF).refused(2, "汇总表要写成文件")
    Path("汇总.json").write_text("{}")
    call("summary", SUMMARY, "一.json", "-o", "汇总.docx", *OF).refused(2, "汇总.json", "已经存在")
    named = json.loads(Path("一.json").read_text("utf-8")) | {
        "unit": "某市工业和信息化局",
        "creation_type": "绿色数据中心",
    }
    Path("二.json").write_text(json.dumps(named), "utf-8")
    call("summary", SUMMARY, "二.json", "-o", "空.docx", *OF).refused(
        3, "没有一个单位可以列入", "没有列入：材料写明的类型"
    )
