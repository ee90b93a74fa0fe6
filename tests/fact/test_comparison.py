"""Two statements of one fact: when they agree, and what is suspected when they do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenforms.fact.compare import Slip, compare
from greenforms.fact.fold import difference, fold_name
from greenforms.fact.precision import decimals_of, half_unit, interval, printed, quotient
from greenforms.fact.statement import Fact
from greenforms.fact.vocabulary import FactKind
from shipped import load_vocabulary

NUMBER = FactKind("product.energy", "年能耗总量", "number", "万吨标煤")
UNITS = ["吨标煤", "万吨标煤", "千克标煤"]
POWERS = {"吨标煤": 0, "万吨标煤": 4, "千克标煤": -3}

printed_numbers = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**9), 10**9), st.integers(0, 4)
)


def words(text: str | None) -> Fact:
    return Fact("甲公司", "unit.name", text, text or "", "甲.docx", "单位名称", "/name")


def number(text: str | Decimal, unit: str | None = "万吨标煤") -> Fact:
    value = Decimal(text)
    return Fact("甲公司", NUMBER.id, value, f"{value:f}", "甲.docx", "能耗", "/energy", "", unit, decimals_of(value))


@st.composite
def figures(draw: st.DrawFn) -> Fact:
    return number(draw(printed_numbers), draw(st.sampled_from(UNITS)))


@given(figures())
def test_a_number_agrees_with_itself(one: Fact) -> None:
    """no statement contradicts itself."""
    assert compare(NUMBER, one, one).agrees


@given(figures(), figures())
def test_order_does_not_matter(one: Fact, other: Fact) -> None:
    """the verdict and the suspicion are the same from either side."""
    forth, back = compare(NUMBER, one, other), compare(NUMBER, other, one)
    assert forth.agrees == back.agrees
    assert forth.slip == back.slip


@given(printed_numbers, printed_numbers, st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_units_do_not_matter(one: Decimal, other: Decimal, unit: str, converted: str) -> None:
    """a figure written in another unit, precision and all, gets the same verdict."""
    left, right = number(one, unit), number(other, unit)
    shift = POWERS[unit] - POWERS[converted]
    assert right.decimals is not None
    moved = replace(right, value=other.scaleb(shift), unit=converted, decimals=right.decimals - shift)
    assert compare(NUMBER, left, moved).agrees == compare(NUMBER, left, right).agrees


@given(printed_numbers, printed_numbers)
def test_figures_agree_as_their_exact_values_do(one: Decimal, other: Decimal) -> None:
    """the verdict is that of plain arithmetic: equal, or the coarser one is nearest to the finer one."""
    fine, coarse = sorted((one, other), key=decimals_of, reverse=True)
    step = Fraction(1, 10 ** decimals_of(coarse))
    least, most = Fraction(fine) - step / 2, Fraction(fine) + step / 2
    nearest = [Fraction(coarse) in (least, most) or least < Fraction(coarse) < most]
    same = decimals_of(one) == decimals_of(other)
    verdict = compare(NUMBER, number(one), number(other))
    if verdict.agrees:
        assert one == other if same else all(nearest)
    elif not same:
        assert not least < Fraction(coarse) < most


@given(printed_numbers, st.integers(0, 4), st.sampled_from([ROUND_HALF_EVEN, ROUND_HALF_UP]))
def test_a_rounded_figure_agrees(value: Decimal, places: int, way: str) -> None:
    """a figure agrees with what it is when rounded, and not with the next one."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=way)
    assert compare(NUMBER, number(value), number(rounded)).agrees
    beyond = rounded + Decimal(1).scaleb(-places)
    assert not compare(NUMBER, number(rounded), number(beyond)).agrees


