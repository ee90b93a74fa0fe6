"""What a clerk finds in a fresh workbook."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from greenforms.errors import InputError
from greenforms.form.tree import leaves, rows_of
from greenforms.workbook import plan
from greenforms.workbook.writing import make_workbook
from shipped import load_form
from telling import telling

#: As shipped, before all tests were given fewer.
ROSTER_ROWS = plan._ROSTER_ROWS


def opened(form_id: str, data: Any | None = None) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(make_workbook(load_form(form_id), data)))


def rule_at(workbook: Workbook, sheet: str, cell: str) -> Any:
    return next(rule for rule in workbook[sheet].data_validations.dataValidation if cell in rule.sqref)


@pytest.mark.parametrize("form_id", telling())
def test_every_field_is_named(form_id: str) -> None:
    """This test ensures that every field of every form has its name and every array its sheet."""
    form, workbook = load_form(form_id), opened(form_id)
    wanted = {
        "gf" + leaf.pattern.replace("/*", "").replace("/", ".")
        for leaf in leaves(form.root)
        if leaf.codec.name != "pictures"
    }
    assert wanted <= set(workbook.defined_names)
    arrays = [rows for rows in rows_of(form.root) if "*" not in rows.pattern]
    assert all(any(name.endswith(rows.title) for name in workbook.sheetnames) for rows in arrays)
    assert all(len(name) <= 31 for name in workbook.sheetnames)
    assert workbook["_greenforms"].sheet_state == "veryHidden"


def test_choices_drop_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a choice offers the form's options, in as many rows as a list of units may need."""
    monkeypatch.setattr(plan, "_ROSTER_ROWS", ROSTER_ROWS)
    workbook = opened("nm-2024/cultivation-roster")
    rule = rule_at(workbook, "培育名单", "B4")
    assert rule.type == "list"
    sheet, area = rule.formula1.replace("$", "").split("!")
    assert [row[0].value for row in workbook[sheet][area]] == ["绿色工厂", "绿色园区", "绿色供应链管理企业"]
    assert "B5003" in rule.sqref


def test_numbers_are_guarded_in_chinese() -> None:
    """This test ensures that a percentage takes 0 to 100 only and says so in Chinese."""
    workbook = opened("nm-2024/cultivation-plan")
    _, cell = next(iter(workbook.defined_names["gf.park.high_tech_share"].destinations))
    rule = rule_at(workbook, "填报", cell.replace("$", ""))
    assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "0", "100")
    assert rule.error == "请填 0 至 100 之间的数字，不写单位。"


def test_codes_and_phones_are_text() -> None:
    """This test ensures that a code typed into its cell keeps its leading zeros."""
    workbook = opened("nm-2024/cultivation-plan")
    for name in ("org_code", "legal_phone", "founded"):
        _, cell = next(iter(workbook.defined_names[f"gf.enterprise.{name}"].destinations))
        assert workbook["填报"][cell.replace("$", "")].number_format == "@"


def test_formula_stays_text() -> None:
    """This test ensures that a value that begins with = never becomes a formula."""
    cell = opened("nm-2024/cultivation-plan", {"unit": '=HYPERLINK("x")'})["填报"]["B3"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


def test_headings_stay_in_sight() -> None:
    """This test ensures that headings are frozen and a column's heading names unit and need."""
    sheet = opened("nm-2024/cultivation-plan")["企业近三年经营情况"]
    assert sheet.freeze_panes == "B4"
    assert [cell.value for cell in sheet[3]][:2] == ["年度 *", "总资产（万元） *"]


def test_unknown_keys_are_refused() -> None:
    """This test ensures that data the workbook has no place for does not vanish."""
    with pytest.raises(InputError, match="/contact/mobile"):
        make_workbook(load_form("nm-2024/cultivation-plan"), {"contact": {"mobile": "13800138000"}})


def test_text_longer_than_a_cell_is_refused() -> None:
    """This test ensures that a text is not cut to what a cell holds."""
    with pytest.raises(InputError, match="40000"):
        make_workbook(load_form("nm-2024/cultivation-plan"), {"plan": {"overview": "绿" * 40_000}})


def test_wrong_types_are_shown() -> None:
    """This test ensures that a value of the wrong type is put in as it is, for the clerk to put right."""
    workbook = opened("nm-2024/cultivation-plan", {"unit": 7, "park": {"planned_area": "约12"}})
    _, cell = next(iter(workbook.defined_names["gf.park.planned_area"].destinations))
    assert workbook["填报"]["B3"].value == "7"
    assert workbook["填报"][cell.replace("$", "")].value == "约12"
