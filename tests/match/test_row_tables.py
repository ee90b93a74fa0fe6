"""Tables with repeating rows: headings in any order and place, rows that are no data, tables that go on."""

from __future__ import annotations

from sketch import document, grid, label, layout, table, unread, values

from greenforms_extractors.match.take import match

ROSTER = layout(table(grid("年份", "名称", "级别", numbers=("年份",))))
HEADING = ["序号", "年份", "名称", "级别"]


def test_columns_in_another_order() -> None:
    """this test ensures that each column is read under its own heading, wherever it stands"""
    result = match(ROSTER, document([["级别", "名称", "年份"], ["国家级", "甲", "2025"]]))
    assert values(result) == {"/rows/0/年份": "2025", "/rows/0/名称": "甲", "/rows/0/级别": "国家级"}


def test_heading_over_two_rows() -> None:
    """this test ensures that a heading whose cells begin in different rows is one heading"""
    rows = [[("年份", 2, 1), ("单位", 1, 2)], ["名称", "级别"], ["2025", "甲", "国家级"]]
    result = match(ROSTER, document(rows))
    assert values(result) == {"/rows/0/年份": "2025", "/rows/0/名称": "甲", "/rows/0/级别": "国家级"}


def test_extra_column_is_unread() -> None:
    """this test ensures that a column of no field is left unread, and ordinals are no text to be read"""
    result = match(ROSTER, document([[*HEADING, "备注"], ["1", "2025", "甲", "国家级", "新增"]]))
    assert unread(result) == ["备注", "新增"]


def test_renamed_column_between_known_ones() -> None:
    """this test ensures that one strange heading between two known ones is their middle column"""
    result = match(ROSTER, document([["年份", "谁", "级别"], ["2025", "甲", "国家级"]]))
    assert values(result)["/rows/0/名称"] == "甲"
    assert {found.label for found in result.found} == {"年份", "谁", "级别"}


def test_strange_column_at_the_edge_is_not_guessed() -> None:
    """this test ensures that a strange last column is not taken for the form's last one when any text would fit"""
    result = match(ROSTER, document([["年份", "名称", "备注"], ["2025", "甲", "新增"]]))
    assert "/rows/0/级别" not in values(result)
    assert "新增" in unread(result)


def test_strange_column_must_fit_the_field() -> None:
    """this test ensures that a strange first column of words is not taken for a column of years"""
    result = match(ROSTER, document([["盟市", "名称", "级别"], ["包头", "甲", "国家级"]]))
    assert "/rows/0/年份" not in values(result)


def test_totals_and_ellipses() -> None:
    """this test ensures that a row of totals is no data but unread, and a row of dots is neither"""
    rows = [HEADING, ["1", "2025", "甲", "国家级"], ["...", "", "", ""], ["……", "", "", ""], ["合 计", "", "1家", ""]]
    result = match(ROSTER, document(rows))
    assert set(values(result)) == {"/rows/0/年份", "/rows/0/名称", "/rows/0/级别"}
    assert unread(result) == ["合 计 1家"]


def test_continued_without_heading() -> None:
    """this test ensures that rows go on in the next table of the same columns when nothing stands between"""
    result = match(ROSTER, document([HEADING, ["1", "2025", "甲", "国家级"]], "", [["2", "2026", "乙", "省级"]]))
    assert values(result)["/rows/1/名称"] == "乙"


def test_continued_under_a_title_in_other_columns() -> None:
    """this test ensures that rows go on below a repeated heading, in the columns as they stand there"""
    later = [[("续表", 1, 3)], ["名称", "级别", "年份"], ["乙", "省级", "2026"]]
    result = match(ROSTER, document([HEADING, ["1", "2025", "甲", "国家级"]], "下页", later))
    assert {path: raw for path, raw in values(result).items() if path.startswith("/rows/1")} == {
        "/rows/1/年份": "2026",
        "/rows/1/名称": "乙",
        "/rows/1/级别": "省级",
    }
    assert unread(result) == ["下页", "续表"]


def test_other_table_does_not_continue() -> None:
    """this test ensures that a table whose texts do not fit the columns is not read as more rows"""
    other = [["处室", "联系人", "电话", "邮箱"], ["综合处", "王工", "0471", "a@example.com"]]
    result = match(layout(table(grid("年份", "数量", "级别", numbers=("年份", "数量")))), document(
        [["序号", "年份", "数量", "级别"], ["1", "2025", "3", "国家级"]], other
    ))  # fmt: skip
    assert len(result.found) == 3
    assert [each.whole_table for each in result.unread] == [True]


def test_merged_value_belongs_to_all_its_rows() -> None:
    """this test ensures that a cell merged downwards is the value of each row it spans"""
    rows = [HEADING, ["1", ("2025", 2, 1), "甲", "国家级"], ["2", "乙", "省级"]]
    result = match(ROSTER, document(rows))
    assert [values(result)[f"/rows/{row}/年份"] for row in (0, 1)] == ["2025", "2025"]


def test_sections_in_another_order() -> None:
    """this test ensures that a section moved to another place is found with its own rows"""
    first, second = grid("工厂名称", "行业"), grid("园区名称", "类型", path="/parks")
    form = layout(table(label("工厂名单", cell=True), first, label("园区名单", cell=True), second))
    rows = [
        [("园区名单", 1, 2)],
        ["园区名称", "类型"],
        ["乙", "综合"],
        [("工厂名单", 1, 2)],
        ["工厂名称", "行业"],
        ["甲", "制药"],
    ]
    result = match(form, document(rows))
    assert [(found.slot.label, found.raw) for found in result.found] == [
        ("工厂名称", "甲"),
        ("行业", "制药"),
        ("园区名称", "乙"),
        ("类型", "综合"),
    ]
