"""The shipped formulas and coefficients, and what is refused of others."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from greenforms.codec.units import factor, measure
from greenforms.errors import FormPackageError
from greenforms.fact.precision import Interval
from greenforms.form.formula import Coefficient, formulas_of
from shipped import LIBRARY

_ENTRY = {
    "id": "a1",
    "title": "单位产品综合能耗",
    "expression": "综合能耗 / 产量",
    "unit": "吨标准煤/产品单位",
    "article": "A.1",
    "confidence": "重建",
    "variables": {"综合能耗": {"fact": "product.energy"}, "产量": {"fact": "product.output", "unit": "产品单位"}},
}


def errors(**changed: Any) -> tuple[str, ...]:
    content = {"formulas": "xx", "title": "", "source": "", "entries": [{**_ENTRY, **changed}]}
    with pytest.raises(FormPackageError) as told:
        formulas_of(content, "formulas/xx.yaml", LIBRARY.vocabulary)
    return told.value.errors


def test_numbers_of_formulas() -> None:
    """This test ensures 12 formulas of 2018, 27 and 4 of 2025, and one for each quantitative indicator elsewhere."""
    sets = [id_.partition("/")[0] for id_ in LIBRARY.formulas]
    assert {name: sets.count(name) for name in sorted(set(sets))} == {
        "gbt-2589-2020": 2,
        "gbt-32150-2015": 2,
        "gbt-36132-2018": 12,
        "gbt-36132-2025": 31,
        "park-2016": 27,
        "supply-chain-2016": 3,
    }


def test_catalogues_name_formulas_that_are_there() -> None:
    """This test ensures that each formula a catalogue names exists, and gives a figure in the indicator's unit."""
    for catalogue in LIBRARY.catalogues.values():
        for row in catalogue.rows:
            for id_ in row.attributes.get("formulas", "").split():
                formula = LIBRARY.formulas[id_]
                unit = row.attributes["unit"].split("或")[0]
                if catalogue.id in {"park-2016", "supply-chain-2016"} and unit not in {"—", "/"}:
                    assert measure(unit)[1] == measure(formula.unit)[1], id_


def test_coefficients_follow_from_heating_values() -> None:
    """This test ensures that electricity and heat are what 1 kgce = 29307.6 kJ = 7000 kcal makes of them."""
    found = {each.id: each for each in LIBRARY.formulas["gbt-2589-2020/e1"].coefficients}
    assert found["electricity_eq"].number == Decimal("0.1229") == round(Decimal(860) / 7000, 4)
    assert found["heat_eq"].number == Decimal("0.03412") == round(Decimal(1000) / Decimal("29307.6"), 5)
    assert found["raw_coal"].number == round(Decimal(5000) / 7000, 4)
    assert found["electricity_equiv"].number is None
    assert (found["natural_gas"].least, found["natural_gas"].most) == (Decimal("1.1"), Decimal("1.33"))


def test_no_two_coefficients_have_one_name() -> None:
    """This test ensures that the name on a paper leads to one coefficient."""
    named: dict[str, Coefficient] = {}
    for each in LIBRARY.formulas["gbt-2589-2020/e1"].coefficients:
        for name in dict.fromkeys(each.names):
            assert name not in named, (name, each.id, named.get(name))
            named[name] = each


def test_a_formula_of_other_kinds_is_refused() -> None:
    """This test ensures that a result of another kind than its unit is told with the units put in."""
    (told,) = errors(unit="吨二氧化碳/产品单位")
    assert told == "formulas/xx.yaml：算式“xx/a1”：算出来的不是“吨二氧化碳/产品单位”：万吨标煤÷产品单位"
    (told,) = errors(expression="综合能耗 + 产量")
    assert told == "formulas/xx.yaml：算式“xx/a1”：相加减、比较的两个数不是同一种量：万吨标煤+产品单位"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"expression": "综合能耗 / 产量 ** 2"}, "算式“xx/a1”：“产量 ** 2”不能写在算式里"),
        ({"expression": "综合能耗 / 产"}, "没有说明“产”是什么（variables）"),
        ({"fact": "product.engery"}, "词汇表里没有“product.engery”"),
        ({"unit": "顿标煤"}, "不认识的计量单位“顿标煤”"),
    ],
)
def test_a_broken_formula_is_named(changed: dict[str, Any], told: str) -> None:
    """This test ensures that each thing wrong with a formula is told with file and formula."""
    assert any(told in error and error.startswith("formulas/xx.yaml：算式“xx/a1”：") for error in errors(**changed))


def test_changing_units_changes_nothing() -> None:
    """This test ensures that a share is the same of tonnes and of kilograms, a yield of 公顷 and of 平方米."""
    share = LIBRARY.formulas["gbt-36132-2018/a9"]
    kilograms, tonnes = (
        {name: Interval(amount * times, amount * times) for name, amount in zip(share.variables, amounts, strict=True)}
        for times, amounts in (
            (factor("吨", "千克"), map(Fraction, (92, 95, 5))),
            (Fraction(1), map(Fraction, (92, 95, 5))),
        )
    )
    exactly = lambda number: Interval(number, number)  # noqa: E731
    assert share.expression.evaluate(kilograms, exactly) == share.expression.evaluate(tonnes, exactly)
