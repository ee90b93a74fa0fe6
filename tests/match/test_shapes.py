"""Every shape of a form, as the matcher sees it."""

from sketch import document, grid, headings, label, layout, row, table, text, unread, values

from greenforms_extractors.match.layout import Grid, Part, Repeat
from greenforms_extractors.match.take import match


def _lists(result):
    return {each.pointer for each in result.lists}


MATRIX = Grid(
    headings("指标", "单位", "2023年", "2024年"),
    (
        row("能源消费量", "吨标煤", "/energy/y2023", "/energy/y2024"),
        row("用水量", "万立方米", "/water/y2023", "/water/y2024"),
        row("固废产生量", "吨", "/waste/y2023", "/waste/y2024"),
    ),
)


def test_matrix() -> None:
    """this test ensures that a row label and a heading name a value"""
    rows = [
        ["指标", "单位", "2023年", "2024年"],
        ["能源消费量", "吨标煤", "100", "90"],
        ["用水量", "万立方米", "", "8"],
        ["固废产生量", "吨", "5", "4"],
    ]
    result = match(layout(table(MATRIX)), document(rows))
    assert values(result) == {
        "/energy/y2023": "100", "/energy/y2024": "90", "/water/y2023": "", "/water/y2024": "8",
        "/waste/y2023": "5", "/waste/y2024": "4",
    }  # fmt: skip
    assert unread(result) == []


def test_matrix_in_another_order() -> None:
    """this test ensures that rows and columns of a matrix are known by their texts, wherever they stand"""
    rows = [
        ["指标", "2024年", "单位", "2023年"],
        ["固废产生量", "4", "吨", "5"],
        ["能源消费量", "90", "吨标煤", "100"],
        ["用水量", "8", "万立方米", ""],
    ]
    assert values(match(layout(table(MATRIX)), document(rows)))["/energy/y2023"] == "100"
    assert values(match(layout(table(MATRIX)), document(rows)))["/waste/y2024"] == "4"


def test_strange_row_in_a_matrix() -> None:
    """this test ensures that a row somebody added to a matrix is left unread and shifts nothing"""
    rows = [
        ["指标", "单位", "2023年", "2024年"],
        ["能源消费量", "吨标煤", "100", "90"],
        ["废水排放量", "吨", "1", "2"],
        ["用水量", "万立方米", "9", "8"],
        ["固废产生量", "吨", "5", "4"],
    ]
    result = match(layout(table(MATRIX)), document(rows))
    assert values(result)["/water/y2024"] == "8"
    assert unread(result) == ["废水排放量", "吨", "1", "2"]


def test_headings_of_two_levels() -> None:
    """this test ensures that a heading that stands twice is told by the heading above it"""
    form = layout(
        table(
            Grid(
                headings("指标", ("2023年", "目标"), ("2023年", "实际"), ("2024年", "目标"), ("2024年", "实际")),
                (row("能耗", "/a", "/b", "/c", "/d"),),
            )
        )
    )
    swapped = [
        [("指标", 2, 1), ("2024年", 1, 2), ("2023年", 1, 2)],
        ["目标", "实际", "目标", "实际"],
        ["能耗", "3", "4", "1", "2"],
    ]
    result = match(form, document(swapped))
    assert values(result) == {"/a": "1", "/b": "2", "/c": "3", "/d": "4"}
    assert unread(result) == []


def test_row_numbers_between_the_columns() -> None:
    """this test ensures that 序号 is no text left unread, wherever its column stands"""
    form = layout(
        table(Grid(headings("类别", "序号", "数量"), (Repeat("/rows", (row("/rows/*/kind", "", "/rows/*/n"),)),)))
    )
    result = match(form, document([["类别", "序号", "数量"], ["电", "1", "5"], ["煤", "2", "6"]]))
    assert values(result) == {"/rows/0/kind": "电", "/rows/0/n": "5", "/rows/1/kind": "煤", "/rows/1/n": "6"}
    assert unread(result) == []


ITEM = row("/groups/*/name", "/groups/*/items/*/name", "/groups/*/items/*/score")
NESTED = Grid(
    headings("一级指标", "二级指标", "得分"),
    (Repeat("/groups", (Repeat("/groups/*/items", (ITEM,)),)),),
)


