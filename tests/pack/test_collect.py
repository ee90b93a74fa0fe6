"""The facts a paper states: about whom, of which year, in which unit, and where."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenforms.bundled import examples_dir
from greenforms.dossier.collect import collect
from greenforms.dossier.groups import groups_of
from greenforms.dossier.subjects import lists_of, near_names, subjects_of
from greenforms.errors import FormPackageError
from greenforms.fact.compare import compare
from greenforms.fact.precision import decimals_of
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import FactKind
from greenforms.form.source import load_yaml
from greenforms.form.tree import Boundary
from greenforms.read.extraction import Extraction
from greenforms.read.said import facts_of
from greenforms.record import parse_json
from greenforms.render.paper import render
from greenforms_extractors.model import SheetOrigin
from shipped import LIBRARY, load_form, load_vocabulary, read_paper


def stated(form_id: str, data: Any) -> tuple[Fact, ...]:
    """The facts of a data set that no paper was printed from."""
    form = load_form(form_id)
    return facts_of(form, Extraction("甲.docx", form.id, 1.0, data, (), (), ()))


def example(name: str) -> Any:
    return parse_json((examples_dir() / f"{name}.json").read_text("utf-8"))


def test_plan_speaks_of_its_own_unit_years_and_products() -> None:
    """a plan's facts are about its unit, figures of the accounts about their year, of products about the product."""
    facts = stated("cultivation-plan", example("cultivation-plan-factory"))
    assert {fact.subject for fact in facts} == {"内蒙古晴川新材料有限公司"}
    assert {fact.application for fact in facts} == {"绿色工厂"}
    revenue = [(fact.period, fact.value, fact.unit) for fact in facts if fact.fact == "finance.revenue"]
    assert revenue[2] == ("2025", Decimal("148512.64"), "万元")
    output = [(fact.item, fact.value, fact.unit) for fact in facts if fact.fact == "product.output"]
    assert output[0] == ("锂离子电池负极材料", Decimal(51200), "吨")


def test_rows_of_a_list_speak_of_their_own_units() -> None:
    """each row of the summary is about the unit it names, and its section tells the type applied for."""
    facts = stated("he-2024/recommendation-summary", example("recommendation-summary"))
    assert all(fact.listed for fact in facts)
    types = {(fact.subject, fact.value) for fact in facts if fact.fact == "unit.type"}
    assert ("石家庄砺恒装备制造有限公司", "绿色工厂") in types
    assert ("石家庄砺恒装备制造有限公司", "绿色供应链管理企业") in types
    assert ("石家庄滹岸经济开发区", "绿色工业园区") in types


def test_a_figure_covers_what_the_form_says() -> None:
    """a figure is of the site that its row names, or of what the form says all along."""
    form = load_form("cultivation-plan")
    years = form.root.children["enterprise"].children["years"]
    bounded = replace(years, item=replace(years.item, boundary=Boundary(field="tax")))
    group = form.root.children["enterprise"]
    root = replace(form.root, children={"enterprise": replace(group, children={"years": bounded})})
    data = {"enterprise": {"years": [{"year": 2024, "tax": 7, "revenue": 5}]}}
    facts = collect(replace(form, root=root), "甲.docx", data)
    assert {fact.boundary for fact in facts} == {"7"}
    named = replace(form.root, children={"enterprise": replace(group, boundary=Boundary(name="全厂"))})
    assert {fact.boundary for fact in collect(replace(form, root=named), "甲.docx", data)} == {"全厂"}


def test_places_come_with_their_evidence(tmp_path: Path) -> None:
    """a fact of a file says in which cell it stands and what is printed there."""
    form = load_form("cultivation-roster")
    path = tmp_path / "名单.xlsx"
    path.write_bytes(render(form, example("cultivation-roster"), "xlsx"))
    level = next(fact for fact in facts_of(form, read_paper(path)) if fact.fact == "unit.level")
    assert (level.printed, level.label, level.path, level.period) == ("自治区级", "级别", "/rows/0/level", "2025")
    assert isinstance(level.evidence, SheetOrigin)


