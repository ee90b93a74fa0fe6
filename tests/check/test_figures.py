"""Sums compared as printed (practice of §8.2: half a unit of the last place of every number)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from greenforms.check.figures import exact, out_of_reach
from greenforms.fact.precision import half_unit
from greenforms.finding import Severity


@pytest.mark.parametrize(("number", "half"), [("12.50", "0.005"), ("12.5", "0.05"), ("12", "0.5"), ("1E+3", "0.5")])
def test_half_a_unit_of_the_last_printed_place(number: str, half: str):
    """This test ensures that trailing zeros count as printed places."""
    assert half_unit(Decimal(number)) == Decimal(half)


@pytest.mark.parametrize(
    ("total", "fits"), [("10.2", True), ("10.4", True), ("10.0", True), ("10.41", False), ("12.0", False)]
)
def test_a_sum_within_the_rounding_allowance(total: str, fits: bool, read_example):
    """This test ensures that 1.2 + 3.4 + 5.6 agrees with 10.4 (allowance 0.2) and not with 12.0."""
    from greenforms.check.rules import run_rules

    form, data = read_example("cultivation-plan-factory")
    products = data["enterprise"]["products"]
    for product, energy in zip(products, ("1.2", "3.4", "5.6"), strict=True):
        product["energy"] = Decimal(energy)
    products.append({"name": "总计", "energy": Decimal(total)})
    result = next(each for each in run_rules(form, data) if each.rule.id == "nm-2024/plan-product-sum")
    assert (result.findings == ()) is fits


@pytest.mark.parametrize(
    ("total", "severity"), [("10.41", Severity.WARN), ("10.49", Severity.WARN), ("10.50", None), ("10.04", None)]
)
def test_a_sum_that_adds_up_when_cut_off(total: str, severity: Severity | None, read_example):
    """This test ensures that a total which only cutting off digits explains is told as that, and is a warning."""
    from greenforms.check.rules import run_rules

    form, data = read_example("cultivation-plan-factory")
    products = data["enterprise"]["products"]
    for product, energy in zip(products, ("1.2", "3.4", "5.6"), strict=True):
        product["energy"] = Decimal(energy)
    products.append({"name": "总计", "energy": Decimal(total)})
    result = next(each for each in run_rules(form, data) if each.rule.id == "nm-2024/plan-product-sum")
    [found] = result.findings
    assert found.severity is (severity or Severity.BLOCK)
    assert ("截断" in found.message) is (severity is Severity.WARN)


def test_subtotals_sum_the_rows_since_the_last_one(read_example):
    """This test ensures that 小计 counts its own block and 合计 counts every plain row once."""
    from greenforms.check.rules import run_rules

    form, data = read_example("cultivation-plan-factory")
    names = [("甲", 100), ("乙", 200), ("小计", 300), ("丙", 400), ("小 计", 400), ("合计", 700)]
    data["plan"]["projects"] = [{"name": name, "investment": amount} for name, amount in names]
    rule = "nm-2024/plan-project-sum"
    result = next(each for each in run_rules(form, data) if each.rule.id == rule)
    assert result.findings == ()
    data["plan"]["projects"][4]["investment"] = 700
    result = next(each for each in run_rules(form, data) if each.rule.id == rule)
    assert [finding.places[0].path for finding in result.findings] == ["/plan/projects/4/investment"]
    assert result.findings[0].suggestion == 400


def test_what_is_no_usable_number():
    """This test ensures that truth values, texts and numbers without end are not calculated with."""
    assert [exact(value) for value in (True, "1", None, Decimal("NaN"), Decimal("1E+40"))] == [None] * 5
    assert exact(0.1) == Decimal("0.1")
    assert out_of_reach({"value": 10**30, "unit": "吨"})
    assert not out_of_reach({"value": 10**20, "unit": "吨"})
