"""`forms check` refuses schemas that are no sound part of the form language: one broken file for each message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from form.conftest import Broken
from greenforms.check.packages import lint_packages
from greenforms.form.library import Library

PLAN, ROSTER = "layouts/cultivation-plan", "layouts/cultivation-roster"


def fields(content: Any) -> Any:
    return content["properties"]


def add(name: str, **schema: Any) -> Callable[[Any], None]:
    return lambda content: fields(content).update({name: {"title": "新栏", **schema}})


def beside(place: str, **keywords: Any) -> Callable[[Any], None]:
    """Keywords beside the `$ref` of a field of the plan; a hyphen is written as an underscore."""

    def change(content: Any) -> None:
        node = content
        for step in place.split("/"):
            node = node["properties"][step]
        node.update({keyword.replace("_", "-"): value for keyword, value in keywords.items()})

    return change


def fact(name: str, **keywords: Any) -> Callable[[Any], None]:
    definition = {"title": "新事实", **{keyword.replace("_", "-"): value for keyword, value in keywords.items()}}
    return lambda content: content["$defs"].update({name: definition})


TEXT = {"type": "string", "x-codec": "text"}


@pytest.mark.parametrize(
    ("file", "change", "place", "words"),
    [
        (PLAN, add("new", **{"$ref": "../facts/nuit.schema.json#/$defs/name"}), "/properties/new/$ref", "不在表单包里"),
        (PLAN, add("new", **{"$ref": "https://example.com/a.json"}), "/properties/new/$ref", "不在表单包里"),
        (PLAN, add("new", **{"$ref": "../facts/unit.schema.json#/$defs/nmae"}), "/properties/new/$ref", "“nmae”不存在"),
        (PLAN, add("new", **{"$ref": "../facts/unit.schema.json#/title"}), "/properties/new/$ref", "不是一段结构"),
        (PLAN, add("new", **{"$ref": "#"}), "/new/new", "引用了它自己"),
        (PLAN, beside("unit", type=["string", "null"]), "/unit", "类型 null 不在所引用的类型之内"),
        (PLAN, beside("park/planned_area", minimum=-1), "/park/planned_area", "minimum -1 比所引用的 0 宽"),
        (PLAN, beside("park/high_tech_share", maximum=200), "/park/high_tech_share", "maximum 200 比所引用的 100 宽"),
        (PLAN, beside("unit", x_fact="unit.head"), "/unit", "不能改称“unit.head”"),
        (
            PLAN,
            lambda content: fields(content)["enterprise"]["properties"].update({"name": {"$ref": "#/properties/date"}}),
            "/enterprise",
            "name：所引用的指“#/$defs/unit.name.text”，不能改指",
        ),
        (PLAN, add("2024", **TEXT), "/", "字段名“2024”只能用小写英文字母、数字和下划线"),
        (PLAN, add("blank", **TEXT), "/", "字段名“blank”是模板自己的用语"),
        (PLAN, add("new", type="object", properties={"a": {"title": "甲", **TEXT}}), "/new", "没有写明不许有别的项"),
        (PLAN, add("new", type="string"), "/new", "叶字段缺少 x-codec"),
        (PLAN, add("new", type="number", **{"x-codec": "text"}), "/new", "类型 number 与编解码器“text”不符"),
        (
            PLAN,
            add("new", type="object", properties={"value": {"type": "number"}}, **{"x-codec": "quantity"}),
            "/new",
            "properties 和 required 都要写明 value、unit，不多不少",
        ),
        (PLAN, add("new", **TEXT, **{"x-fact": "unit.nmae"}), "/new", "词汇表里没有“unit.nmae”"),
        (PLAN, lambda content: content["required"].append("new"), "/", "required 里的“new”不在 properties 中"),
        (PLAN, lambda content: content["allOf"][0].update({"else": {"required": ["park"]}}), "/", "不能用 else"),
        (
            PLAN,
            lambda content: content["allOf"][0]["then"].update({"not": {"required": ["enterprise", "date"]}}),
            "/",
            "几个字段都不填的，用 anyOf",
        ),
        (
            "facts/unit",
            fact("again", x_fact="unit.head", x_kind="name"),
            "/$defs/again",
            "在 facts/unit.schema.json“/$defs/head”",
        ),
        ("facts/unit", fact("new", x_fact="unit.new"), "/$defs/new", "事实“unit.new”缺少 x-kind"),
        ("facts/unit", lambda content: content.update({"x-entity": "untit"}), "/x-entity", "没有“untit”"),
        (ROSTER, lambda content: content.update({"$id": "https://greenforms.invalid/x"}), "/$id", "应为“https://"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_place(
    file: str, change: Callable[[Any], None], place: str, words: str, broken: Broken
) -> None:
    """This test ensures that each fault is an error that names the file, the key or field, and what is wrong."""
    errors = broken(file, change)
    assert any(f"{file}.schema.json" in each and f"“{place}”" in each and words in each for each in errors), errors


def test_more_choices_than_a_fact_has(broken: Broken, copied: Path) -> None:
    """This test ensures that a field offers none but the choices of what it refers to."""

    def narrow(content: Any) -> None:
        content["$defs"]["level"]["$defs"]["choice"]["enum"] = ["国家级", "市级"]

    errors = broken("facts/park", narrow)
    assert any("“/park/level”" in each and "可选项 省级 不在所引用的可选项之内" in each for each in errors), errors


def test_a_closed_group_takes_no_more_members(broken: Broken) -> None:
    """This test ensures that members beside a reference to a group that allows no others are an error, not a trap."""

    def close(content: Any) -> None:
        content["$defs"]["basics_of_an_enterprise"]["additionalProperties"] = False

    errors = broken("facts/unit", close)
    assert any("“/enterprise”" in each and "不能添加 products、remarks、years" in each for each in errors), errors


def test_a_sound_copy_has_no_errors(copied: Path) -> None:
    """This test ensures that the cases above are wrong by their change alone."""
    assert lint_packages(Library(copied)) == []


def test_a_rule_yields_to_rules_that_exist(copied: Path) -> None:
    """This test ensures that an id which no rule of any file has is named, and one of another file is not."""
    path = copied / "schemas" / "rules" / "universal.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("yields_to: [facts/founded-before-paper]", "yields_to: [facts/foundet]"), "utf-8")
    expected = "rules/universal.yaml：规则“universal/future-date”：没有编号为“facts/foundet”的规则（yields_to）"
    assert lint_packages(Library(copied)) == [expected]
