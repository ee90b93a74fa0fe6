"""Lines of a page joined to paragraphs."""

from __future__ import annotations

import pytest

from greenforms_extractors.text_lines import Line, runs_of, without_page_numbers


@pytest.mark.parametrize(
    ("following", "joined"),
    [("vH ;_悝h举、06", "乏东 不vH ;_悝h举、06"), ("vH 悝h举、06", "乏东 不\nvH 悝h举、06")],
)
def test_signs_that_begin_no_line(following: str, joined: str) -> None:
    """this test ensures that a word goes to the next line with the sign behind it, which may not begin a line, and that
    one that had room was put there by hand
    """
    keys = frozenset({11})
    lines = [
        Line("乏东 不", (173.0, 586.9, 282.1, 597.4), 10.5, keys),
        Line(following, (173.0, 600.6, 248.0, 611.1), 10.5, keys),
    ]
    assert [run.text for run in runs_of(lines, 173.0, 299.0, keeps_spaces=False)] == [joined]


#: A line that ends at the right edge, and what may stand on the next.
FULL = "公司用水用电减少，产品能耗下降，生产更加清洁有限制"


@pytest.mark.parametrize(
    ("first", "second", "parted"),
    [
        ("2.", "3.2024年产品能耗下降", True),
        ("2．", "3．产品能耗下降", True),
        ("（一）", "（二）产品能耗下降", True),
        ("三、", "四、产品能耗下降", True),
        ("2.", "4.产品能耗下降", False),
        ("2.", "3.5万吨产品下线", False),
        ("（1）", "2.产品能耗下降", False),
        ("", "3.2024年产品能耗下降", False),
    ],
)
def test_numbered_lines_without_tags(first: str, second: str, parted: bool) -> None:
    """this test ensures that a line with the next number begins a paragraph though the line before it is full"""
    lines = [
        Line(f"{first}{FULL}", (72.0, 100.0, 500.0, 116.0), 16.0),
        Line(second, (72.0, 124.0, 300.0, 140.0), 16.0),
    ]
    texts = [run.text for run in runs_of(lines, 72.0, 505.0, keeps_spaces=False)]
    assert texts == ([line.text for line in lines] if parted else [f"{lines[0].text}{second}"])


def test_numbered_line_on_the_next_page() -> None:
    """this test ensures that the next number begins a paragraph on the next page as well"""
    one, other = (
        next(runs_of([Line(text, (72.0, 100.0, right, 116.0), 16.0)], 72.0, 505.0, keeps_spaces=False))
        for text, right in ((f"2.{FULL}", 500.0), ("3.2024年产品能耗下降", 300.0))
    )
    assert one.full
    assert other.flush
    assert not one.goes_on_in(other)


@pytest.mark.parametrize(("begins", "goes_on"), [(72.0, True), (380.0, False)])
def test_line_at_the_right_edge(begins: float, goes_on: bool) -> None:
    """this test ensures that the date below a signature does not go on in the heading of the next page"""
    one, other = (
        next(runs_of([Line(text, (left, 100.0, 500.0, 116.0), 16.0)], 72.0, 505.0, keeps_spaces=False))
        for text, left in (("日期：2025年1月17日", begins), ("附表：指标计算所用数据", 72.0))
    )
    assert one.goes_on_in(other) == goes_on


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (["目 录", "一、概述 ........ 1", "二、结论......3", "一、概述"], ["目 录", "一、概述"]),
        (
            ["目录", "一、概述 1", "二、评价过程和", "方法 12", "一、概述", "正文"],
            ["目录", "一、概述", "正文"],
        ),
        (["四、建议………4", "五、附件………5", "六、清单………9", "一、概述"], ["一、概述"]),
        (["目录", "一、概述 3", "七、证明材料9", "一、概述"], ["目录", "一、概述"]),
        (["目录", "一、概述 3", "二、结论 1", "正文"], ["目录", "二、结论 1", "正文"]),
        (["面积......12", "产量......3", "人数......40"], ["面积......12", "产量......3", "人数......40"]),
        (["面积............120"], ["面积............120"]),
    ],
)
def test_table_of_contents(lines: list[str], left: list[str]) -> None:
    """this test ensures that entries of a table of contents are no text of the paper, and fill lines of dots are"""
    tops = [100.0 + 20 * number for number in range(len(lines))]
    made = [Line(text, (72.0, top, 500.0, top + 14.0), 14.0) for text, top in zip(lines, tops, strict=True)]
    assert [line.text for line in without_page_numbers(made, 842.0)] == left
