"""What a person wrote in a slot: hints left standing, spread names, the unit of the file's own heading."""

from __future__ import annotations

from decimal import Decimal

import pytest

from greenforms.form.tree import Leaf, leaves
from greenforms.read.take.values import read_text
from shipped import load_form


def leaf(form: str, pattern: str) -> Leaf:
    return next(each for each in leaves(load_form(form).root) if each.pattern == pattern)


BODY = leaf("he-2024/typical-experience", "/highlights/*/body")
NAME = leaf("he-2024/typical-experience", "/subject")
AREA = leaf("nm-2024/cultivation-plan", "/park/planned_area")
OWNERSHIP = leaf("nm-2022/supply-chain-self-evaluation", "/basics/ownership")
HINT = "围绕企业绿色发展的亮点二进行详细阐述。（200-400字，附相关图片，图文并茂）"


def test_hint_above_the_text() -> None:
    """this test ensures that a hint left standing, as printed or with a number in it, is no part of the value"""
    assert read_text(BODY, f"{HINT}\n正文。", "").value == "正文。"
    assert read_text(BODY, f"{BODY.blank}\n正文。", "").value == "正文。"


def test_hint_alone_is_blank() -> None:
    """this test ensures that a slot with nothing but its hint is blank"""
    assert read_text(BODY, HINT, "").blank


def test_words_behind_a_hint_are_kept() -> None:
    """this test ensures that a few words added to the hint on its line make it no hint"""
    assert read_text(BODY, f"{HINT}见附件。", "").value == f"{HINT}见附件。"


def test_text_like_a_hint_in_part_is_kept() -> None:
    """this test ensures that a first paragraph that merely resembles a hint stays"""
    text = "围绕企业绿色发展的亮点，公司做了以下工作。\n正文。"
    assert read_text(BODY, text, "").value == text


def test_one_box_of_many() -> None:
    """this test ensures that a row of boxes is blank only while none is ticked, however many there are"""
    assert read_text(OWNERSHIP, OWNERSHIP.blank, "").blank
    assert read_text(OWNERSHIP, OWNERSHIP.blank.replace("□ 民营", "■ 民营"), "").value == "民营"


@pytest.mark.parametrize(
    ("written", "meant"), [("王　工", "王工"), ("河 北 公 司", "河北公司"), ("甲公司 乙厂", "甲公司 乙厂")]
)
def test_spread_name(written: str, meant: str) -> None:
    """this test ensures that spaces between all single characters are layout, and other spaces are not"""
    assert read_text(NAME, written, "").value == meant


def test_unit_of_the_heading() -> None:
    """this test ensures that a figure under a heading of another unit is converted, and that this is reported"""
    read = read_text(AREA, "3650", "园区规划面积（公顷）：")
    assert read.value == Decimal("36.5")
    assert len(read.problems) == 1
    assert read_text(AREA, "36.5", "园区规划面积（平方公里）").problems == ()


def test_unit_of_the_cell_goes_first() -> None:
    """this test ensures that a unit written in the cell outweighs the one in the heading"""
    assert read_text(AREA, "36.5平方公里", "园区规划面积（公顷）").value == Decimal("36.5")
