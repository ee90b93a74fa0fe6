"""What holds of every score: better figures never cost points, totals stay in bounds, units change nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cases_of import Case
from hypothesis import given, settings
from hypothesis import strategies as st

from greenforms.check.working.explaining import explain
from greenforms.check.working.score import Score

FIGURES = st.decimals(min_value=Decimal("0.01"), max_value=2000, places=2)
BETTER_WHEN_LESS = "逆向"
#: The same figures in another unit, by how many of it make one.
OTHER_UNITS = {
    "kgce/t": ("吨标准煤/吨", Decimal("0.001")),
    "吨二氧化碳/吨": ("千克二氧化碳/千克", Decimal(1)),
    "立方米/吨": ("万立方米/万吨", Decimal(1)),
    "千克/吨": ("克/千克", Decimal(1)),
    "万元/平方米": ("亿元/平方公里", Decimal(100)),
}


def score(case: Case, **changed: dict[str, Any]) -> Score:
    """The score of a case with some rows changed."""
    rows = {**case.data["rows"], **{id_: {**case.data["rows"][id_], **row} for id_, row in changed.items()}}
    found = explain(case.form, {**case.data, "rows": rows}, "/rows").score
    assert found is not None
    return found


def total(case: Case, **changed: dict[str, Any]) -> Fraction:
    """The total, which must be known."""
    value = score(case, **changed).working.value
    assert value is not None
    return value


@settings(max_examples=15)
@given(st.data(), FIGURES, FIGURES)
def test_a_better_figure_never_costs_points(
    case_of: Callable[[str], Case], data: st.DataObject, one: Decimal, other: Decimal
) -> None:
    """This test ensures that each measured indicator of 2025 and of parks is scored in its good direction."""
    case = case_of(data.draw(st.sampled_from(["factory-2025", "park-2016"])))
    row = data.draw(st.sampled_from([id_ for id_, said in case.data["rows"].items() if "value" in said]))
    unit = case.data["rows"][row]["value"]["unit"]
    less, more = sorted((one, other))
    scores = [total(case, **{row: {"value": {"value": each, "unit": unit}}}) for each in (less, more)]
    kind = next(each.kind for each in score(case).rows if each.id == row)
    assert scores[0] >= scores[1] if BETTER_WHEN_LESS in kind else scores[0] <= scores[1]


@settings(max_examples=15)
@given(st.data(), FIGURES)
def test_a_score_of_2025_stays_between_nothing_and_a_hundred(
    case_of: Callable[[str], Case], data: st.DataObject, figure: Decimal
) -> None:
    """This test ensures that no figure takes or gives more points than its row has."""
    case = case_of("factory-2025")
    row = data.draw(st.sampled_from([id_ for id_, said in case.data["rows"].items() if "value" in said]))
    unit = case.data["rows"][row]["value"]["unit"]
    found = score(case, **{row: {"value": {"value": figure, "unit": unit}}})
    assert found.working.value is not None
    assert 0 <= found.working.value <= 100
    assert all(0 <= (each.working.value or 0) <= (each.full or 0) for each in found.rows)


def test_a_perfect_factory_has_a_hundred(case_of: Callable[[str], Case]) -> None:
    """This test ensures that full points everywhere make 100 in 2018, nothing makes 0, and nothing costs more."""
    case = case_of("factory-2018")
    full = {id_: {"met": "是", "score": row["points"]} for id_, row in case.data["rows"].items()}
    none = {id_: {"met": "否", "score": 0} for id_ in case.data["rows"]}
    assert total(case, **full) == 100
    assert score(case, **full).dearest == ()
    assert total(case, **none) == 0
    lost = score(case, **none)
    assert sum((row.costs or Fraction(0) for row in lost.rows), Fraction(0)) == 100


def test_other_units_change_nothing(case_of: Callable[[str], Case]) -> None:
    """This test ensures that a score is the same whatever units its figures and marks are written in."""
    case = case_of("factory-2025")
    for id_, row in case.data["rows"].items():
        unit = row.get("value", {}).get("unit")
        if unit in OTHER_UNITS:
            other, times = OTHER_UNITS[unit]
            value = {"value": Decimal(str(row["value"]["value"])) * times, "unit": other}
            assert total(case, **{id_: {"value": value}}) == total(case), id_


def test_figures_of_other_kinds_are_not_scored(case_of: Callable[[str], Case]) -> None:
    """This test ensures that carbon is not held against standard coal."""
    found = score(case_of("factory-2025"), i1={"value": {"value": Decimal(2), "unit": "吨二氧化碳/吨"}})
    assert found.working.value is None
    assert "单位不同" in found.working.problem


def test_more_optional_indicators_than_are_scored(case_of: Callable[[str], Case]) -> None:
    """This test ensures that nobody chooses for the applicant which six of thirteen count."""
    case = case_of("park-2016")
    found = score_with(case, {"hg7": {"value": {"value": Decimal(76), "unit": "%"}}})
    assert found.working.value is None
    assert "“绿化遮荫可选项”应填1项，现填2项" in found.working.problem


def score_with(case: Case, rows: dict[str, Any]) -> Score:
    """The score with rows added."""
    found = explain(case.form, {**case.data, "rows": {**case.data["rows"], **rows}}, "/rows").score
    assert found is not None
    return found
