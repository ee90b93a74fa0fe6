"""Numbers, percentages, integers, quantities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from greenforms.codec import make

MONEY = make("number", unit="万元", decimals=2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", "1234.5"),
        ("１，２34．5", "1234.5"),
        ("1 234 567", "1234567"),
        ("12.5 万元", "12.5"),
        ("12.5（万元）", "12.5"),
        ("100\n万元", "100"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("－3", "-3"),
        ("负3", "-3"),
        ("+5", "5"),
        ("12.50", "12.50"),
        ("一百二十三", "123"),
        ("十二点五", "12.5"),
        ("壹仟贰佰", "1200"),
        ("二〇二二", "2022"),
        ("0", "0"),
    ],
)
def test_number_read(text: str, value: str) -> None:
    """a plain figure is read with its precision and without a word."""
    reading = MONEY.parse(text)
    assert str(reading.value) == value
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("text", "says", "suggestion"),
    [
        ("约12", "“约”", "12"),
        ("≥90", "“≥”", "90"),
        ("20余", "“余”", "20"),
        ("10-20", "范围", None),
        ("2021—2023", "范围", None),
        ("l2.5", "不是规范的数字", "12.5"),
        ("O.5", "不是规范的数字", "0.5"),
        (".5", "不是规范的数字", "0.5"),
        ("(12.5)", "不是规范的数字", "-12.5"),
        ("12.", "位置不对", "12"),
        ("12,5", "位置不对", "125"),
        ("12 34", "位置不对", "1234"),
        ("12\n34", "位置不对", "1234"),
        ("12.5.6", "位置不对", None),
        ("1.2×10⁴", "科学计数法", None),
        ("10⁴", "科学计数法", None),
        ("1.2E+05", "科学计数法", None),
        ("12、13", "不止一个数", None),
        ("12吨", "不能换算", None),
        ("3万", "不是完整的单位", None),
        ("三万", "歧义", "30000"),
        ("三千五", "不是数字", None),
        ("12煤", "不是可识别的单位", None),
        ("约数", "不是确定的数", None),
        ("/", "不是数字", None),
        ("٣", "不是数字", None),
    ],
)
def test_number_refused(text: str, says: str, suggestion: str | None) -> None:
    """a doubtful figure gives no value, at most a suggestion."""
    reading = MONEY.parse(text)
    assert reading.value is None
    assert says in reading.problems[0].reason
    assert reading.problems[0].suggestion == (None if suggestion is None else Decimal(suggestion))


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        ("万元", "123400元", "12.34"),
        ("万元", "1.2345亿元", "12345"),
        ("公顷", "15亩", "1"),
        ("tce/万元", "0.035kgce/元", "0.35"),
        ("万立方米", "1200m³", "0.12"),
    ],
)
def test_conversion_is_exact_and_reported(unit: str, text: str, value: str) -> None:
    """a figure in another unit of the same kind is converted exactly and a person is told."""
    reading = make("number", unit=unit).parse(text)
    assert reading.value == Decimal(value)
    assert "已换算" in reading.problems[0].reason


def test_endless_conversion_is_refused() -> None:
    """a conversion without an exact result is offered, not made."""
    reading = make("number", unit="公顷").parse("1亩")
    assert reading.value is None
    assert reading.problems[0].suggestion == Decimal("0.0667")


def test_unit_where_none_belongs() -> None:
    """a unit in a field without one is reported and the figure kept."""
    reading = make("number").parse("12家")
    assert reading.value == 12
    assert "“家”" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("1E+3", "1000"),
        ("12.50", "12.50"),
        ("12.345", "12.34"),
        ("12.355", "12.36"),
        ("-0.005", "-0.00"),
        ("1234567.1", "1234567.1"),
    ],
)
def test_number_printed(value: str, printed: str) -> None:
    """numbers are printed plainly, rounded half to even only beyond the field's places."""
    assert MONEY.format(Decimal(value)) == printed


def test_number_checked() -> None:
    """surplus places, infinities and impossible magnitudes are reported."""
    assert MONEY.check(Decimal("12.345"))[0].suggestion == Decimal("12.34")
    assert MONEY.check(Decimal("Infinity"))
    assert MONEY.check(Decimal("1E+9999"))
    assert MONEY.check(12) == ()


@pytest.mark.parametrize("text", ["12.5%", "12.5％", "12.5 %", "百分之十二点五", "12.5", "12.5（%）"])
def test_percentage_read(text: str) -> None:
    """per cent is read with and without its sign."""
    reading = make("percentage").parse(text)
    assert (reading.value, reading.problems) == (Decimal("12.5"), ())


def test_percentage_is_never_rescaled() -> None:
    """a small figure stays what it is, and percentage points are no per cent."""
    assert make("percentage").parse("0.125").value == Decimal("0.125")
    assert make("percentage").parse("12个百分点").value is None
    assert make("percentage").parse("5‰").value == Decimal("0.5")
    assert make("percentage", sign=True).format(Decimal("12.5")) == "12.5%"
    assert make("percentage").format(Decimal("12.5")) == "12.5"


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("12.0", 12), ("1,200家", 1200), ("十二", 12), ("12.5", None), ("12人", None)]
)
def test_integer(text: str, value: int | None) -> None:
    """whole numbers only."""
    reading = make("integer", unit="家").parse(text)
    assert reading.value == value
    assert bool(reading.problems) == (value is None)
    assert value is None or type(reading.value) is int


@pytest.mark.parametrize(
    ("text", "value", "says"),
    [
        ("12.5万吨", {"value": Decimal("12.5"), "unit": "万吨"}, None),
        ("12.5 万吨", {"value": Decimal("12.5"), "unit": "万吨"}, None),
        ("1,000 m³", {"value": Decimal(1000), "unit": "m³"}, None),
        ("5000台/年", {"value": Decimal(5000), "unit": "台/年"}, None),
        ("300万米", {"value": Decimal(300), "unit": "万米"}, "万米"),
        ("12", {"value": Decimal(12), "unit": ""}, "没有写单位"),
        ("12万", None, "不是完整的单位"),
        ("约12吨", None, "“约”"),
    ],
)
def test_quantity(text: str, value: Any, says: str | None) -> None:
    """a number is read with its unit, and an unknown unit is named and kept."""
    reading = make("quantity").parse(text)
    assert reading.value == value
    assert (says in reading.problems[0].reason) if says else reading.problems == ()