@pytest.mark.parametrize(
    ("one", "other", "agrees", "cut"),
    [
        (number("100"), number("101"), False, False),
        (number("100"), number("100.0"), True, False),
        (number("1.25"), number("1.2"), True, False),
        (number("1.25"), number("1.3"), True, False),
        (number("1.26"), number("1.2"), False, True),
        (number("-1.26"), number("-1.2"), False, True),
        (number("-1.25"), number("-1.3"), True, False),
        (number("1.26"), number("1.4"), False, False),
        (number("12.34", "万元"), number("123400", "元"), True, False),
        (number("12.34", "万元"), number("123449.99", "元"), True, False),
        (number("12.34", "万元"), number("123460", "元"), False, True),
        (number("12.34", "万元"), number("12.35", "万元"), False, False),
        (number("1.2346", "万吨"), number("12346.4", "吨"), True, False),
        (number("1.2346", "万吨"), number("12347", "吨"), False, False),
        (number("5.1", "吨"), number("5100", "千克"), True, False),
        (number("5.1", "吨"), number("5149", "千克"), True, False),
        (number("5.1", "吨"), number("5150", "千克"), True, False),
        (number("5.1", "吨"), number("5151", "千克"), False, True),
    ],
)
def test_figures(one: Fact, other: Fact, agrees: bool, cut: bool) -> None:
    """figures of one precision must be equal; a coarser one is rounded, and what is only cut off is told apart."""
    for comparison in (compare(NUMBER, one, other), compare(NUMBER, other, one)):
        assert (comparison.agrees, comparison.cut) == (agrees, cut)


@pytest.mark.parametrize(
    ("text", "half"), [("12345.6", "0.05"), ("1.2346", "0.00005"), ("12", "0.5"), ("1.20", "0.005"), ("1E+3", "0.5")]
)
def test_half_unit_follows_the_digits_printed(text: str, half: str) -> None:
    """12.50 is taken as more exact than 12.5."""
    assert half_unit(Decimal(text)) == Decimal(half)


@pytest.mark.parametrize(
    ("numerator", "denominator", "ratio", "fits"),
    [("1.23", "4.5", "0.27", True), ("1.23", "4.5", "0.31", False), ("-1.23", "4.5", "-0.27", True)],
)
def test_a_ratio_of_printed_figures(numerator: str, denominator: str, ratio: str, fits: bool) -> None:
    """a ratio holds when it meets what the rounded figures allow."""
    allowed = quotient(printed(Decimal(numerator)), printed(Decimal(denominator)))
    assert allowed is not None
    assert interval(printed(Decimal(ratio))).meets(allowed) is fits


def test_nothing_is_divided_by_what_may_be_zero() -> None:
    """a denominator printed as 0 tells nothing of the ratio."""
    assert quotient(printed(Decimal(1)), printed(Decimal(0))) is None


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        (number("12345.6"), number("1.2346"), Slip(4, "吨标煤", "万吨标煤")),
        (number("12345.6", "吨标煤"), number("12345.6"), Slip(4, "吨标煤", "万吨标煤")),
        (number("14851264", "元"), number("14851264", "万元"), Slip(4, "元", "万元")),
        (number("148.5", "元"), number("1485000", "元"), Slip(4, "万元", "元")),
        (number("5120", "吨"), number("5.12", "吨"), Slip(3, "千克", "吨")),
        (number("10.1"), number("1.02"), Slip(1)),
        (number("-10.0"), number("1.00"), None),
        (number("30"), number("10"), None),
        (number("0"), number("10"), None),
    ],
)
def test_suspected_slips(one: Fact, other: Fact, slip: Slip | None) -> None:
    """a ratio near a power of ten is named with the unit that explains it, and no other ratio is."""
    comparison = compare(NUMBER, one, other)
    assert (comparison.agrees, comparison.slip) == (False, slip)


def test_gap_and_places_are_in_the_first_unit() -> None:
    """what a finding quotes is in the unit of the value it stands beside."""
    comparison = compare(NUMBER, number("51200", "吨"), number("5.13", "万吨"))
    assert (comparison.gap, comparison.coarser) == (Decimal(100), -2)
    comparison = compare(NUMBER, number("5.13", "万吨"), number("51200", "吨"))
    assert (comparison.gap, comparison.coarser) == (Decimal("0.01"), 2)


@pytest.mark.parametrize("other", [number("5", "立方米"), number("5", "吨/年"), number("5", "筐"), number("5", None)])
def test_what_cannot_be_converted_does_not_agree(other: Fact) -> None:
    """figures in units of different kinds are not taken for the same."""
    comparison = compare(NUMBER, number("5", "吨"), other)
    assert (comparison.agrees, comparison.gap) == (False, None)


