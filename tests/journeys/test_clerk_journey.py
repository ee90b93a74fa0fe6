"""A clerk's way: from a folder as it came in to a notice, the mended papers, the list, and the letter around it."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest

from cli.console import PLAN, ROOT, ROSTER, call
from greenforms.record import parse_json
from greenforms.report import json_text
from greenforms.workbook.writing import make_workbook
from journeys.printed import text_of
from papers import example
from shipped import load_form

DAY = ("--as-of", "2026-05-01")
CHECK = ("--procedure", "nm-2024/cultivation", *DAY)
LETTER = "nm-2024/consultation-letter"
FACTORY, PARK = "内蒙古晴川新材料有限公司", "鄂尔多斯晴岭工业园区"
PRINTED, TYPED, BOUND = "内蒙古澄川新材料有限公司", "赤峰澄岳制药有限公司", "包头市云砚机械有限公司"
SCANNED = "兴安盟蕴涵新材料有限公司", "阿拉善盟颢轩稀土材料有限公司", "巴彦淖尔沐野循环经济示范区"
UNITS = {PRINTED: "丙方案.pdf", TYPED: "丁填报表.xlsx", PARK: "两家合订（第1份）.docx", BOUND: "两家合订（第2份）.docx"}


def plan(unit: str, phone: str, **changed: str) -> Any:
    """The plan of a factory under another name, with a telephone of its own and entries of its table changed."""
    data = parse_json(json_text(example("cultivation-plan-factory")).replace(FACTORY, unit))
    data["enterprise"] |= {"legal_phone": phone, **changed}
    return data


def printed(form: str, data: Any, target: Path) -> Path:
    Path("数据.json").write_text(json_text(data), "utf-8")
    assert call("render", form, "数据.json", "-o", target, "--force").code in (0, 1)
    return target


def bound(first: Path, second: Path, target: Path) -> None:
    """Two papers in one file."""
    one, two = docx.Document(str(first)), docx.Document(str(second))
    for element in list(two.element.body)[:-1]:
        one.element.body.sectPr.addprevious(copy.deepcopy(element))
    one.save(str(target))


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Plans of five units in four kinds of files, a list that was scanned, and a paper that is no form."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "收件"
    folder.mkdir()
    printed(PLAN, plan(FACTORY, "5178201", org_code="MA0N7K3Q3"), folder / "甲方案.docx")
    (folder / "丁填报表.xlsx").write_bytes(make_workbook(load_form(PLAN), plan(TYPED, "0476-8231107")))
    park = printed(PLAN, example("cultivation-plan-park"), tmp_path / "园区.docx")
    bound(park, printed(PLAN, plan(BOUND, "0472-2617703"), tmp_path / "工厂.docx"), folder / "两家合订.docx")
    shutil.copy(ROOT / "tests/variants/cases/cultivation-plan/factory-pdf/paper.pdf", folder / "丙方案.pdf")
    shutil.copy(ROOT / "tests/scans/sample/forms/nm-2024.cultivation-roster.clean.png", folder / "库表扫描.png")
    notice = docx.Document()
    notice.add_paragraph("关于召开培育工作会的通知")
    notice.save(str(folder / "会议通知.docx"))
    return folder


def test_from_a_mixed_folder_to_list_and_letter(inbox: Path) -> None:
    """each paper is told apart, what is wrong goes into the notice, what comes next mends it, and counts agree."""
    said = call("check", inbox, *CHECK, "--notice", "补正通知.docx")
    assert said.code == 1
    _everything_is_listed(said.text)
    _notice_names_what_is_wrong(text_of(Path("补正通知.docx")))
    mended = inbox.parent / "重报"
    shutil.copytree(inbox, mended)
    (mended / "库表扫描.png").unlink()
    printed(PLAN, plan(FACTORY, "0472-51782", email="lvse@example,com"), mended / "甲方案.docx")
    said = call("check", mended, "--against", inbox, *CHECK)
    assert said.code == 1
    _what_became_of_it(said.text)
    printed(PLAN, plan(FACTORY, "0472-5178202"), mended / "甲方案.docx")
    said = call("summary", ROSTER, mended, "-o", "名单库.docx", "--letter", LETTER, "函.docx", *DAY)
    assert "从 5 份材料列入 5 行" in said.err
    _table_and_letter_agree()


def _everything_is_listed(said: str) -> None:
    """Both plans of the bound file under their units, the scan as the list it is, the rest as no form."""
    for unit, file in {**UNITS, FACTORY: "甲方案.docx"}.items():
        kind = "绿色园区" if unit == PARK else "绿色工厂"
        assert f"{unit}（{kind}）\n    齐  《绿色制造体系示范单位培育创建工作方案》：“{file}”\n" in said
    assert "    齐  《绿色制造体系示范单位培育名单库表》：“库表扫描.png”\n" in said
    assert "【请确认】“会议通知.docx”暂不能识别" in said
    assert "两家合订.docx：一个文件里有 2 份材料，已分开读取" in said
    assert said.count("pack/not-listed）") == 5, "the scanned list has none of those who handed in a plan"


def _notice_names_what_is_wrong(notice: str) -> None:
    """The three units of the scanned list that have no plan, and two numbers of one plan."""
    assert "有5处需要补正" in notice
    for unit in SCANNED:
        assert f"{unit}在《绿色制造体系示范单位培育名单库表》里，而没有它的" in notice
    assert "“5178201”没有区号" in notice
    assert "“MA0N7K3Q-3”的校验码应为“2”，实为“3”" in notice


def _what_became_of_it(said: str) -> None:
    """The list did not come again, one number is right, the other still wrong, and an address is wrong now."""
    told = said.partition("与原来的材料比较：\n")[2].splitlines()
    states = [line.partition(".【")[2].partition("】")[0] for line in told[:6]]
    assert states == ["没有再交"] * 3 + ["已改", "未改", "新问题"]
    assert [line.rpartition("（")[2] for line in told[3:6]] == ["value/orgcode）", "value/phone）", "value/email）"]
    assert "“0472-51782”的区号或位数不对" in told[4]
    assert sum("各栏内容相同" in line for line in told) == 4
    assert "没有再交：《绿色制造体系示范单位培育名单库表》，原来的“库表扫描.png”。没有再交的，看不出改没改。" in told
    assert told[-1] == "已改 1 项，未改 1 项，没有再交 3 项，新问题 1 项；没有要求而改了的 1 处。"


def _table_and_letter_agree() -> None:
    """Each unit once in both, with its type; the letter counts what the table lists."""
    rows = json.loads(Path("名单库.json").read_text("utf-8"))["data"]["rows"]
    units = {row["name"]: row["type"] for row in rows}
    assert units == {unit: "绿色园区" if unit == PARK else "绿色工厂" for unit in (*UNITS, FACTORY)}
    letter, table = text_of(Path("函.docx")), text_of(Path("名单库.docx"))
    assert "现将拟推荐的5家（个）单位名单送贵单位征求意见。" in letter
    assert "其中，绿色工厂4家，绿色园区1个，绿色供应链管理企业0家。" in letter
    assert [(unit, letter.count(unit), table.count(unit)) for unit in units] == [(unit, 1, 1) for unit in units]
