"""Running rules: the four outcomes, validity in time, and the linting of the rules themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from greenforms.check.checks import CHECKS
from greenforms.check.lint import lint_rules, lint_shared
from greenforms.check.parameters import bind
from greenforms.check.rules import run_rules
from greenforms.errors import FormPackageError
from greenforms.finding import Citation, Outcome, Severity
from greenforms.form.rule import Rule, RuleCase
from shipped import LIBRARY, editions, load_edition, with_rules

YEARS = {"rows": "/enterprise/years", "year": "year", "date": "/date"}


def outcome(form, data, rule: str, as_of: date | None = None) -> Outcome:
    return next(result.outcome for result in run_rules(form, data, "", as_of) if result.rule.id == rule)


def rule_of(check: str, parameters: dict, **others) -> Rule:
    citation = Citation("nm-rules", "附件1")
    words = {"messages": {"": "……"}, "remedies": {"": "……"}, "source": "rules/nm-2024.yaml"}
    cases = (RuleCase("对", ({},)), RuleCase("错", ({},), ("/date",)))
    given = {**words, "cases": cases, **others}
    return Rule("nm-2024/x", "x", ("cultivation-plan",), check, parameters, Severity.FIX, citation, **given)


def test_the_four_outcomes(read_example):
    """This test ensures that passed, failed, not applicable and not evaluated are told apart."""
    form, data = read_example("cultivation-plan-factory")
    rule = "nm-2024/plan-three-years"
    assert outcome(form, data, rule) is Outcome.PASSED
    data["enterprise"]["years"][0]["year"] = 2020
    assert outcome(form, data, rule) is Outcome.FAILED
    data["enterprise"]["years"][0]["year"] = "二〇二三"
    assert outcome(form, data, rule) is Outcome.NOT_EVALUATED
    del data["enterprise"]
    assert outcome(form, data, rule) is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"/creation_type": ("绿色工厂",)}, Outcome.FAILED),
        ({"/creation_type": ("绿色园区",)}, Outcome.NOT_APPLICABLE),
        ({"/creation_type": ("绿色工厂",), "/park": ()}, Outcome.NOT_APPLICABLE),
    ],
)
def test_a_rule_may_hold_for_certain_values_only(read_example, when, expected):
    """This test ensures that a rule applies where each field of its condition is there and has one of its values."""
    form, data = read_example("cultivation-plan-factory")
    del data["enterprise"]["years"][0]
    rule = replace(rule_of("years", {**YEARS, "offset": -1}), when=when)
    assert outcome(with_rules(form, rule), data, rule.id) is expected


def test_an_open_rule_says_why(read_example):
    """This test ensures that a check that could not be made gives its reason."""
    form, data = read_example("cultivation-plan-factory")
    result = next(each for each in run_rules(form, data) if each.rule.id == "universal/future-date")
    assert (result.outcome, result.reasons) == (Outcome.NOT_EVALUATED, ("没有给出核查日期",))


def test_the_newest_year_follows_the_day_of_the_check_without_a_date(read_example):
    """This test ensures that the years are held against the day of the check when the paper bears no date."""
    form, data = read_example("cultivation-plan-factory")
    del data["date"]
    assert outcome(form, data, "nm-2024/plan-three-years", date(2026, 5, 1)) is Outcome.PASSED
    assert outcome(form, data, "nm-2024/plan-three-years", date(2027, 5, 1)) is Outcome.FAILED
    assert outcome(form, data, "nm-2024/plan-three-years") is Outcome.NOT_EVALUATED


def test_a_rule_applies_while_it_is_in_force(read_example):
    """This test ensures that a rule judges only days within its dates, both included."""
    form, data = read_example("cultivation-plan-factory")
    data["enterprise"]["years"][0]["year"] = 2020
    rule = rule_of("years", YEARS, in_force_from=date(2024, 1, 1), in_force_to=date(2024, 12, 31))
    dated = with_rules(form, rule)
    assert outcome(dated, data, rule.id, date(2023, 12, 31)) is Outcome.NOT_APPLICABLE
    assert outcome(dated, data, rule.id, date(2024, 1, 1)) is Outcome.FAILED
    assert outcome(dated, data, rule.id, date(2024, 12, 31)) is Outcome.FAILED
    assert outcome(dated, data, rule.id, date(2025, 1, 1)) is Outcome.NOT_APPLICABLE


def test_a_finding_carries_its_citation(read_example):
    """This test ensures that a finding names rule, severity, document and article, and puts the article in words."""
    form, data = read_example("recommendation-summary")
    data["factories"][0]["in_provincial_list"] = "否"
    result = next(each for each in run_rules(form, data) if each.rule.id == "he-2024/summary-factories-listed")
    [finding] = result.findings
    assert finding.severity is Severity.BLOCK
    assert finding.citation == Citation("he-notice", "第一部分第一段")
    assert "依据：《河北省工业和信息化厅关于组织推荐2024年度国家绿色制造名单的通知》第一部分第一段。" in finding.message
    assert [place.value for place in finding.places] == ["否", "河北澄渊制药有限公司"]


@pytest.mark.parametrize("edition", editions())
def test_the_shipped_rules_are_sound(edition: str):
    """This test ensures that every declared rule names a check, parameters and fields that exist."""
    assert lint_rules(LIBRARY, load_edition(edition), LIBRARY.rules_of(edition)) == []


def test_the_shared_rules_are_sound():
    """This test ensures the same of the rules of no edition."""
    assert lint_shared(LIBRARY) == []


@pytest.mark.parametrize(
    ("check", "parameters", "complaint"),
    [
        ("yeers", {}, "没有名为“yeers”的检查"),
        ("years", {"rows": "/enterprise/years"}, "缺少参数“year”"),
        ("years", {**YEARS, "ofset": 1}, "没有参数“ofset”"),
        ("years", {**YEARS, "offset": "1"}, "参数“offset”的类型不对"),
        ("range", {"fields": "/date", "most": 1}, "参数“fields”的类型不对"),
        ("length", {"field": "/unit", "by": "/creation_type"}, "应同时给出"),
        ("deadline", {"field": "/date", "latest": "2024-02-30"}, "deadline"),
        ("deadline", {"field": "/date", "latest": {"month": "02"}}, "应为 day、before 或 every_year"),
        ("deadline", {"field": "/date", "after": "/date"}, "同时给出"),
        ("deadline", {"field": "/date", "after": "/date", "within": {"days": 3}}, "working_days"),
        ("term", {"start": "/date", "end": "/date", "least": {"days": 3}}, "working_days"),
        ("equals", {"field": "/date"}, "应给出其中一个"),
        ("date", {"fields": ["/date"]}, "至少给出一个"),
        ("date", {"latest": "today"}, "应给出其中一个"),
        ("same", {"what": "colours"}, "参数“what”的类型不对"),
        ("present", {"what": "listed", "fields": ["/date"]}, "应给出参数“fields”"),
        ("range", {"fields": ["/date"], "most": {"parameter": "nm-2024/none"}}, "没有名为“nm-2024/none”的参数值"),
        ("prompts", {"placeholders": ["("]}, "不是正则表达式"),
        ("told", {"words": ["("], "stated": "/date"}, "不是正则表达式"),
        ("told-count", {"rows": "/plan/projects/*/name", "pattern": "[0-9]+个"}, "没有名为 count 的一组"),
        ("told-range", {"pattern": "[0-9]+%", "most": 100}, "没有名为 figure 的一组"),
        ("told-name", {"stated": "unit.name", "pattern": ".+公司", "present": ["简介"]}, "没有名为 name 的一组"),
        ("words", {"words": ["失信"]}, "应给出其中一个"),
        ("words", {"words": ["失信"], "codecs": ["phoen"]}, "没有这种编解码器"),
    ],
)
def test_a_wrong_parameter_is_an_error_of_the_form_package(check, parameters, complaint):
    """This test ensures that a misspelt or missing parameter is refused by name."""
    with pytest.raises(FormPackageError, match="nm-2024/x") as caught:
        bind(rule_of(check, parameters), {})
    assert complaint in str(caught.value)


def test_lint_finds_fields_that_do_not_exist():
    """This test ensures that a parameter or condition pointing at no field is found, and an id given twice."""
    edition = load_edition("nm-2024")
    rule = rule_of("order", {"smaller": "/park/built", "larger": "/park/planned_area"}, when={"/prak": ()})
    errors = lint_rules(LIBRARY, edition, (rule, rule))
    assert errors[0] == "rules/nm-2024.yaml：规则编号“nm-2024/x”重复"
    assert any("没有字段“/park/built”" in error for error in errors)
    assert any("没有字段“/prak”" in error for error in errors)
    assert not any("planned_area" in error for error in errors)


def test_every_check_goes_by_its_own_name():
    """This test ensures that the name a check gives itself is the one editions call it by."""
    assert all(name == check.name for name, check in CHECKS.items())
