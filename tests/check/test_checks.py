"""The general checks, each on a small change of a shipped example: what they fault, and what they leave open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from test_rules import rule_of

from greenforms.check.calendar import HolidaysUnknown, after_working_days, working_days
from greenforms.check.checks import CHECKS
from greenforms.check.rules import CheckResult, run_on
from greenforms.dossier.dossier import Answer, Dossier
from greenforms.dossier.paper import Paper
from greenforms.finding import Citation, Outcome
from greenforms.form.library import Library
from greenforms.form.parameter import Dated, Parameter
from shipped import with_rules

PLAN, PARK = "cultivation-plan-factory", "cultivation-plan-park"
TODAY = date(2026, 11, 21)


class Parameters(Library):
    """The shipped packages with parameters of a test's own."""

    def __init__(self, base: Library, *parameters: Parameter) -> None:
        super().__init__(*base.folders)
        self.__dict__["parameters"] = {each.id: each for each in parameters}


@pytest.fixture
def run(read_example):
    """Runs one rule on one example; keyword arguments beyond the parameters are those of the dossier."""

    def act(example: str, check: str, parameters: Any, change=None, library=None, **others: Any) -> CheckResult:
        form, data = read_example(example)
        if change:
            change(data)
        rule = replace(rule_of(check, parameters), forms=(form.entry.name,))
        form = with_rules(form, rule)
        dossier = Dossier(library or form.library, (Paper(form, data),), **{"day": TODAY, **others})
        [result] = run_on(dossier, [rule])
        return result

    return act


def put(data: Any, pointer: str, value: Any) -> None:
    *way, last = pointer.split("/")[1:]
    for step in way:
        data = data[int(step)] if isinstance(data, list) else data[step]
    data[int(last) if isinstance(data, list) else last] = value


AREA = {"numerator": "park.built_area", "denominator": "park.planned_area", "quotient": "/park/energy_decline"}


@pytest.mark.parametrize(
    ("built", "planned", "ratio", "outcome"),
    [
        ("1.23", "4.5", "27.3", Outcome.PASSED),
        ("1.23", "4.5", "28", Outcome.PASSED),
        ("1.23", "4.5", "31.0", Outcome.FAILED),
        ("1.23", "0", "31.0", Outcome.NOT_EVALUATED),
        ("1.23", "4.5", None, Outcome.NOT_APPLICABLE),
    ],
)
def test_a_ratio_follows_its_figures(run, built, planned, ratio, outcome) -> None:
    """a ratio may be what the rounded figures allow, and nothing is divided by what may be zero."""

    def change(data: Any) -> None:
        put(data, "/park/built_area", Decimal(built))
        put(data, "/park/planned_area", Decimal(planned))
        put(data, "/park/energy_decline", None if ratio is None else Decimal(ratio))

    assert run(PARK, "ratio", {**AREA, "times": 100}, change).outcome is outcome


@pytest.mark.parametrize(("total", "outcome"), [(30, Outcome.PASSED), (31, Outcome.FAILED), (29, Outcome.FAILED)])
def test_a_total_of_what_was_counted(run, total: int, outcome: Outcome) -> None:
    """whole numbers of things add up exactly."""

    def change(data: Any) -> None:
        for name, value in (("enterprises", total), ("large_enterprises", 10), ("high_energy_enterprises", 20)):
            data["park"][name] = value

    parameters = {"total": "park.enterprises", "parts": ["park.large_enterprises", "park.high_energy_enterprises"]}
    assert run(PARK, "sum", parameters, change).outcome is outcome


@pytest.mark.parametrize(
    ("total", "outcome"), [("7", Outcome.PASSED), ("7.4", Outcome.PASSED), ("7.6", Outcome.FAILED)]
)
def test_a_total_of_rounded_parts(run, total: str, outcome: Outcome) -> None:
    """figures that were rounded add up within half a unit of the last place of each."""

    def change(data: Any) -> None:
        for name, value in (("revenue", total), ("profit", "3.1"), ("tax", "4.2")):
            data["enterprise"]["years"][0][name] = Decimal(value)

    year = "/enterprise/years/0"
    parameters = {"total": f"{year}/revenue", "parts": [f"{year}/profit", f"{year}/tax"]}
    assert run(PLAN, "sum", parameters, change).outcome is outcome