@pytest.mark.parametrize(
    ("fact", "one", "other", "agrees"),
    [
        ("unit.name", "内蒙古（晴川）新材料有限公司", "内蒙古(晴川) 新材料有限公司", True),
        ("unit.name", "内蒙古晴川新材料有限公司", "内蒙古晴川新材料科技有限公司", False),
        ("unit.type", "绿色园区", "绿色工业园区", True),
        ("unit.type", "绿色供应链", "绿色供应链管理企业", True),
        ("unit.type", "绿色工厂", "绿色园区", False),
        ("contact.phone", "0472-5178206", "（0472）5178206", True),
        ("contact.phone", "+86 13800138000", "13800138000", True),
        ("contact.phone", "0472-5178206", "0472-5178207", False),
        ("contact.phone", "0472-5178206、13800138000", "13800138000、0472-5178206", True),
        ("org.code", "MA0N7K3Q-2", "ma0n7k3q2", True),
        ("org.code", "MA0N7K3Q2", "MA0N7K3Q3", False),
        ("unit.founded", "2017-04-12", "2017-04", True),
        ("unit.founded", "2017-04-12", "2017-05", False),
        ("contact.email", "Lvse@example.com", "lvse@EXAMPLE.com", True),
        ("unit.industry", "石墨及碳素制品制造（3091）", "C3091石墨及碳素制品制造", True),
        ("unit.industry", "石墨及碳素制品制造（3091）", "石墨及碳素制品制造", True),
        ("unit.industry", "石墨及碳素制品制造（3091）", "石墨及碳素制品制造（3099）", False),
        ("third_party.name", None, None, True),
        ("third_party.name", None, "某某认证公司", False),
    ],
)
def test_words(fact: str, one: str | None, other: str | None, agrees: bool) -> None:
    """spelling that carries no meaning is overlooked and nothing else is."""
    kind = load_vocabulary().facts[fact]
    assert compare(kind, words(one), words(other)).agrees is agrees
    assert compare(kind, words(other), words(one)).agrees is agrees


@given(st.text(), st.sampled_from(sorted(load_vocabulary().facts)))
def test_any_text_agrees_with_itself(text: str, fact: str) -> None:
    """whatever stands on a paper, it does not contradict itself."""
    assert compare(load_vocabulary().facts[fact], words(text), words(text)).agrees


@pytest.mark.parametrize(
    ("one", "other", "marked"),
    [
        (
            "内蒙古晴川新材料有限公司",
            "内蒙古晴川新材料科技有限公司",
            ("内蒙古晴川新材料有限公司", "内蒙古晴川新材料[科技]有限公司"),
        ),
        ("包头市砺川稀土有限公司", "包头市励川稀土有限公司", ("包头市[砺]川稀土有限公司", "包头市[励]川稀土有限公司")),
        ("甲（乙）公司", "甲(乙) 公司", ("甲（乙）公司", "甲(乙)公司")),
    ],
)
def test_difference_is_bracketed(one: str, other: str, marked: tuple[str, str]) -> None:
    """what differs between two names can be seen at a glance, and signs that fold alike are not marked."""
    assert difference(one, other) == marked


@given(st.text("甲乙丙丁（）()"), st.text("甲乙丙丁（）()"))
def test_difference_marks_exactly_when_names_differ(one: str, other: str) -> None:
    """there are brackets exactly when the names are not the same."""
    assert any("[" in text for text in difference(one, other)) == (fold_name(one) != fold_name(other))


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        (number("6.14"), "6.14万吨标煤"),
        (replace(number("6.14"), printed="6.14 万吨标煤"), "6.14 万吨标煤"),
        (words(None), "不适用"),
        (words("甲\n公司"), "甲 公司"),
    ],
)
def test_shown(fact: Fact, shown: str) -> None:
    """a bare number is quoted with its unit, and a unit that is printed is not doubled."""
    assert fact.shown == shown


def test_a_closer_statement_is_the_same() -> None:
    """a city and its district agree, two districts of it do not; a name that goes on is another name."""
    region = load_vocabulary().facts["unit.region"]
    name = load_vocabulary().facts["unit.name"]
    assert compare(region, words("包头市"), words("包头市青山区")).agrees
    assert not compare(region, words("包头市昆都仑区"), words("包头市青山区")).agrees
    assert not compare(name, words("包头市晴原钢铁"), words("包头市晴原钢铁有限公司")).agrees
