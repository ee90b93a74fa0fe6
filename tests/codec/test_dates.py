"""Dates and years."""

from __future__ import annotations

import pytest

from greenforms.codec import make
from greenforms.codec.date import date_from_serial


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022年5月12日", "2022-05-12"),
        ("2022 年 5 月 12 日", "2022-05-12"),
        ("二〇二二年五月十二日", "2022-05-12"),
        ("2022.5.12", "2022-05-12"),
        ("2022/5/12", "2022-05-12"),
        ("2022—5—12", "2022-05-12"),
        ("20220512", "2022-05-12"),
        ("２０２２年５月１２日", "2022-05-12"),
        ("2022年5月12号", "2022-05-12"),
        ("2022-05-12 00:00:00", "2022-05-12"),
        ("2022年五月十日", "2022-05-10"),
        ("二○二二年十月三十一日", "2022-10-31"),
        ("二零二二年二十月一日", None),
        ("2022年2月30日", None),
        ("2022年13月1日", None),
        ("2022年底", None),
        ("2021—2023年", None),
        ("上半年", None),
        ("壬寅年", None),
        ("22年5月12日", None),
        ("202205", None),
        ("2022.1", None),
        ("44693", None),
    ],
)
def test_day(text: str, value: str | None) -> None:
    """every spelling met is read, and what is no day is refused with a reason."""
    reading = make("date").parse(text)
    assert reading.value == value
    assert bool(reading.problems) == (value is None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022年05月", "2022-05"),
        ("2022.05", "2022-05"),
        ("2022年", "2022"),
        ("2022", "2022"),
        ("2022年5月  日", "2022-05"),
    ],
)
def test_partial(text: str, value: str) -> None:
    """a shorter date keeps its precision; it is reported unless the form asks for no more."""
    assert make("date").parse(text).value == value
    assert make("date").parse(text).problems
    assert make("date", precision="year").parse(text).value == value
    assert make("date", precision="year").parse(text).problems == ()


@pytest.mark.parametrize(
    "text",
    ["20  年  月  日", "    年  月  日", "二〇二  年    月    日", "202 年 月 日", "____年__月__日", "年 月", "20  年"],
)
def test_blank_patterns(text: str) -> None:
    """what the blank form prints is blank."""
    reading = make("date").parse(text)
    assert (reading.value, reading.problems) == (None, ())


def test_no_such_day_is_said() -> None:
    """a day the calendar has not is named so."""
    assert "日期不存在" in make("date").parse("2022年2月30日").problems[0].reason
    assert "日期不存在" in make("date").check("2022-02-30")[0].reason
    assert make("date").check("2022年5月1日")[0].suggestion == "2022-05-01"


def test_serial() -> None:
    """a worksheet's day count is converted on request and only offered in reading text."""
    assert date_from_serial("44693") == "2022-05-12"
    assert date_from_serial("44693.0") == "2022-05-12"
    assert date_from_serial("2022") is None
    assert make("date").parse("44693").problems[0].suggestion == "2022-05-12"


@pytest.mark.parametrize(
    ("value", "arabic", "chinese"),
    [
        ("2022-05-12", "2022年5月12日", "二〇二二年五月十二日"),
        ("2020-10-31", "2020年10月31日", "二〇二〇年十月三十一日"),
        ("2022-11-20", "2022年11月20日", "二〇二二年十一月二十日"),
        ("2022-05", "2022年5月", "二〇二二年五月"),
        ("2022", "2022年", "二〇二二年"),
        ("待定", "待定", "待定"),
    ],
)
def test_printed(value: str, arabic: str, chinese: str) -> None:
    """dates are printed without leading zeros, in digits or in characters."""
    assert make("date").format(value) == arabic
    assert make("date", style="chinese").format(value) == chinese


@pytest.mark.parametrize(
    ("text", "value", "wrong"),
    [
        ("2022", 2022, False),
        ("2022年", 2022, False),
        ("2022年度", 2022, False),
        ("二〇二二年", 2022, False),
        ("２０２２", 2022, False),
        ("20  年", None, False),
        ("22年", None, True),
        ("1899", None, True),
        ("二〇二二", 2022, False),
        ("近三年", None, True),
    ],
)
def test_year(text: str, value: int | None, wrong: bool) -> None:
    """a year is read with or without its suffix."""
    reading = make("year", suffix="年").parse(text)
    assert (reading.value, bool(reading.problems)) == (value, wrong)
    assert make("year").format(2022) == "2022"
