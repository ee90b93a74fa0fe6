"""A report drafted again after an earlier draft: what a person wrote stays, figures are those of the papers."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from applicant import PLAN, REPORT, SELF, papers_of
from greenforms.carry.material import Material, Statement
from greenforms.carry.unit import statements_of_unit
from greenforms.compose.draft import Draft
from greenforms.compose.drafting import drafted
from greenforms.compose.earlier import earlier_of
from greenforms.diff.side import Side
from greenforms.dossier.paper import Paper
from greenforms.form.tree import ABSENT, at
from greenforms.read.extraction import FieldReading
from greenforms_extractors.model import PageOrigin
from shipped import LIBRARY, load_form

FORM = load_form(REPORT)
DAY, NEXT_YEAR = date(2026, 5, 20), date(2027, 5, 20)
NARRATIVE = "公司建有完整的计量网络。\n能源管理体系2024年通过认证。"
FINDING = "现场查看，两座厂房均为钢结构，采光良好。"


def redrafted(
    papers: Sequence[Paper], day: date, data: Any = None, fields: Mapping[str, FieldReading] | None = None
) -> Draft:
    """The report drafted from papers as of a day, after an earlier draft where there is one."""
    statements = tuple(Statement(fact, paper) for paper in papers for fact in paper.facts)
    material = Material(tuple(papers), statements, ())
    unit, own = statements_of_unit(material, LIBRARY.vocabulary, None)
    earlier = earlier_of(Side("初稿.docx", FORM, data, fields or {})) if data is not None else None
    return drafted(FORM, unit, material, own, day, earlier)


def papers(**changed: Any) -> list[Paper]:
    """The applicant's three papers, with one of them changed."""
    return [
        Paper(load_form(form), changed.get(form.rpartition("/")[2].replace("-", "_"), data), f"{form}.docx")
        for form, data in papers_of().items()
    ]


@pytest.fixture(scope="module")
def first() -> Draft:
    return redrafted(papers(), DAY)


@pytest.fixture
def worked_on(first: Draft) -> Any:
    """The first draft with what a person wrote into it."""
    data = copy.deepcopy(first.data)
    data["content"]["inputs"] = NARRATIVE
    data["indicators"]["i1_1_1"]["finding"] = FINDING
    data["veto"] = {"accident": {"answer": "否"}}
    data["signatory"] = "程若愚"
    return data


def test_the_same_year_with_new_figures(first: Draft, worked_on: Any) -> None:
    """This test ensures that what a person wrote stays, and figures, scores and fixed texts follow the papers."""
    own = copy.deepcopy(papers_of()[SELF])
    own["indicators"]["i1_1_1"]["score"] -= Decimal(1)
    own["indicators"]["i1_1_2"]["score"] -= Decimal(1)
    again = redrafted(papers(factory_self_evaluation=own), DAY, worked_on)
    assert again.kept == {"/content/inputs", "/indicators/i1_1_1/finding", "/veto/accident/answer", "/signatory"}
    assert [at(again.data, each) for each in sorted(again.kept)] == [NARRATIVE, FINDING, "程若愚", "否"]
    assert again.filled["/content/inputs"].source == "沿用上一稿“初稿.docx”（2026年）"
    assert (first.data["result"]["score"], again.data["result"]["score"]) == (Decimal("87.9"), Decimal("87.5"))
    text = again.data["indicators"]["i1_1_2"]["finding"]
    assert text.startswith(f"企业自评得{own['indicators']['i1_1_2']['score']}分")
    left = {each.pointer for each in first.prompts} - {each.pointer for each in again.prompts}
    assert left == {"/content/inputs", "/veto/accident/answer", "/signatory"}


def test_what_was_not_read_surely(worked_on: Any) -> None:
    """This test ensures that a scan of the earlier draft gives nothing that was not read surely."""
    place = PageOrigin(1, (0.0, 0.0, 1.0, 1.0))
    red = FieldReading("/content/inputs", "", NARRATIVE, NARRATIVE, None, 0.3, "ocr", (place,), "red", "有两个字看不清")
    again = redrafted(papers(), DAY, worked_on, {"/content/inputs": red})
    assert "/content/inputs" not in again.kept
    (reason,) = (each.reason for each in again.prompts if each.pointer == "/content/inputs")
    assert reason == f"上一稿“初稿.docx”（2026年）写的是“{NARRATIVE}”，有两个字看不清，请照原件填写"


def test_a_new_year(worked_on: Any) -> None:
    """This test ensures that another year keeps running text alone and asks about the rest, saying what it was."""
    again = redrafted(papers(), NEXT_YEAR, worked_on)
    assert again.kept == {"/content/inputs", "/indicators/i1_1_1/finding"}
    assert (again.data["cover"]["date"], again.data["data_year"]) == ("2027-05-20", 2026)
    assert at(again.data, "/veto/accident/answer") is ABSENT
    reasons = {each.pointer: each.reason for each in again.prompts}
    assert reasons["/veto/accident/answer"] == "上一稿“初稿.docx”（2026年）写的是“否”，请核对后填写"
    assert reasons["/signatory"] == "上一稿“初稿.docx”（2026年）写的是“程若愚”，请核对后填写"
    assert "【待填：" in again.data["content"]["systems"]


def test_what_a_person_decided_between_papers(worked_on: Any) -> None:
    """This test ensures that papers which contradict each other do not reopen what a person has decided."""
    plan = copy.deepcopy(papers_of()[PLAN])
    plan["enterprise"]["legal_representative"] = "另一人"
    changed = papers(cultivation_plan=plan)
    assert "/factory/legal" in redrafted(changed, DAY).disputed
    again = redrafted(changed, DAY, worked_on)
    assert again.data["factory"]["legal"] == worked_on["factory"]["legal"]
    assert "/factory/legal" in again.kept
    assert "/factory/legal" not in {each.pointer for each in again.prompts}


def test_lists(first: Draft, worked_on: Any) -> None:
    """This test ensures that a list of the papers is not mixed with the earlier draft's, which else stays whole."""
    worked_on["references"][0]["name"] = "另一份材料"
    assert redrafted(papers(), DAY, worked_on).data["references"] == first.data["references"]
    without = [each for each in papers() if each.form.id != SELF]
    assert redrafted(without, DAY, worked_on).data["references"] == worked_on["references"]
    asked = {each.pointer: each.reason for each in redrafted(without, NEXT_YEAR, worked_on).prompts}
    assert asked["/references"] == f"上一稿“初稿.docx”（2026年）有{len(worked_on['references'])}行，请核对后填写"


def test_a_draft_that_is_read_back(worked_on: Any, tmp_path: Path) -> None:
    """This test ensures that prompts left in the earlier draft are prompts again, and nobody's words."""
    again = redrafted(papers(), DAY, worked_on)
    assert not any(isinstance(at(again.data, each), str) and "【待填" in at(again.data, each) for each in again.kept)
    assert "/content/systems" in {each.pointer for each in again.prompts}
