"""Labels as people write them, and where their values stand."""

from __future__ import annotations

import pytest
from sketch import digits_only, document, label, layout, table, text, unread, values

from greenforms_extractors.match.flow import Flow
from greenforms_extractors.match.layout import Label, Slot
from greenforms_extractors.match.take import match

CONTACT = layout(text(label("联系人：", "/name"), label("联系电话：", "/phone"), label("（单位公章）", "/date")))


@pytest.mark.parametrize(
    "line",
    [
        "联系人：王工",
        "联 系 人 ：王工",
        "联系人:王工",
        "1.联系人：王工",
        "（一）联系人：王工",
        "【联系人】王工",
        "联系人（处室）：王工",
    ],
)
def test_spellings_of_a_label(line: str) -> None:
    """this test ensures that spaces, widths, numbers, brackets and a remark do not hide a label"""
    assert values(match(CONTACT, document(line, "联系电话：0471-4901234")))["/name"] == "王工"


def test_two_labels_on_one_line() -> None:
    """this test ensures that a second label behind a gap ends the first one's value"""
    result = match(CONTACT, document("联系人：王工　　联系电话：0471-4901234（单位公章）2024年7月1日"))
    assert values(result) == {"/name": "王工", "/phone": "0471-4901234", "/date": "2024年7月1日"}
    assert unread(result) == []


def test_label_in_prose_is_no_label() -> None:
    """this test ensures that a paragraph cut at what looks like a label comes together again unchanged"""
    plan = layout(text(label("联系人：", "/name"), Label("一、做法", (), (Slot("/how", "", flow=Flow.PARAGRAPHS),))))
    prose = "公示时写明：\n联系人：某科室，以便群众监督。"
    result = match(plan, document("联系人：王工", "一、做法", prose))
    assert values(result)["/how"] == prose


def test_lines_of_their_own_below_a_longer_text() -> None:
    """this test ensures that a text of several paragraphs leaves the last lines to the one-line fields behind it"""
    below = (Slot("/list", "", flow=Flow.PARAGRAPHS), Slot("/name", ""), Slot("/date", "", accepts=digits_only))
    plan = layout(text(Label("附件：", (), below), label("联系人：", "/contact")))
    signed = match(plan, document("附件：1.名单", "2.报告", "", "甲局", "20250318", "（此件公开发布）", "联系人：王工"))
    assert values(signed)["/list"] == "1.名单\n2.报告"
    assert (values(signed)["/name"], values(signed)["/date"]) == ("甲局", "20250318")
    assert unread(signed) == ["（此件公开发布）"]


def test_heading_run_into_the_text_before() -> None:
    """this test ensures that a numbered heading at the end of a full line is found, as PDF readers deliver it"""
    one, two = (Label(name, (), (Slot(f"/{name}", name, flow=Flow.PARAGRAPHS),)) for name in ("一、思路", "二、目标"))
    result = match(layout(text(one, two)), document("一、思路", "以节能改造为主线。二、目标\n到2027年达标。"))
    assert values(result) == {"/一、思路": "以节能改造为主线。", "/二、目标": "到2027年达标。"}


def test_unit_in_the_label_is_no_value() -> None:
    """this test ensures that a bracket behind a label belongs to the label, and the value beside it is taken"""
    form = layout(
        table(label("规划面积（平方公里）", "/area", cell=True), label("已建成面积（平方公里）", "/built", cell=True))
    )
    result = match(form, document([["规划面积（公顷）", "3650", "已建成面积（公顷）：", "1820"]]))
    assert values(result) == {"/area": "3650", "/built": "1820"}
    assert result.found[0].label == "规划面积（公顷）"


def test_printed_label_keeps_its_unit_in_running_text() -> None:
    """this test ensures that the label of a line is reported as the file prints it, unit included"""
    form = layout(text(label("规划面积（平方公里）", "/area")))
    (found,) = match(form, document("规划面积（公顷）：3650")).found
    assert (found.raw, found.label) == ("3650", "规划面积（公顷）：")


@pytest.mark.parametrize("heading", ["一、企业基本情况", "一、单位的基本情况", "一、 单位基本情况"])
def test_numbered_heading_slightly_changed(heading: str) -> None:
    """this test ensures that a chapter is known by its number and most of its words"""
    form = layout(text(label("一、单位基本情况", "/one"), label("二、创建思路", "/two")))
    assert values(match(form, document(heading, "甲", "二、创建思路", "乙"))) == {"/one": "甲", "/two": "乙"}


def test_other_number_is_another_heading() -> None:
    """this test ensures that a heading of the same words under another number is not taken for it"""
    form = layout(text(label("一、单位基本情况", "/one"), label("二、创建思路", "/two")))
    assert "/one" not in values(match(form, document("三、单位基本情况", "甲", "二、创建思路", "乙")))


def test_numeral_in_figures() -> None:
    """this test ensures that 亮点1 is read as 亮点一, and 亮点2 is not"""
    form = layout(text(label("亮点一：", "/one"), label("亮点二：", "/two")))
    assert values(match(form, document("亮点1：甲", "亮点2、乙"))) == {"/one": "甲", "/two": "乙"}


def test_title_on_two_lines_under_the_name() -> None:
    """this test ensures that who a paper is from is read from the line above its title, and a broken title is found"""
    form = layout(text(label("典型经验报告", before="/subject"), label("创建\n工作方案"), label("日期：", "/date")))
    result = match(form, document("某某公司", "典型经验报告", "创建", "工作方案", "日期：2024年"))
    assert values(result) == {"/subject": "某某公司", "/date": "2024年"}
    assert unread(result) == []


def test_line_above_a_title_may_be_a_label() -> None:
    """this test ensures that a label above a title is not taken for the name in front of it"""
    form = layout(text(label("附件2"), label("典型经验报告", before="/subject")))
    assert values(match(form, document("附件2", "典型经验报告"))) == {}


def test_table_in_a_chapter() -> None:
    """this test ensures that a chapter goes on behind a table pasted into it, and the table is listed as unread"""
    form = layout(text(Label("一、思路", (), (Slot("/how", "", flow=Flow.PARAGRAPHS),))))
    result = match(form, document("一、思路", "甲", [["指标", "数值"], ["能耗", "1"]], "乙"))
    assert values(result) == {"/how": "甲\n乙"}
    assert [(each.text, each.whole_table) for each in result.unread] == [("指标", True)]


def test_line_behind_a_table_is_no_value() -> None:
    """this test ensures that a one-line field left empty does not take a line from beyond a table"""
    result = match(CONTACT, document("联系人：", [["指标", "数值"]], "说明文字"))
    assert values(result) == {}
    assert unread(result) == ["指标", "说明文字"]


def test_frame_around_text() -> None:
    """this test ensures that a table of one column around running text is read as running text"""
    form = layout(text(label("一、简介", "/one"), label("二、做法", "/two")))
    result = match(form, document([["一、简介\n甲\n二、做法\n乙"]]))
    assert values(result) == {"/one": "甲", "/two": "乙"}


def test_repeated_paragraph() -> None:
    """this test ensures that each line under a label of a repeated paragraph is a row, blank lines left out"""
    form = layout(text(label("附件：", "/files/*/title")))
    result = match(form, document("附件：1.执照", "", "2.证书"))
    assert values(result) == {"/files/0/title": "1.执照", "/files/1/title": "2.证书"}