def test_two_rows_of_one_product_contradict_nothing() -> None:
    """two lines of one product name state nothing that could be compared."""
    data = example("cultivation-plan-factory")
    data["enterprise"]["products"][1]["name"] = data["enterprise"]["products"][0]["name"]
    items = {fact.item for fact in stated("cultivation-plan", data) if fact.item}
    assert items == {"石墨坩埚"}


@pytest.mark.parametrize("wrong", ["12", True, Decimal("NaN"), [], {"value": "x"}])
def test_values_of_a_wrong_type_state_nothing(wrong: Any) -> None:
    """what validation refuses does not upset the comparison."""
    data = example("cultivation-plan-factory")
    data["enterprise"]["years"][0]["revenue"] = wrong
    data["enterprise"]["products"][0]["output"] = wrong
    data["unit"] = {"name": "甲"}
    facts = stated("cultivation-plan", data)
    assert [fact.period for fact in facts if fact.fact == "finance.revenue"] == ["2024", "2025"]
    assert len([fact for fact in facts if fact.fact == "product.output"]) == 2


@pytest.mark.parametrize("data", [{}, None, [], {"enterprise": None, "unit": None}, {"rows": [None, {"name": 3}]}])
@pytest.mark.parametrize("form_id", ["cultivation-plan", "cultivation-roster", "he-2024/recommendation-summary"])
def test_ragged_data_state_nothing(form_id: str, data: Any) -> None:
    """data of any shape can be collected from."""
    assert [fact for fact in stated(form_id, data) if fact.value is not None] == []


def test_decimals_are_those_printed() -> None:
    """figures say how exact they are; words say nothing of the kind."""
    facts = stated("cultivation-plan", example("cultivation-plan-park"))
    decimals = {fact.fact: fact.decimals for fact in facts}
    assert (decimals["park.enterprises"], decimals["park.planned_area"], decimals["unit.name"]) == (0, 1, None)


@given(st.lists(st.decimals(0, 10, places=1) | st.decimals(0, 10, places=0), max_size=8))
def test_groups_are_made_exactly_when_statements_disagree(numbers: list[Decimal]) -> None:
    """there is a second group exactly when some two statements disagree, and nothing is left out."""
    kind = FactKind("product.energy", "能耗", "number")
    facts = [
        Fact("甲", kind.id, value, f"{value:f}", "甲.docx", "能耗", f"/{index}", decimals=decimals_of(value))
        for index, value in enumerate(numbers)
    ]
    groups = groups_of(kind, facts)
    disagree = any(not compare(kind, one, other).agrees for one in facts for other in facts)
    assert (len(groups) > 1) == disagree
    assert sorted((fact for group in groups for fact in group), key=lambda fact: fact.path) == facts


def test_a_near_name_is_found_among_five_thousand() -> None:
    """a long roster does not hide the one row that is nearly the paper's name."""
    names = [f"内蒙古第{number}号矿业有限公司" for number in range(5000)]
    rows = [{"name": name} for name in (*names, "包头市励川稀土材料有限公司")]
    vocabulary = load_vocabulary()
    own = stated("cultivation-plan", {"unit": "包头市砺川稀土材料有限公司"})
    subjects = subjects_of([own], vocabulary)
    lists = lists_of(stated("cultivation-roster", {"rows": rows}))
    assert near_names(subjects, lists) == {"包头市砺川稀土材料有限公司": {"甲.docx": "包头市励川稀土材料有限公司"}}


def test_rules_are_strict(tmp_path: Path) -> None:
    """a misspelt key in a rules file is refused with its name."""
    text = (LIBRARY.folders[0] / "schemas/rules/between.yaml").read_text("utf-8")
    broken = tmp_path / "between.yaml"
    broken.write_text(text.replace("severity: ask", "severty: ask"), "utf-8")
    with pytest.raises(FormPackageError, match="severty"):
        load_yaml(broken, "rules")
