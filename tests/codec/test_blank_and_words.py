"""Blank places, signs for 不适用 and the 字 count."""

from __future__ import annotations

import pytest

from greenforms.codec import is_blank, is_null_sign
from greenforms.codec.words import count_words


@pytest.mark.parametrize("text", ["/", "／", "—", "——", "–", "-", "--", "－", "无", " 无 ", "无。", "不适用", "\n/\n"])
def test_null_signs(text: str) -> None:
    """the signs for 不适用 are known in every width."""
    assert is_null_sign(text)


@pytest.mark.parametrize("text", ["", "无锡", "0", "一", "12/13", "无违法记录", "________"])
def test_no_null_signs(text: str) -> None:
    """a value that merely contains such a sign is a value."""
    assert not is_null_sign(text)


def test_blank() -> None:
    """only white space, invisible characters and underscores are blank."""
    assert all(map(is_blank, ["", " \u3000\n", "\u200b", "____", "\uff3f"]))
    assert not any(map(is_blank, ["/", "无", "0", "□"]))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("绿色工厂", 4),
        ("绿 色\u3000工\n厂", 4),
        ("2022年，节能10%。", 12),
        ("LED灯", 4),
        ("", 0),
        ("𠮷", 1),
        ("绿\u200b色", 2),
    ],
)
def test_count_words(text: str, count: int) -> None:
    """every character counts once, white space and invisible characters never."""
    assert count_words(text) == count
