"""Structure: keywords that the shipped forms do not use yet, order, suggestions, and the cost of the valid case."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from greenforms.check.validation import validate
from greenforms.finding import Severity
from greenforms.form.grow import Grower
from shipped import load_form, with_rules

TEXT = {"type": "string", "x-codec": "text"}


def form_of(properties: dict[str, Any], **others: Any):
    schema = {
        "type": "object",
        "title": "表",
        "properties": properties,
        "additionalProperties": False,
        **others,
    }
    grower = Grower(schema, "x")
    root = grower.grow()
    assert grower.errors == []
    base = load_form("nm-2024/cultivation-roster")
    return with_rules(replace(base, schema=schema, root=root))


@pytest.mark.parametrize(
    ("field", "value", "rule", "words"),
    [
        ({**TEXT, "minLength": 3}, "绿", "schema/length", "现有1个字，应不少于3个字"),
        ({**TEXT, "maxLength": 3}, "绿色工厂", "schema/length", "现有4个字，应不超过3个字"),
        ({**TEXT, "pattern": "^G"}, "F1", "schema/pattern", "“F1”不符合规定的写法"),
        ({**TEXT, "const": "是"}, "否", "schema/choice", "只能填写：“是”"),
        ({**TEXT, "anyOf": [{"maxLength": 2}, {"minLength": 9}]}, "绿工厂", "schema/length", "个字"),
        ({"type": "number", "x-codec": "number", "exclusiveMinimum": 0}, 0, "schema/range", "应大于0"),
        ({"type": "number", "x-codec": "number", "exclusiveMaximum": 5}, 5, "schema/range", "应小于5"),
        ({"type": "integer", "x-codec": "integer"}, Decimal("1.5"), "schema/type", "应为整数，现为数字1.5"),
    ],
)
def test_a_keyword_is_explained(field, value, rule, words):
    """This test ensures that every keyword a schema may use has words of its own."""
    form = form_of({"a": {"title": "甲", **field}})
    [finding] = validate(form, {"a": value})
    assert (finding.rule, finding.places[0].path, finding.places[0].label) == (rule, "/a", "甲")
    assert finding.message.startswith("“甲”：")
    assert words in finding.message


def test_rows_that_are_alike_and_rows_too_many():
    """This test ensures that uniqueItems and maxItems are explained at the table."""
    item = {"type": "object", "properties": {"b": {"title": "乙", **TEXT}}, "additionalProperties": False}
    form = form_of({"a": {"title": "甲", "type": "array", "items": item, "uniqueItems": True, "maxItems": 1}})
    findings = validate(form, {"a": [{"b": "x"}, {"b": "x"}]})
    assert {finding.rule for finding in findings} == {"schema/unique", "schema/rows"}
    assert any("应至多1行，现有2行。请删去多余的1行" in finding.message for finding in findings)


def test_a_field_that_another_one_calls_for():
    """This test ensures that dependentRequired names the field that is missing."""
    form = form_of({"a": {"title": "甲", **TEXT}, "b": {"title": "乙", **TEXT}}, dependentRequired={"a": ["b"]})
    [finding] = validate(form, {"a": "x"})
    assert (finding.rule, finding.places[0].path) == ("schema/required", "/b")


def test_what_has_no_words_is_still_reported():
    """This test ensures that a broken keyword without words of its own is not passed over."""
    form = form_of({"a": {"title": "甲", **TEXT, "not": {"maxLength": 3}}})
    [finding] = validate(form, {"a": "x"})
    assert (finding.rule, finding.places[0].path) == ("schema/structure", "/a")


def test_findings_come_in_form_order(read_example):
    """This test ensures that findings follow the form, not the kind of check or the order of keys in the data."""
    form, data = read_example("cultivation-plan-factory")
    enterprise = data["enterprise"]
    data["plan"]["safeguards"] = "详见附件"
    enterprise["years"][2]["profit"] = Decimal("999999")
    enterprise["years"][0]["tax"] = "x"
    enterprise["org_code"] = "MA0N7K3Q3"
    del data["unit"]
    turned = dict(reversed(data.items()))
    assert [finding.places[0].path for finding in validate(form, turned)] == [
        "/unit",
        "/enterprise/org_code",
        "/enterprise/years/0/tax",
        "/enterprise/years/2/profit",
        "/plan/safeguards",
    ]


def test_suggestions_are_values_of_the_field(read_example):
    """This test ensures that a value typed as text is offered as the number or quantity it says."""
    form, data = read_example("cultivation-plan-factory")
    data["enterprise"]["years"][0]["profit"] = "9,860.42"
    data["enterprise"]["products"][0]["capacity"] = "60000吨/年"
    data["enterprise"]["naem"] = "x"
    suggestions = {finding.places[0].path: finding.suggestion for finding in validate(form, data)}
    assert suggestions["/enterprise/years/0/profit"] == Decimal("9860.42")
    assert suggestions["/enterprise/products/0/capacity"] == {"value": Decimal(60000), "unit": "吨/年"}
    assert suggestions["/enterprise/naem"] is None


def test_an_unusual_spelling_is_a_warning_with_the_usual_one(read_example):
    """This test ensures that a value that would not come back from paper as it is gets the one that would."""
    form, data = read_example("cultivation-plan-factory")
    data["enterprise"]["ownership"] = "民营企业　"
    [finding] = validate(form, data)
    assert (finding.rule, finding.severity, finding.suggestion) == ("normal-form/text", Severity.WARN, "民营企业")


def test_the_valid_case_does_not_load_the_explaining_library():
    """This test ensures that checking right data stays fast: jsonschema is loaded for explanations only."""
    script = (
        "import json, sys\n"
        "from decimal import Decimal\n"
        "from greenforms.bundled import examples_dir\n"
        "from greenforms.check.validation import validate\n"
        "from greenforms.form.library import open_library\n"
        "text = (examples_dir() / 'cultivation-roster.json').read_text('utf-8')\n"
        "data = json.loads(text, parse_float=Decimal)\n"
        "form = open_library().form('nm-2024/cultivation-roster')\n"
        "assert validate(form, data) == ()\n"
        "assert 'jsonschema' not in sys.modules\n"
        "del data['rows'][0]['name']\n"
        "assert len(validate(form, data)) == 1\n"
        "assert 'jsonschema' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
