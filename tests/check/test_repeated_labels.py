"""What fields are called: whose 联系电话 it is."""

from __future__ import annotations

import pytest

from greenforms.check.validation import validate
from greenforms.form.labels import called
from shipped import load_form


@pytest.mark.parametrize(
    ("form", "pointer", "name"),
    [
        ("cultivation-plan", "/contact/phone", "联系人·联系电话"),
        ("cultivation-plan", "/enterprise/legal_phone", "基本情况表（企业填写）·法定代表人后的联系电话"),
        ("cultivation-plan", "/enterprise/contact_phone", "基本情况表（企业填写）·申报联系人后的联系电话"),
        ("cultivation-plan", "/park/fax", "基本情况表（园区填写）·传真号码"),
        ("cultivation-plan", "/unit", "单位（盖章）"),
        ("cultivation-plan", "/enterprise/years/2/tax", "税金（万元）"),
        ("he-2024/recommendation-summary", "/parks/1/third_party", "绿色工业园区推荐名单第2行·第三方机构名称"),
        ("cultivation-plan", "/enterprise", ""),
        ("cultivation-plan", "/enterprise/products/0/output/value", ""),
    ],
)
def test_a_label_says_whose_it_is_where_it_stands_twice(form: str, pointer: str, name: str) -> None:
    """a label that the form prints once is enough; one that it prints again has its place before it."""
    assert called(load_form(form), pointer) == name


def test_findings_say_whose_phone_it_is(read_example) -> None:
    """the place of a finding is named so that nobody takes one phone for the other."""
    form, data = read_example("cultivation-plan-factory")
    data["contact"]["phone"] = "123"
    [finding] = validate(form, data, "数据.json")
    assert finding.places[0].label == "联系人·联系电话"
    assert finding.message.startswith("联系人“联系电话”：")
