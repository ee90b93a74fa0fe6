"""Made-up data: sound for every form of the library, the same for the same seed, and of any shape a tree may have."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from forms.folder import Folder, form_entry
from greenforms.api import OfficialForm
from greenforms.codec import CODECS
from greenforms.conformance.suite import all_rules
from greenforms.finding import Severity
from greenforms.form.tree import values
from greenforms_scans.made_up import made_up
from greenforms_scans.trial import scanned
from shipped import LIBRARY, load_form, spread
from telling import telling

FACTS = "../facts"
TEXT = {"type": "string", "x-codec": "text"}
NUMBER = {"type": "number", "x-codec": "number"}


#: What several papers are held to together. Papers inside one are drawn apart, so that they list other units.
TOGETHER = {rule.id for rule in all_rules(LIBRARY).values() if rule.scope == "folder"}


def grave(form: Any, data: Any) -> list[str]:
    findings = [each for each in OfficialForm(form).validate(data) if each.rule not in TOGETHER]
    return [each.message for each in findings if each.severity in (Severity.BLOCK, Severity.FIX)]


@pytest.mark.parametrize("form_id", telling())
def test_data_are_valid(form_id: str) -> None:
    """This test ensures that made-up data of every form could be handed in as they are."""
    form = load_form(form_id)
    assert grave(form, made_up(form, 0)) == []


@pytest.mark.parametrize("form_id", spread(telling(), 4))
def test_data_follow_the_seed(form_id: str) -> None:
    """This test ensures that a seed gives the same data again, and another seed others."""
    form = load_form(form_id)
    assert made_up(form, 1) == made_up(form, 1) != made_up(form, 2)


def test_lists_have_the_length_asked_for() -> None:
    """This test ensures that lists of units are 8 to 30 rows long where no length is given, else as long as wished."""
    roster, summary = load_form("cultivation-roster"), load_form("he-2024/recommendation-summary")
    assert len(made_up(roster, 3, rows=6)["rows"]) == 6
    assert all(8 <= len(made_up(roster, seed)["rows"]) <= 30 for seed in range(6))
    assert sum(len(rows) for rows in made_up(summary, 3, rows=9).values() if isinstance(rows, list)) == 9


def test_a_unit_is_the_same_all_over_a_paper() -> None:
    """This test ensures that what a paper says of its unit twice is said alike, and that a list has no unit twice."""
    for seed in range(6):
        plan = made_up(load_form("cultivation-plan"), seed)
        table = plan.get("enterprise") or plan["park"]
        assert (table["name"], table["contact"]) == (plan["unit"], plan["contact"]["name"])
        names = [row["name"] for row in made_up(load_form("cultivation-roster"), seed)["rows"]]
        assert len(set(names)) == len(names)


def group(properties: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {
        "title": "组",
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
        **others,
    }


def rows(properties: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {"title": "表", "type": "array", "items": group(properties), **others}


def one_of_each_codec() -> dict[str, Any]:
    """A field of every codec, with the options it cannot be without."""
    others: dict[str, dict[str, Any]] = {
        "choice": {"enum": ["甲", "乙"]},
        "quantity": {
            "properties": {"value": {"type": "number"}, "unit": {"type": "string"}},
            "required": ["value", "unit"],
        },
        "pictures": {"minItems": 1, "items": {"type": "object"}},
    }
    return {
        name: {"title": name, "type": min(codec.json_types), "x-codec": name, **others.get(name, {})}
        for name, codec in CODECS.items()
    }


SHAPES = {
    "unit": {"$ref": f"{FACTS}/unit.schema.json#/$defs/name/$defs/text", "title": "单位名称"},
    "day": {"title": "日期", "type": "string", "x-codec": "date"},
    "each": group(one_of_each_codec()),
    "levels": rows({"name": {**TEXT, "title": "一级指标"}, "seconds": rows({"name": {**TEXT, "title": "二级指标"}})}),
    "matrix": group({
        indicator: group({
            year: {"$ref": f"{FACTS}/finance.schema.json#/$defs/{fact}/$defs/number", "title": year, "x-period": period}
            for year, period in (("y1", {"offset": -1}), ("y2", {"offset": 0}))
        })
        for indicator, fact in (("income", "revenue"), ("tax", "tax"))
    }),
    "sections": rows(
        {"note": {**TEXT, "title": "说明"}, "figures": rows({"figure": {**NUMBER, "title": "数"}})}, minItems=2
    ),
    "verdicts": {
        "title": "评价表",
        "type": "object",
        "x-catalogue": "gf",
        "additionalProperties": group({"score": {**NUMBER, "title": "得分", "minimum": 0, "maximum": 5}}),
    },
    "short": {**TEXT, "title": "简称", "minLength": 2, "maxLength": 6},
    "share": {**NUMBER, "title": "比例", "minimum": Decimal("0.2"), "maximum": Decimal("0.4")},
}  # fmt: skip
CATALOGUE = {
    "catalogue": "gf",
    "title": "指标",
    "grade": "C",
    "source": "自拟",
    "parts": [{"id": "p", "title": "要求", "rows": [{"id": "b1", "title": "合规"}, {"id": "b2", "title": "无事故"}]}],
}


def test_every_shape_of_a_tree_is_filled(tmp_path: Path) -> None:
    """This test ensures that nested lists, matrices, sections, catalogues and every codec are filled, in bounds."""
    folder = Folder(tmp_path / "forms")
    folder.catalogue("gf", CATALOGUE)
    shapes = json.loads(json.dumps(SHAPES, default=float))
    folder.layout("report", shapes, [], **{"x-paper": {"date": "/day", "year": -1}})
    folder.edition("xx-2031", form_entry("report"), in_force={"from": "2031-03-01", "to": None})
    form = folder.library().form("report")
    for seed in range(5):
        data = made_up(form, seed)
        missing = [value.pointer for value in values(form.root, data) if not value.present]
        assert (missing, grave(form, data)) == ([], [])
        assert "2031-03-01" <= data["day"] < "2033"
        assert len(data["sections"]) >= 2
        assert all(level["seconds"] for level in data["levels"])
        assert set(data["verdicts"]) == {"b1", "b2"}
        assert 2 <= len(data["short"]) <= 6
        assert Decimal("0.2") <= data["share"] <= Decimal("0.4")


def test_a_form_of_another_folder_needs_data_alone(tmp_path: Path) -> None:
    """This test ensures that a fifth form, laid over the shipped ones, is made up, printed and scanned like them."""
    folder = Folder(tmp_path / "forms")
    label = "年能耗总量（万吨标煤）"
    fields = {
        "unit": {"$ref": f"{FACTS}/unit.schema.json#/$defs/name/$defs/text", "title": "单位名称"},
        "energy": {"$ref": f"{FACTS}/product.schema.json#/$defs/energy/$defs/number", "title": label},
    }
    folder.layout("ledger", fields, ["能耗台账", [["单位名称", "{{ unit }}"], [label, "{{ energy }}"]]])
    folder.edition("xx-2031", form_entry("ledger"))
    forms = folder.library()
    form = forms.form("ledger")
    data = made_up(form, 1)
    assert grave(form, data) == []
    (page,) = scanned(form, data, "office", 1, 100)
    assert page.shape[2] == 3
    assert (page < 120).any()
