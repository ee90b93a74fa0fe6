"""Expressions of formulas: what they may hold, and that they come out exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenforms.codec.dimension import DifferentKindError, Dimension
from greenforms.codec.units import measure
from greenforms.fact.expression import ExpressionError, parse
from greenforms.fact.precision import Interval

NUMBERS = st.fractions(min_value=Fraction(1, 1000), max_value=10**6)


def exactly(number: Fraction) -> Interval:
    return Interval(number, number)


def value(text: str, **names: Fraction | int | tuple[int, ...]) -> Fraction:
    given_: dict[str, Interval | tuple[Interval, ...]] = {
        name: tuple(exactly(Fraction(each)) for each in said) if isinstance(said, tuple) else exactly(Fraction(said))
        for name, said in names.items()
    }
    found = parse(text).evaluate(given_, exactly)
    assert found.least == found.most
    return found.least


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("0.1229 * 10", Fraction(1229, 1000)),
        ("1 / 3 * 3", 1),
        ("8 - 3 - 2", 3),
        ("clamp(7 / 5)", 1),
        ("clamp(1 - 2)", 0),
        ("1 if 2 <= 2 else 1 / 0", 1),
        ("5 if 3 <= 2 else 4", 4),
    ],
)
def test_arithmetic_is_exact(text: str, expected: Fraction | int) -> None:
    """This test ensures precedence, decimals without binary fractions, and that the other branch is never looked at."""
    assert value(text) == expected


def test_functions_over_rows() -> None:
    """This test ensures that sums and minima run over rows, beside names that have none."""
    assert value("100 / n * sum(a * b)", n=4, a=(1, 2, 3), b=(4, 5, 6)) == 800
    assert value("min((l - c) / l)", l=(10, 20), c=(5, 18)) == Fraction(1, 10)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('x')",
        "a.b",
        "a ** 9",
        "a[0]",
        "'x'",
        "True",
        "sum(sum(a))",
        "sum(a, b)",
        "print(a)",
        "a if b < c else d",
        "-a",
        "a if b else c",
        "lambda: 1",
        "a +",
        "",
        "(" * 300 + "1" + ")" * 300,
        "a + " * 200 + "a",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """This test ensures that an expression can do nothing but calculate."""
    with pytest.raises(ExpressionError):
        parse(text)


@given(NUMBERS, NUMBERS, st.fractions(0, Fraction(1, 2)))
def test_an_interval_holds_what_its_numbers_give(one: Fraction, other: Fraction, half: Fraction) -> None:
    """This test ensures that what is calculated with printed figures lies where intervals say it lies."""
    expression = parse("a / (a + b) - clamp(a * b)")
    around = {"a": Interval(one - half * one, one + half * one), "b": Interval(other - half * other, other)}
    limits = expression.evaluate(around, exactly)
    for a in (one, one - half * one, one + half * one):
        for b in (other, other - half * other):
            found = expression.evaluate({"a": exactly(a), "b": exactly(b)}, exactly)
            assert limits.least <= found.least <= limits.most


def kind(text: str, **units: str) -> Dimension:
    return parse(text).evaluate({name: measure(unit)[1] for name, unit in units.items()}, lambda _: Dimension({}))


def test_kinds_of_quantity() -> None:
    """This test ensures that standard coal per product is one, whatever the units, and energy is no standard coal."""
    assert kind("e / q", e="万吨标煤", q="吨") == measure("kgce/t")[1]
    assert kind("e * k", e="万kWh", k="kgce/kWh") == measure("吨标准煤")[1]
    assert kind("a / (a + b)", a="吨", b="千克") == measure("%")[1]
    with pytest.raises(DifferentKindError):
        kind("a + b", a="kWh", b="kgce")
    with pytest.raises(DifferentKindError):
        kind("clamp(a)", a="吨")


def test_an_expression_as_people_write_it() -> None:
    """This test ensures signs of arithmetic as printed, and figures in the places of names."""
    assert parse("a / (a + b) * 1.5").shown() == "a÷(a+b)×1.5"
    assert parse("a / (a + b)").shown({"a": "92", "b": "8"}) == "92÷(92+8)"
    assert parse("1 if x <= 0 else l / x").shown() == "l÷x（x≤0时取1）"
