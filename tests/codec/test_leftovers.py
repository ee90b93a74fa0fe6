"""What other programs leave where nothing was filled in, and what stands for the text above."""

from __future__ import annotations

import pytest

from greenforms.codec.leftover import is_ditto, leftover, without_fill_lines


@pytest.mark.parametrize(
    "text",
    [
        "{{ enterprise.name }}", "{%tr endfor %}", "${ownership}", "#{name}", "<%= name %>", "«产品名称»", "{{a}}{{b}}",
        "null", "NULL", " None ", "NaN", "undefined", "(null)", "<NA>", "\\N", "[object Object]",
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "Err:502", "########",
        '=DISPIMG("ID_1",1)', '_xlfn.DISPIMG("ID_1",1)', "=VLOOKUP(A1,B:C,2,0)",
        "单击或点击此处输入文字。", "点击此处输入文字", "选择一项。", "Click or tap here to enter text.",
    ],
)  # fmt: skip
def test_whole(text: str) -> None:
    """a text of nothing else is no answer."""
    left = leftover(text)
    assert left is not None
    assert left.whole


def test_tag_inside() -> None:
    """a tag inside a text that somebody wrote is pointed out, and the text stays."""
    left = leftover("由{{ 部门 }}负责")
    assert left is not None
    assert (left.text, left.whole) == ("{{ 部门 }}", False)


@pytest.mark.parametrize(
    "text", ["", "无", "/", "N/A", "零", "南宁NANO公司", "《规划》", "A#1炉", "=1", "请示上级", "$5"]
)
def test_answers(text: str) -> None:
    """what people write is left alone."""
    assert leftover(text) is None


@pytest.mark.parametrize("text", ["同上", "同 上", "同上。", "（同上）", "〃", "″", '"', "”", "——〃——", "''"])
def test_ditto(text: str) -> None:
    """同上 and its marks are known."""
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["", "同上海", "5″", "-", "“绿色”", "上"])
def test_no_ditto(text: str) -> None:
    """a text that merely holds such a mark is a text."""
    assert not is_ditto(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [("__x__", "__x__"), ("____张三____", "张三"), ("\uff3f\uff3f\uff3f张", "张"), ("____", "____")],
)
def test_fill_lines(text: str, bare: str) -> None:
    """underscores to be written on are no part of what was written; a line alone stays, for it is blank."""
    assert without_fill_lines(text) == bare
