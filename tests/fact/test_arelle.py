"""Figures agree and add up as XBRL has it: the verdicts of Arelle, kept in arelle.json (make arelle), are ours."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from fact.xbrl_figures import COUNT, Figure, addition, pair
from greenforms.fact.precision import Agreement, Printed, adds_up_when_cut, agreement, interval, is_cut, printed

VERDICTS = json.loads((Path(__file__).parent / "arelle.json").read_text("utf-8"))


def figure(one: Figure) -> Printed:
    return printed(*one)


def rounded(number: int) -> bool:
    one, other = pair(number)
    return agreement(figure(one), figure(other)) is Agreement.EQUAL


def cut(number: int) -> bool:
    one, other = sorted(map(figure, pair(number)), key=lambda each: each.step)
    return one.value == other.value if one.step == other.step else is_cut(one, other)


def adds_up(number: int) -> bool:
    parts, total = addition(number)
    bounds = [interval(figure(each)) for each in parts]
    return sum(bounds[1:], bounds[0]).meets(interval(figure(total)))


def adds_up_cut(number: int) -> bool:
    parts, total = addition(number)
    return adds_up_when_cut([figure(each) for each in parts], figure(total))


@pytest.mark.parametrize(
    ("kind", "ours"),
    [("pairs_rounded", rounded), ("pairs_cut", cut), ("sums_rounded", adds_up), ("sums_cut", adds_up_cut)],
)
def test_no_verdict_differs(kind: str, ours) -> None:
    """of ten thousand pairs and sums none is judged otherwise than Arelle judges it, in either way of shortening."""
    theirs = VERDICTS[kind]
    assert [number for number in range(COUNT) if ours(number) is not (theirs[number] == "e")] == []
    assert len(theirs) == COUNT
    assert min(theirs.count("e"), theirs.count("d")) > COUNT // 10


def test_a_cut_off_figure_differs_when_rounded() -> None:
    """what agrees only by cutting off is told as that: different when rounded, the same when cut."""
    one, other = printed(Decimal("1.26")), printed(Decimal("1.2"))
    assert agreement(one, other) is Agreement.CUT
    assert is_cut(one, other)
    assert agreement(printed(Decimal("1.25")), other) is Agreement.EQUAL
    assert interval(other).least == Fraction(115, 100)