@pytest.mark.parametrize(("total", "outcome"), [(15, Outcome.PASSED), (16, Outcome.FAILED)])
def test_a_total_row_of_what_was_counted(run, total: int, outcome: Outcome) -> None:
    """whole numbers add up exactly in a row called 合计 as well."""

    def change(data: Any) -> None:
        one = data["rows"][0]
        data["rows"] = [
            {**one, "name": name, "planned": count} for name, count in (("甲", 8), ("乙", 7), ("合计", total))
        ]

    rule = {"rows": "/rows", "label": "name", "columns": ["planned"], "totals": ["合计"]}
    assert run("factory-review-indicators", "sum-rows", rule, change).outcome is outcome


def test_a_total_of_the_rows_of_a_table(run) -> None:
    """parts that are rows are all added up."""
    parameters = {"total": "/enterprise/years/0/tax", "parts": ["/plan/projects/*/investment"]}

    def change(data: Any) -> None:
        data["enterprise"]["years"][0]["tax"] = sum(project["investment"] for project in data["plan"]["projects"])

    assert run(PLAN, "sum", parameters, change).outcome is Outcome.PASSED
    assert run(PLAN, "sum", parameters).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("parameters", "value", "outcome"),
    [
        ({"field": "/park/level", "value": "国家级"}, "国家级", Outcome.PASSED),
        ({"field": "/park/level", "value": "国家级"}, "省级", Outcome.FAILED),
        ({"field": "/park/name", "other": "/unit"}, None, Outcome.PASSED),
        ({"field": "park.large_enterprises", "other": "park.enterprises"}, None, Outcome.FAILED),
    ],
)
def test_a_value_equals(run, parameters, value, outcome) -> None:
    """a value is held against a word, or against another place."""

    def change(data: Any) -> None:
        if value is not None:
            data["park"]["level"] = value

    assert run(PARK, "equals", parameters, change).outcome is outcome


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("内蒙古别的园区", Outcome.PASSED), (None, Outcome.FAILED)],
)
def test_a_value_differs_from_another(run, name, outcome) -> None:
    """a value that says the same as another place is at fault, whatever its spaces."""

    def change(data: Any) -> None:
        data["park"]["name"] = name or f" {data['unit']}"

    assert run(PARK, "differs", {"field": "/park/name", "other": "/unit"}, change).outcome is outcome


def test_figures_that_round_alike_are_equal(run) -> None:
    """12.0 and 12 are one figure, 12.6 and 12 are not."""

    def change(figure: str) -> Any:
        return lambda data: data["park"].update(built_area=Decimal(figure), planned_area=Decimal(12))

    parameters = {"field": "/park/built_area", "other": "/park/planned_area"}
    assert run(PARK, "equals", parameters, change("12.0")).outcome is Outcome.PASSED
    assert run(PARK, "equals", parameters, change("12.6")).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("parameters", "outcome"),
    [
        ({"field": "/park/level", "allowed": ["国家级", "省级"]}, Outcome.PASSED),
        ({"field": "/park/level", "allowed": ["市级"]}, Outcome.FAILED),
        ({"field": "/park/level", "refused": ["市级"]}, Outcome.PASSED),
    ],
)
def test_a_value_is_among_some(run, parameters, outcome) -> None:
    """a value is one of those allowed and none of those refused."""
    assert run(PARK, "one-of", parameters).outcome is outcome


def test_values_are_counted_by_year(run) -> None:
    """with `by`, a name that stands once in each of two years stands once."""
    rule = {"fields": ["/enterprise/products/*/name"], "most": 1}

    def change(data: Any) -> None:
        for product in data["enterprise"]["products"]:
            product["name"] = "石墨"

    assert run(PLAN, "count-by", rule, change).outcome is Outcome.FAILED
    assert run(PLAN, "count-by", {**rule, "by": "/enterprise/products/*/energy"}, change).outcome is Outcome.PASSED
    assert run(PLAN, "count-by", {**rule, "most": 3, "least": 3}, change).outcome is Outcome.PASSED
    assert run(PLAN, "count-by", {"fields": rule["fields"], "least": 4}, change).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("founded", "outcome"),
    [("2026-03-18", Outcome.PASSED), ("2026-03-19", Outcome.FAILED), ("很久", Outcome.NOT_EVALUATED)],
)
def test_a_date_follows_another(run, founded: str, outcome: Outcome) -> None:
    """a date may be held against another one of the paper."""
    rule = {"fields": ["/date"], "earliest": "unit.founded"}

    def change(data: Any) -> None:
        data["date"], data["enterprise"]["founded"] = "2026-03-18", founded

    assert run(PLAN, "date", rule, change).outcome is outcome


