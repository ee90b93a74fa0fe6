"""Every codec reads back what it prints."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenforms.codec import CODECS, Codec, make
from greenforms.errors import FormPackageError
from greenforms_extractors.folding import fold_prose
from strategies.codecs import VALUES, lines, paragraphs, values_for

BOUND: list[tuple[str, dict[str, Any]]] = [
    ("text", {}),
    ("paragraphs", {}),
    ("number", {}),
    ("number", {"unit": "万元", "decimals": 2}),
    ("number", {"decimals": 0}),
    ("percentage", {}),
    ("percentage", {"sign": True, "decimals": 2}),
    ("integer", {"unit": "家"}),
    ("quantity", {}),
    ("date", {}),
    ("date", {"style": "chinese"}),
    ("date", {"precision": "month"}),
    ("date", {"precision": "year", "style": "chinese"}),
    ("year", {}),
    ("year", {"suffix": "年"}),
    ("choice", {"choices": ["国家级", "省级"], "style": "boxes"}),
    ("choice", {"choices": ["是", "否"]}),
    ("choice", {"choices": ["有限责任公司（自然人独资）", "有限责任公司", "其他 (请注明)"], "style": "boxes"}),
    ("uscc", {}),
    ("orgcode", {}),
    ("phone", {}),
    ("phone", {"kind": "fax"}),
    ("email", {}),
    ("region", {}),
    ("region", {"province": "nmg"}),
    ("industry", {}),
    ("industry", {"code": "required"}),
]


def bound(case: tuple[str, dict[str, Any]]) -> Codec:
    return make(case[0], **case[1])


@pytest.mark.parametrize("case", BOUND, ids=lambda case: f"{case[0]}-{case[1]}")
@given(data=st.data())
def test_round_trip(case: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    """a valid value is acceptable, prints, and reads back as itself without a word."""
    codec = bound(case)
    value = data.draw(values_for(codec))
    assert codec.check(value) == ()
    reading = codec.parse(codec.format(value))
    assert (reading.value, reading.problems) == (value, ())


@pytest.mark.parametrize("case", BOUND, ids=lambda case: f"{case[0]}-{case[1]}")
@given(text=st.one_of(st.text(), lines(), st.text("0123456789年月日-./%□√国家级 一二十万()转@#", max_size=20)))
def test_any_text(case: tuple[str, dict[str, Any]], text: str) -> None:
    """no text makes a codec fail, what it reads can be printed, and what it reads without a word is acceptable."""
    codec = bound(case)
    reading = codec.parse(text)
    if reading.value is not None:
        codec.format(reading.value)
    if reading.value is not None and not reading.problems:
        assert codec.check(reading.value) == ()
        assert codec.parse(codec.format(reading.value)).value == reading.value


@pytest.mark.parametrize("case", BOUND, ids=lambda case: f"{case[0]}-{case[1]}")
@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\n", "\u200b", "____"])
def test_blank(case: tuple[str, dict[str, Any]], blank: str) -> None:
    """blank text is no value and no problem."""
    reading = bound(case).parse(blank)
    assert (reading.value, reading.problems) == (None, ())


@given(st.one_of(lines(), paragraphs()))
def test_strategy_is_in_normal_form(text: str) -> None:
    """the texts the strategies give are what folding leaves alone."""
    assert fold_prose(text) == text


def test_every_codec_has_a_strategy() -> None:
    """no codec goes without values to test it by."""
    assert set(VALUES) == set(CODECS)
    assert {name for name, _ in BOUND} | {"pictures"} == set(CODECS)


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("numbr", {}, "numbr"),
        ("number", {"digits": 2}, "digits"),
        ("choice", {}, "choices"),
        ("choice", {"choices": ["省级", "省 级"]}, "重复"),
        ("choice", {"choices": ["□省级"]}, "勾选符号"),
        ("choice", {"choices": ["省级"], "aliases": {"自治区级": "区级"}}, "区级"),
        ("region", {"province": "xx"}, "xx"),
    ],
)
def test_wrong_binding(name: str, options: dict[str, Any], says: str) -> None:
    """a codec or option that does not exist is reported as an error of the form package."""
    with pytest.raises(FormPackageError, match=says):
        make(name, **options)
