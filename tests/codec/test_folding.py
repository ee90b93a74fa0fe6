"""Folding of widths and look-alike characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenforms_extractors.folding import fold_code, fold_dashes, fold_label, fold_prose, without_space


@pytest.mark.parametrize("text", ["10⁴", "m²", "①", "，", "℃", "（", "㎡", "kW·h", "镕堃喆", "“\u2018—…”"])
def test_prose_keeps_meaning(text: str) -> None:
    """running text keeps the characters that NFKC would change."""
    assert fold_prose(text) == text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢａ１２", "ABa12"),
        ("张\u3000三", "张 三"),
        ("\u2f2f业", "工业"),
        ("\u2fd5", "龠"),
        ("\u2ea0营\u2ed3\u2ed8\u2ecb", "民营长青车"),
        ("\uf9e9程\ufa17", "里程益"),
        ("\ufeff绿\u200b色\u00ad", "绿色"),
        ("\u202a绿\u202c\u2066色\u2069\u2060工\ufe0f厂\U000e0100\u2063", "绿色工厂"),
        ("e\u200d\u0301", "é"),
    ],
)
def test_prose_folds(text: str, folded: str) -> None:
    """full-width digits and letters, Kangxi radicals and invisible characters are folded."""
    assert fold_prose(text) == folded


@given(st.text())
def test_folding_settles(text: str) -> None:
    """folding twice is folding once."""
    for fold in (fold_prose, fold_code, fold_dashes, fold_label, without_space):
        assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("总资产（万元）", "总资产\n(万元)："),
        ("传真\n号码", "传真号码:"),
        ("绿色工厂〔2022〕", "绿色工厂(2022)"),
        ("电 子 邮 箱", "电子邮箱、"),
        ("建筑面积（㎡）", "建筑面积(m²)"),
    ],
)
def test_labels_agree(one: str, other: str) -> None:
    """spellings of one label fold to the same text."""
    assert fold_label(one) == fold_label(other)


def test_label_keeps_unit() -> None:
    """labels that differ only in the unit stay different."""
    assert fold_label("总资产（万元）") != fold_label("总资产（元）") != fold_label("总资产")


def test_code() -> None:
    """codes are folded to half width, radicals to characters, and dashes only on request."""
    assert fold_code("\u2ea0\u2f2f") == "民工"
    assert fold_code("ＡＢ2Ｘ０２—０") == "AB2X02—0"
    assert fold_dashes("0471－490–1234—1−2") == "0471-490-1234-1-2"
