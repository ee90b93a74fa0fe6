"""Scores and an energy balance, against what was worked out by hand in the case files."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from cases_of import CASES, Case

from greenforms.check.working.explaining import explain
from greenforms.check.working.sheet import sheets_of
from greenforms.dossier.paper import Paper
from greenforms.fact.expression import parse
from greenforms.fact.precision import Interval

SCORED = ("factory-2018", "factory-2025", "park-2016")


def exactly(number: Fraction) -> Interval:
    return Interval(number, number)


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_the_hand_arithmetic_is_right(case_of: Callable[[str], Case], name: str) -> None:
    """This test ensures that each line written by hand is true, and that the last one ends in the total."""
    lines = case_of(name).said["arithmetic"]
    for line in lines:
        left, _, right = line.partition(" = ")
        sides = [parse(side).evaluate({}, exactly) for side in (left, right)]
        assert sides[0] == sides[1], line
    assert lines[-1].partition(" = ")[2] == case_of(name).said["total"]


@pytest.mark.parametrize("name", SCORED)
def test_scores_are_those_of_the_hand(case_of: Callable[[str], Case], name: str) -> None:
    """This test ensures that a total is exactly the one worked out by hand, and its rows in the order of the table."""
    case = case_of(name)
    found = explain(case.form, case.data, "/rows")
    assert found.working.problem == ""
    assert found.working.value == Fraction(case.said["total"])
    assert found.score is not None
    assert [row.id for row in found.score.rows] == list(case.said["rows"])
    assert not found.score.gate.unmet
    assert not found.score.gate.unsaid


def test_rows_of_2025_are_those_of_the_hand(case_of: Callable[[str], Case]) -> None:
    """This test ensures that each row has the points that its line says, at, between and beyond the two marks."""
    case = case_of("factory-2025")
    score = explain(case.form, case.data, "/rows").score
    assert score is not None
    expected = [Fraction(line.partition(" = ")[2]) for line in case.said["arithmetic"][:-1]]
    assert [row.working.value for row in score.rows] == expected


def test_a_park_index_is_rounded_at_the_end_alone(case_of: Callable[[str], Case]) -> None:
    """This test ensures that the index is rounded half to even, once."""
    case = case_of("park-2016")
    assert explain(case.form, case.data, "/rows").working.rounded == Decimal(case.said["rounded"])


def test_park_indicators_follow_from_their_formulas(case_of: Callable[[str], Case]) -> None:
    """This test ensures that each value of the table comes out of the data by its formula, to the places printed."""
    case = case_of("park-2016")
    sheet = next(each for each in sheets_of(Paper(case.form, case.data)) if each.pointer == "/rows")
    worked = 0
    for row, said in case.said["rows"].items():
        if "value" in said:
            working = explain(case.form, case.data, sheet.place(row, "value")).working
            assert working.problem == "", row
            assert working.rounded == said["value"][0], row
            worked += 1
    assert worked == 20


def test_an_energy_balance(case_of: Callable[[str], Case]) -> None:
    """This test ensures that amounts in their own units become standard coal by the coefficients, row by row."""
    case = case_of("energy-balance")
    by_hand = [Fraction(line.partition(" = ")[2]) for line in case.said["arithmetic"]]
    rows = [explain(case.form, case.data, f"/energy/{index}/coal").working for index in range(5)]
    assert [row.value for row in rows] == by_hand[:-1]
    assert [row.unit for row in rows] == ["吨标准煤"] * 5
    energy = [
        {**row, "coal": Decimal(str(float(coal)))} for row, coal in zip(case.data["energy"], by_hand, strict=False)
    ]
    whole = explain(case.form, {**case.data, "energy": energy}, "/all_energy").working
    assert whole.value == by_hand[-1]
    electricity = rows[2].inputs[1]
    assert (electricity.stated, electricity.unit, electricity.confidence) == (Decimal("0.1229"), "kgce/kWh", "多处读到")


def test_what_is_not_public_is_never_guessed(case_of: Callable[[str], Case]) -> None:
    """This test ensures that without points no score is given, required rows are judged and an estimate is marked."""
    case = case_of("factory-2018")
    rows = {id_: {"met": "是"} for id_ in case.data["rows"]}
    rows["i1_2_1"] = {"met": "否"}
    found = explain(case.form, {**case.data, "rows": rows}, "/rows")
    assert found.working.value is None
    assert "“建筑第4项”不知道分值（公开文本没有）" in found.working.problem
    assert found.score is not None
    assert found.score.gate.unmet == ("照明第1项",)
    assert found.score.estimate == 100 - Fraction(20, 16)


def test_a_range_of_coefficients_is_asked_for(case_of: Callable[[str], Case]) -> None:
    """This test ensures that natural gas without a stated factor, and 等价 electricity, are not calculated."""
    case = case_of("energy-balance")
    energy = [
        {"kind": "天然气", "amount": {"value": Decimal(120), "unit": "万立方米"}},
        {"kind": "电力（等价值）", "amount": {"value": Decimal(3000), "unit": "万千瓦时"}},
        {"kind": "生物质颗粒", "amount": {"value": Decimal(30), "unit": "吨"}},
        {"kind": "电力", "amount": {"value": Decimal(30), "unit": "吨"}},
    ]
    data = {**case.data, "energy": energy}
    told = [explain(case.form, data, f"/energy/{index}/coal").working.problem for index in range(4)]
    assert "1.1000至1.3300kgce/立方米" in told[0]
    assert "须由填报单位给出" in told[1]
    assert "系数表里没有“生物质颗粒”" in told[2]
    assert told[3] == "各数的单位（实物量吨、折标系数（电力（当量值））kgce/kWh）算不出“吨标准煤”"