def test_nested_list_with_merged_cells() -> None:
    """this test ensures that merged cells hold an outer item together, one of the same name apart"""
    rows = [
        ["一级指标", "二级指标", "得分"],
        [("管理", 2, 1), "体系", "5"],
        ["责任", "4"],
        [("管理", 2, 1), "培训", "3"],
        ["检查", "2"],
        ["产品", "设计", "1"],
    ]
    result = match(layout(table(NESTED)), document(rows))
    assert values(result) == {
        "/groups/0/name": "管理",
        "/groups/0/items/0/name": "体系", "/groups/0/items/0/score": "5",
        "/groups/0/items/1/name": "责任", "/groups/0/items/1/score": "4",
        "/groups/1/name": "管理",
        "/groups/1/items/0/name": "培训", "/groups/1/items/0/score": "3",
        "/groups/1/items/1/name": "检查", "/groups/1/items/1/score": "2",
        "/groups/2/name": "产品",
        "/groups/2/items/0/name": "设计", "/groups/2/items/0/score": "1",
    }  # fmt: skip
    assert {"/groups", "/groups/0/items", "/groups/2/items"} <= _lists(result)


def test_nested_list_typed_without_merging() -> None:
    """this test ensures that a name repeated, or left out, in every row of an outer item makes one item"""
    rows = [
        ["一级指标", "二级指标", "得分"],
        ["管理", "体系", "5"],
        ["管理", "责任", "4"],
        ["产品", "设计", "1"],
        ["", "回收", "2"],
    ]
    found = values(match(layout(table(NESTED)), document(rows)))
    assert found["/groups/0/items/1/name"] == "责任"
    assert found["/groups/1/items/1/name"] == "回收"
    assert "/groups/2/name" not in found


def test_outer_item_without_inner_ones() -> None:
    """this test ensures that an outer item with an empty list keeps it"""
    rows = [["一级指标", "二级指标", "得分"], ["管理", "", ""], ["产品", "设计", "1"]]
    result = match(layout(table(NESTED)), document(rows))
    assert values(result)["/groups/0/name"] == "管理"
    assert not any(path.startswith("/groups/0/items") for path in values(result))
    assert "/groups/0/items" in _lists(result)


def test_outer_items_with_rows_of_their_own() -> None:
    """this test ensures that a row over the inner rows is told from them by its text and its width"""
    form = layout(
        table(
            Grid(
                headings("名称", "数量"),
                (
                    Repeat(
                        "/groups",
                        (
                            row(("类别：/groups/*/name", 2)),
                            Repeat("/groups/*/items", (row("/groups/*/items/*/name", "/groups/*/items/*/amount"),)),
                        ),
                    ),
                ),
            )
        )
    )
    rows = [
        ["名称", "数量"],
        [("类别：能源", 1, 2)],
        ["电", "1"],
        ["煤", "2"],
        [("类别：资源", 1, 2)],
        [("类别：其他", 1, 2)],
        ["水", "3"],
    ]
    result = match(form, document(rows))
    assert values(result) == {
        "/groups/0/name": "能源",
        "/groups/0/items/0/name": "电", "/groups/0/items/0/amount": "1",
        "/groups/0/items/1/name": "煤", "/groups/0/items/1/amount": "2",
        "/groups/1/name": "资源",
        "/groups/2/name": "其他",
        "/groups/2/items/0/name": "水", "/groups/2/items/0/amount": "3",
    }  # fmt: skip
    assert "/groups/1/items" in _lists(result)


