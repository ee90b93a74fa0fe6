"""Boxes and ticks."""

from __future__ import annotations

import pytest

from greenforms.codec import make
from greenforms.errors import FormPackageError

LEVEL = make("choice", choices=["国家级", "省级"], style="boxes", aliases={"自治区级": "省级"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("□ 国家级 ■ 省级", "省级"),
        ("□ 国家级■ 省级", "省级"),
        ("☑ 国 家 级  ☐ 省 级", "国家级"),
        ("○国家级 ●省级", "省级"),
        ("国家级□ 省级√", "省级"),
        ("国家级√ 省级", "国家级"),
        ("国家级√\n省级", "国家级"),
        ("国家级 √省级", "省级"),
        ("√国家级", "国家级"),
        ("国家级√", "国家级"),
        ("□国家级 √省级", "省级"),
        ("□国家级√ □省级", "国家级"),
        ("□国家级 √□省级", "省级"),
        ("□国家级 □√省级", "省级"),
        ("□国家级  □省级√", "省级"),
        ("√ □国家级 □省级", "国家级"),
        ("□国家级 □自治区级√", "省级"),
        ("（√）国家级（ ）省级", "国家级"),
        ("国家级（√）省级（）", "国家级"),
        ("口国家级 ☑省级", "省级"),
        ("\uf0fe国家级 \uf0a8省级", "国家级"),
        ("国家级", "国家级"),
        ("自治区级", "省级"),
        ("□ 国家级 □ 省级", None),
        ("口国家级 口省级", None),
    ],
)
def test_read(text: str, value: str | None) -> None:
    """marks before, behind and beside the options are understood; no mark is blank."""
    reading = LEVEL.parse(text)
    assert (reading.value, reading.problems) == (value, ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("■国家级 ■省级", "同时勾选"),
        ("国家级✓ 省级✓", "同时勾选"),
        ("国家级√省级", "看不出"),
        ("□国家级√□省级", "看不出"),
        ("□国家级 √ □省级", "看不出"),
        ("√", "看不出"),
        ("国家级 省级", "没有标明"),
        ("不是国家级", "不是可选"),
        ("市级", "不是可选"),
    ],
)
def test_refused(text: str, says: str) -> None:
    """what could mean either option gives no value."""
    reading = LEVEL.parse(text)
    assert reading.value is None
    assert says in reading.problems[0].reason


def test_text_beside_the_options() -> None:
    """text that is no option is reported beside the choice."""
    reading = LEVEL.parse("□国家级 ■省级 2022年")
    assert reading.value == "省级"
    assert "“2022年”" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("省级（2021年）", "（2021年）"),
        ("省级(第六批)", "(第六批)"),
        ("省级，2021年", "，2021年"),
        ("省级 2021", "2021"),
    ],
)
def test_remark_behind_a_word(text: str, rest: str) -> None:
    """a bracket or a year behind the one option does not hide it, and is told."""
    reading = LEVEL.parse(text)
    assert reading.value == "省级"
    assert f"“{rest}”" in reading.problems[0].reason


def test_longer_options_first() -> None:
    """an option that contains another is read whole."""
    codec = make("choice", choices=["级", "省级", "副省级"], style="boxes")
    assert codec.parse("□ 级 □ 省级 ■ 副省级").value == "副省级"


def test_printed_and_checked() -> None:
    """all options are printed in order, and a foreign value is printed and reported."""
    assert LEVEL.format("省级") == "□ 国家级 ■ 省级"
    assert LEVEL.format("市级") == "□ 国家级 □ 省级 市级"
    assert LEVEL.check("自治区级")[0].suggestion == "省级"
    assert make("choice", choices=["是", "否"]).format("是") == "是"


OWNERSHIP = make(
    "choice",
    choices=["国有", "民营", "外资"],
    style="boxes",
    groups={"内资": ["国有", "民营"]},
    aliases={"民营企业": "民营"},
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("内资（□ 国有 ■ 民营） □ 外资", "民营"),
        ("内资(□国有 ☑民营)□外资", "民营"),
        ("☑内资（□国有 ☑民营） □外资", "民营"),
        ("□内资（□国有 □民营） ☑外资", "外资"),
        ("内资（民营企业）", "民营"),
        ("民营", "民营"),
        ("内资（□ 国有 □ 民营） □ 外资", None),
    ],
)
def test_options_in_groups(text: str, value: str | None) -> None:
    """options under a heading are read with their heading, ticked or not, and without it."""
    reading = OWNERSHIP.parse(text)
    assert reading.value == value
    assert reading.problems == ()


def test_heading_ticked_alone() -> None:
    """a tick at the heading alone chooses none of its options, and says so."""
    reading = OWNERSHIP.parse("■内资（□国有 □民营） □外资")
    assert reading.value is None
    assert "只勾选了“内资”" in reading.problems[0].reason


def test_groups_printed_and_refused() -> None:
    """a group is printed in brackets behind its heading; one whose options do not follow each other is refused."""
    assert OWNERSHIP.format("国有") == "内资（■ 国有 □ 民营） □ 外资"
    with pytest.raises(FormPackageError, match="内资"):
        make("choice", choices=["国有", "外资", "民营"], groups={"内资": ["国有", "民营"]})
