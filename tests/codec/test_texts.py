"""Text, paragraphs and pictures."""

from __future__ import annotations

import pytest

from greenforms.codec import make


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("内蒙古\n某某公司", "内蒙古某某公司"),
        ("Green\nFactory Co.,\nLtd", "Green Factory Co., Ltd"),
        ("ABC-\nDEF", "ABC-DEF"),
        ("2022\n001", "2022001"),
        ("　张　三 ", "张三"),
        ("张三 李四", "张三 李四"),
        ("王 䶮 〇 𠮷", "王䶮〇𠮷"),
        ("a\tb", "a b"),
        ("A & B <公司>", "A & B <公司>"),
        ("甲\r\n乙", "甲乙"),
    ],
)
def test_one_line(text: str, value: str) -> None:
    """line breaks of a narrow cell are undone and nothing else is lost."""
    assert make("text").parse(text).value == value


def test_paragraphs() -> None:
    """paragraphs are kept, without their indents and without blank lines."""
    assert make("paragraphs").parse("\n　　第一段 \r\n\n  第二段\n").value == "第一段\n第二段"


@pytest.mark.parametrize(
    ("value", "printed", "named"),
    [
        ("甲\x00乙", "甲␀乙", "U+0000"),
        ("甲\x7f", "甲␡", "U+007F"),
        ("甲\n乙", "甲␊乙", "换行"),
        ("甲\x85", "甲\ufffd", "U+0085"),
    ],
)
def test_control_characters(value: str, printed: str, named: str) -> None:
    """a control character is drawn and reported, not swallowed."""
    codec = make("text")
    assert codec.format(value) == printed
    assert named in codec.check(value)[0].reason


def test_line_breaks_are_text_where_allowed() -> None:
    """line breaks of a multi-line value are printed as they are."""
    assert make("paragraphs").format("甲\n乙") == "甲\n乙"
    assert make("paragraphs").check("甲\n乙") == ()


def test_only_white_space_is_reported() -> None:
    """a value of white space is reported in every text codec."""
    assert make("text").check(" ")
    assert make("paragraphs").check("\n \n")


def test_pictures() -> None:
    """pictures print and read their captions; a picture without a file is reported."""
    codec = make("pictures")
    value = [{"file": "a.jpg", "caption": "光伏屋顶"}, {"file": "b.jpg"}, {"file": "", "caption": "厂区"}]
    assert codec.format(value) == "光伏屋顶\n厂区"
    assert codec.parse("光伏屋顶\n\n 厂区").value == [{"caption": "光伏屋顶"}, {"caption": "厂区"}]
    assert codec.parse("  ").value is None
    assert [problem.reason for problem in codec.check(value)] == ["第3张图片没有写文件名"]


@pytest.mark.parametrize(
    ("value", "named"), [("张\ue4c6", "U+E4C6"), ("王\ufffd", "U+FFFD"), ("\U000f0000", "U+F0000")]
)
def test_lost_characters(value: str, named: str) -> None:
    """a character nobody can know the meaning of is read, and doubted; in data it is reported."""
    for codec in (make("text"), make("paragraphs")):
        reading = codec.parse(value)
        assert reading.value == value
        assert named in reading.problems[0].reason
        assert named in codec.check(value)[0].reason