def test_item_over_two_rows() -> None:
    """this test ensures that an item printed over two table rows is put together, blank cells and all"""
    form = layout(
        table(
            Grid(
                headings("项目", "投资", "年份"),
                (Repeat("/rows", (row("/rows/*/name", "/rows/*/cost", "/rows/*/year"), row(("/rows/*/content", 3)))),),
            )
        )
    )
    rows = [
        ["项目", "投资", "年份"],
        ["余热利用", "100", "2025"],
        [("建锅炉", 1, 3)],
        ["光伏", "", "2026"],
        [("", 1, 3)],
        ["", "", ""],
        [("", 1, 3)],
        ["水处理", "30", "2026"],
        [("建池", 1, 3)],
    ]
    result = match(form, document(rows))
    assert values(result) == {
        "/rows/0/name": "余热利用", "/rows/0/cost": "100", "/rows/0/year": "2025", "/rows/0/content": "建锅炉",
        "/rows/1/name": "光伏", "/rows/1/cost": "", "/rows/1/year": "2026", "/rows/1/content": "",
        "/rows/2/name": "水处理", "/rows/2/cost": "30", "/rows/2/year": "2026", "/rows/2/content": "建池",
    }  # fmt: skip


def test_total_printed_by_the_form() -> None:
    """this test ensures that a total the form prints is no item, and that one it does not print is left unread"""
    cells = (row("/rows/*/name", "/rows/*/amount"),)
    form = layout(table(Grid(headings("名称", "数量"), (Repeat("/rows", cells), row("合计", "/total")))))
    rows = [["名称", "数量"], ["电", "1"], ["煤", "2"], ["合计", "3"]]
    assert values(match(form, document(rows))) == {
        "/rows/0/name": "电", "/rows/0/amount": "1", "/rows/1/name": "煤", "/rows/1/amount": "2", "/total": "3",
    }  # fmt: skip
    plain = layout(table(grid("名称", "数量")))
    assert unread(match(plain, document(rows))) == ["合计 3"]


def test_repeated_section_with_a_table_in_it() -> None:
    """this test ensures that a section of text and table is read as often as it stands there"""
    section = Repeat(
        "/parts",
        (
            text(label("装置名称：", "/parts/*/name"), label("用途：", "/parts/*/use")),
            table(grid("月份", "用量", path="/parts/*/months")),
        ),
    )
    form = layout(text(label("能源报告")), section, text(label("填报日期：", "/date")))
    result = match(
        form,
        document(
            "能源报告",
            "装置名称：锅炉", "用途：供热", [["月份", "用量"], ["1月", "10"], ["2月", "20"]],
            "装置名称：空压机", "用途：", [["月份", "用量"], ["", ""]],
            "装置名称：窑", "用途：烧成", [["月份", "用量"], ["3月", "30"]],
            "填报日期：2025年1月2日",
        ),
    )  # fmt: skip
    assert values(result) == {
        "/parts/0/name": "锅炉", "/parts/0/use": "供热",
        "/parts/0/months/0/月份": "1月", "/parts/0/months/0/用量": "10",
        "/parts/0/months/1/月份": "2月", "/parts/0/months/1/用量": "20",
        "/parts/1/name": "空压机",
        "/parts/2/name": "窑", "/parts/2/use": "烧成",
        "/parts/2/months/0/月份": "3月", "/parts/2/months/0/用量": "30",
        "/date": "2025年1月2日",
    }  # fmt: skip
    assert {"/parts", "/parts/1/months"} <= _lists(result)
    assert unread(result) == []


PRODUCT = "/products/*/"


def test_repeated_block_of_a_table() -> None:
    """this test ensures that labels repeated inside a table make an item each"""
    block = Part(
        (
            label("单位", "/unit", cell=True),
            Repeat(
                "/products", (label("产品", PRODUCT + "name", cell=True), label("产量", PRODUCT + "output", cell=True))
            ),
        ),
        table=True,
    )
    rows = [["单位", "甲公司", "", ""], ["产品", "钢", "产量", "5"], ["产品", "铁", "产量", "6"]]
    assert values(match(layout(block), document(rows))) == {
        "/unit": "甲公司",
        "/products/0/name": "钢", "/products/0/output": "5",
        "/products/1/name": "铁", "/products/1/output": "6",
    }  # fmt: skip


def test_blank_list_inside_a_blank_section() -> None:
    """this test ensures that a section left blank is a list without items"""
    section = Repeat("/parts", (text(label("装置名称：", "/parts/*/name")),))
    result = match(layout(text(label("能源报告")), section), document("能源报告", "装置名称："))
    assert values(result) == {}
    assert _lists(result) == {"/parts"}