@pytest.mark.parametrize(("day", "outcome"), [("2026-04-15", Outcome.PASSED), ("2026-04-16", Outcome.FAILED)])
def test_a_deadline_of_every_year(run, day: str, outcome: Outcome) -> None:
    """a deadline that recurs is that of the paper's own year."""
    rule = {"field": "/date", "latest": {"every_year": "04-15"}}
    assert run(PLAN, "deadline", rule, lambda data: data.update(date=day)).outcome is outcome


@pytest.mark.parametrize(
    ("day", "founded", "outcome"),
    [
        ("2026-10-12", "2026-09-30", Outcome.PASSED),
        ("2026-10-13", "2026-09-30", Outcome.FAILED),
        ("2027-02-01", "2027-01-04", Outcome.NOT_EVALUATED),
    ],
)
def test_a_term_of_working_days(run, day: str, founded: str, outcome: Outcome) -> None:
    """working days leave out holidays and count make-up days; a year whose holidays are not known is left open."""
    rule = {"field": "/date", "after": "/enterprise/founded", "within": {"working_days": 4}}

    def change(data: Any) -> None:
        data["date"], data["enterprise"]["founded"] = day, founded

    result = run(PLAN, "deadline", rule, change)
    assert result.outcome is outcome
    if outcome is Outcome.NOT_EVALUATED:
        assert "2027年的节假日安排还没有公布" in result.reasons[0]


def test_working_days() -> None:
    """the long holiday of October is passed over, the working Saturday after it is not."""
    assert after_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert after_working_days(date(2026, 10, 8), 2) == date(2026, 10, 10)
    assert [working_days(date(2026, 9, 29), date(2026, 10, last), 5) for last in (7, 9, 10)] == [2, 4, 5]
    with pytest.raises(HolidaysUnknown):
        after_working_days(date(2027, 1, 4), 1)
    with pytest.raises(HolidaysUnknown):
        working_days(date(2027, 1, 4), date(2027, 1, 8), 5)


QUESTION = {"question": "近三年是否发生较大事故", "wanted": ["否"]}


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ((), Outcome.NOT_EVALUATED),
        (("否",), Outcome.PASSED),
        (("否", "是"), Outcome.FAILED),
        (("是", "否"), Outcome.PASSED),
    ],
)
def test_a_question_to_a_person(run, answers, outcome) -> None:
    """the latest answer counts, and without one nothing is said."""
    given = tuple(
        Answer(QUESTION["question"], answer, "苏晓萌", date(2026, 3, day)) for day, answer in enumerate(answers, 1)
    )
    result = run(PLAN, "answered", QUESTION, answers=given)
    assert result.outcome is outcome
    assert (result.reasons == ("没有人回答“近三年是否发生较大事故”",)) is (outcome is Outcome.NOT_EVALUATED)


def parameter(*values: tuple[date | None, Any]) -> Parameter:
    dated = tuple(Dated(since, value, Citation("办法", "第一条")) for since, value in values)
    return Parameter("xx/most", "产销率上限", dated, "parameters/xx.yaml")


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2023, 12, 31), Outcome.NOT_EVALUATED),
        (date(2024, 1, 1), Outcome.FAILED),
        (date(2025, 1, 1), Outcome.PASSED),
        (None, Outcome.NOT_EVALUATED),
    ],
)
def test_a_parameter_is_that_of_the_day(read_example, run, day, outcome) -> None:
    """a number holds from its day on; before the first, and without a day, the rule is left open and says so."""
    library = Parameters(read_example(PLAN)[0].library, parameter((date(2024, 1, 1), 1), (date(2025, 1, 1), 100)))
    rule = {"fields": ["product.sales_ratio"], "most": {"parameter": "xx/most"}}
    result = run(PLAN, "range", rule, library=library, day=day)
    assert result.outcome is outcome
    assert any("产销率上限" in reason for reason in result.reasons) is (outcome is Outcome.NOT_EVALUATED)


def test_a_parameter_without_days_needs_none(read_example, run) -> None:
    """a number that always held is known without a day of the check."""
    library = Parameters(read_example(PLAN)[0].library, parameter((None, 100)))
    rule = {"fields": ["product.sales_ratio"], "most": {"parameter": "xx/most"}}
    assert run(PLAN, "range", rule, library=library, day=None).outcome is Outcome.PASSED


def test_every_check_is_shown_to_fault_something() -> None:
    """each named check stands in a case beside a rule or in this file."""
    from test_rule_cases import RULES

    here = {"answered", "equals", "ratio", "sum"}
    assert set(CHECKS) == here | {rule.check for rule in RULES.values() if any(case.fails for case in rule.cases)}
