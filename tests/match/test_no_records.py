"""Rows that stand in a list and are none of its records, and rows that only look like such."""

from __future__ import annotations

import pytest
from sketch import document, grid, label, layout, table, text, unread, values

from greenforms_extractors.match.result import Doubt, NoRecord
from greenforms_extractors.match.take import match

HEADING = ["序号", "年份", "名称", "级别", "备注"]
ROSTER = layout(table(grid("年份", "名称", "级别", "备注", numbers=("年份",))))
POSTS = layout(table(grid("职务", "姓名", "电话")))


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["", "合计", "", "12家", ""], NoRecord.TOTAL),
        (["12", "合计（万元）：120.5", "", "", ""], NoRecord.TOTAL),
        (["", "赤峰市小计", "", "3", ""], NoRecord.TOTAL),
        (["栏次", "1", "2", "3", "4"], NoRecord.COLUMN_NUMBERS),
        (["甲", "乙", "1", "2", "3=1+2"], NoRecord.COLUMN_NUMBERS),
        (["例", "2025", "某某公司", "国家级", ""], NoRecord.EXAMPLE),
        (["1", "2025", "（示例）某某公司", "国家级", ""], NoRecord.EXAMPLE),
        ([("审核人：贺明远　　填表人：苏晓萌", 1, 5)], NoRecord.CLOSING),
        (["单位负责人", "贺明远", "填表人", "苏晓萌", ""], NoRecord.CLOSING),
        (["填报单位（盖章）：", "某某局", "", "", ""], NoRecord.CLOSING),
        ([("注：1.年份指列入名单的年份。", 1, 5)], NoRecord.NOTE),
        (["", "（四位数字）", "（全称）", "（三选一）", ""], NoRecord.NOTE),
        ([("二、绿色园区", 1, 5)], NoRecord.HEADLINE),
    ],
)
def test_no_record(row: list[str | tuple[str, int, int]], kind: NoRecord) -> None:
    """this test ensures that such a row is told for what it is and is no item"""
    result = match(ROSTER, document([HEADING, row, ["1", "2025", "甲公司", "国家级", ""]]))
    assert values(result) == {
        "/rows/0/年份": "2025", "/rows/0/名称": "甲公司", "/rows/0/级别": "国家级", "/rows/0/备注": "",
    }  # fmt: skip
    assert [each.row for each in result.unread] == [kind]


@pytest.mark.parametrize(
    "row",
    [
        ["1", "2025", "合计机械有限公司", "国家级", "合计用能2万吨"],
        [
            "1",
            "2025",
            "甲公司",
            "国家级",
            "例如余热回收、光伏发电、循环用水这些做法都在厂区内推广，节能降耗的成效已经看得出来了",
        ],
        ["1", "2025", "单位", "国家级", "联系电话：0471-1234567"],
        ["1", "1", "2", "3", "5"],
        ["1", "2025", "（原）甲公司（集团）", "（国家级）", "备注"],
    ],
)
def test_record_all_the_same(row: list[str]) -> None:
    """this test ensures that a record is no total, example or closing line for a word in it"""
    result = match(ROSTER, document([HEADING, row]))
    assert [each.row for each in result.unread] == []
    assert values(result)["/rows/0/名称"] == row[2]


def test_list_of_posts() -> None:
    """this test ensures that 负责人 in a list of people is somebody's post"""
    result = match(POSTS, document([["职务", "姓名", "电话"], ["负责人", "贺明远", "1"], ["联系人", "苏晓萌", "2"]]))
    assert values(result)["/rows/1/姓名"] == "苏晓萌"


@pytest.mark.parametrize(
    ("numbers", "doubts"),
    [
        ("123", []),
        ("234", [Doubt.BEGINS_LATE]),
        ("124", [Doubt.NUMBERS_JUMP]),
        ("122", [Doubt.NUMBERS_REPEAT]),
        ("1214", [Doubt.NUMBERS_REPEAT, Doubt.NUMBERS_JUMP]),
    ],
)
def test_numbers(numbers: str, doubts: list[Doubt]) -> None:
    """this test ensures that numbers that do not count on from one are told, each kind once"""
    rows = [[number, "2025", "甲", "国家级", ""] for number in numbers]
    assert [remark.doubt for remark in match(ROSTER, document([HEADING, *rows])).remarks] == doubts


def test_numbers_begin_anew_in_the_next_part() -> None:
    """this test ensures that each table of a list may count for itself"""
    part = [HEADING, ["1", "2025", "甲", "国家级", ""], ["2", "2025", "乙", "国家级", ""]]
    assert match(ROSTER, document(part, "续", part)).remarks == ()


PAPER = layout(text(*(label(name, f"/{name}") for name in ("名称", "地址", "电话", "邮箱", "日期"))))
LINES = ["名称：甲", "地址：乙", "电话：1", "邮箱：a", "日期：今日"]


def test_second_paper() -> None:
    """this test ensures that a second paper is told and nothing of it fills gaps of the first"""
    first = [line for line in LINES if not line.startswith("邮箱")]
    result = match(PAPER, document(*LINES, *(line.replace("甲", "丙") for line in LINES)))
    assert values(result)["/名称"] == "甲"
    assert [remark.doubt for remark in result.remarks] == [Doubt.SECOND_PAPER]
    assert match(PAPER, document(*first, "名称：又及")).remarks == ()


def test_run_on_label() -> None:
    """this test ensures that a value ends where a label begins that comes next and has no other place"""
    result = match(PAPER, document("名称：甲 地址：乙电话：1", "邮箱：a", "日期：今日"))
    assert values(result) == {"/名称": "甲", "/地址": "乙", "/电话": "1", "/邮箱": "a", "/日期": "今日"}
    assert unread(result) == []
    kept = match(PAPER, document("名称：甲 地址：乙", *LINES[1:]))
    assert values(kept)["/名称"] == "甲 地址：乙"
