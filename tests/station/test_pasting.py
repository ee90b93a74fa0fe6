"""Blocks of cells from WPS and Excel over the drawn form."""

from __future__ import annotations

from greenforms.station.filing.pasting import Pasted, pasted
from shipped import load_form

PLAN = "nm-2024/cultivation-plan"


def _paste(form: str, at: str, text: str, **inputs: str) -> Pasted:
    return pasted(load_form(form), {name.replace("__", "/"): each for name, each in inputs.items()}, {}, at, text)


def test_rows_of_a_list_are_added_as_many_as_are_pasted() -> None:
    block = "光伏\t屋顶\t120\n余热\t锅炉\t80\n照明\t\t3\n泵\t变频\t9\n"
    found = _paste(PLAN, "/plan/projects/1/name", block, __plan__projects__0__name="旧")
    inputs = found.inputs
    assert inputs["/plan/projects/0/name"] == "旧"
    assert [inputs[f"/plan/projects/{row}/name"] for row in range(1, 5)] == ["光伏", "余热", "照明", "泵"]
    assert inputs["/plan/projects/4/investment"] == "9"
    assert "/plan/projects/3/content" not in inputs
    assert not found.left


def test_labels_may_be_copied_along() -> None:
    found = _paste("nm-2024/renaming-application", "/kind", "绿色工厂\t级 别\t国家级\n第二批\t变更登记日期\t2026-03-01")
    assert found.inputs == {
        "/kind": "绿色工厂",
        "/level": "国家级",
        "/batch": "第二批",
        "/registered": "2026-03-01",
    }
    assert not found.left


def test_a_cell_with_line_breaks_is_one_cell_and_an_empty_one_changes_nothing() -> None:
    found = _paste(PLAN, "/plan/projects/0/content", '"一\n二"\t\t2026年', __plan__projects__0__investment="5")
    assert found.inputs["/plan/projects/0/content"] == "一\n二"
    assert found.inputs["/plan/projects/0/investment"] == "5"
    assert found.inputs["/plan/projects/0/period"] == "2026年"


def test_quotes_are_those_of_spreadsheets() -> None:
    found = _paste(PLAN, "/plan/projects/0/name", '"甲""乙"\t"未完\r\n丙\t' + "长" * 200_000)
    assert found.inputs["/plan/projects/0/name"] == '甲"乙'
    assert found.inputs["/plan/projects/0/content"] == '"未完'
    assert found.inputs["/plan/projects/1/name"] == "丙"
    assert len(found.inputs["/plan/projects/1/content"]) == 200_000


def test_what_finds_no_place_is_told() -> None:
    wide = _paste(PLAN, "/plan/projects/0/benefit", "省电\t多出来的")
    deep = _paste("nm-2024/renaming-application", "/contact", "李工\n再下面")
    assert wide.left == ["多出来的"]
    assert deep.left == ["再下面"]


def test_outside_tables_all_of_it_goes_into_the_one_field() -> None:
    assert _paste(PLAN, "/plan/overview", "一\t二").inputs == {"/plan/overview": "一\t二"}
