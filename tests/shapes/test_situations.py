"""Situations that forms bring along: a list in a list, sections with tables, strange keys, sheets of any size."""

from pathlib import Path
from typing import Any

import pytest

from greenforms.form.grow import Grower
from greenforms.form.template.layout import layout_of
from greenforms.form.template.parse import parse
from greenforms.form.template.readable import key_errors
from greenforms_extractors.match.take import match
from greenforms_extractors.reading import read
from strategies.blanks import Block, Box, Table, Tag, as_docx, as_xlsx

TEXT = {"title": "名称", "type": "string", "x-codec": "text"}


def fields(**children: Any) -> dict[str, Any]:
    """An object with these fields."""
    return {"type": "object", "properties": children}


def rows(**children: Any) -> dict[str, Any]:
    """A list of objects that have the first field."""
    return {"title": "清单", "type": "array", "items": {**fields(**children), "required": [next(iter(children))]}}


def found_on(
    schema: dict[str, Any], blank: list[Block], filled: list[Block], kind: str, folder: Path
) -> dict[str, str]:
    """What stands on a stranger's paper in the places of a blank."""
    write = {"docx": as_docx, "xlsx": as_xlsx}[kind]
    template, paper = folder / f"模板.{kind}", folder / f"收件.{kind}"
    template.write_bytes(write(blank))
    paper.write_bytes(write(filled))
    root = Grower(schema, "表单").grow()
    program = parse(read(template), root)
    laid = layout_of(program)
    assert (program.errors, laid.errors, list(key_errors(root))) == ((), (), [])
    return {each.path: each.raw.strip() for each in match(laid.layout, read(paper)).found if each.raw.strip()}


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_outer_item_beside_its_rows(kind: str, tmp_path: Path) -> None:
    """This test ensures that a list in a list is numbered on both levels; no key is a star."""
    schema = fields(groups=rows(name=TEXT, items=rows(name=TEXT)))
    heading = (Box("一级指标"), Box("二级指标"))
    loops = (Tag("for group in groups"), Tag("for item in group.items"))
    row = (Box("{{ group.name }}"), Box("{{ item.name }}"))
    blank: list[Block] = [Table((heading, *loops, row, Tag("endfor"), Tag("endfor")))]
    filled: list[Block] = [
        Table((heading, (Box("管理", rows=2), Box("体系")), (Box("责任"),), (Box("产品"), Box("设计"))))
    ]
    assert found_on(schema, blank, filled, kind, tmp_path) == {
        "/groups/0/name": "管理",
        "/groups/0/items/0/name": "体系",
        "/groups/0/items/1/name": "责任",
        "/groups/1/name": "产品",
        "/groups/1/items/0/name": "设计",
    }


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_value_under_its_label(kind: str, tmp_path: Path) -> None:
    """This test ensures that labels side by side name the cells below them."""
    schema = fields(one=TEXT, other=TEXT)
    blank: list[Block] = [Table(((Box("产品名称"), Box("产品产量")), (Box("{{ one }}"), Box("{{ other }}"))))]
    filled: list[Block] = [Table(((Box("产品名称"), Box("产品产量")), (Box("钢"), Box("5"))))]
    assert found_on(schema, blank, filled, kind, tmp_path) == {"/one": "钢", "/other": "5"}


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_row_labels_that_are_labels_elsewhere(kind: str, tmp_path: Path) -> None:
    """This test ensures that rows under a heading are its own, though a repeated section begins with such a text."""
    schema = fields(energy=TEXT, water=TEXT, parts=rows(title=TEXT))
    matrix = [(Box("指标"), Box("数值"), Box("备注"))]
    blank: list[Block] = [
        Table((*matrix, (Box("用能"), Box("{{ energy }}"), Box("吨")), (Box("用水"), Box("{{ water }}"), Box("吨")))),
        Tag("for part in parts"),
        "用水：{{ part.title }}",
        Tag("endfor"),
    ]
    filled: list[Block] = [
        Table((*matrix, (Box("用能"), Box("1"), Box("吨")), (Box("用水"), Box("2"), Box("吨")))),
        "用水：冷却",
        "用水：清洗",
    ]
    assert found_on(schema, blank, filled, kind, tmp_path) == {
        "/energy": "1",
        "/water": "2",
        "/parts/0/title": "冷却",
        "/parts/1/title": "清洗",
    }


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_row_label_that_comes_again_below(kind: str, tmp_path: Path) -> None:
    """This test ensures that rows of a list end where a repeated part with the same label begins, numbers or not."""
    schema = fields(list=rows(name=TEXT, note=TEXT), parts=rows(title=TEXT, note=TEXT))
    heading = (Box("序号"), Box("产品名称"))
    item = [(Box("{{ loop.index }}"), Box("{{ row.name }}")), (Box("设备依据"), Box("{{ row.note }}"))]
    part = [(Box("用水依据"), Box("{{ part.title }}")), (Box("设备依据"), Box("{{ part.note }}"))]
    blank: list[Block] = [
        Table((heading, Tag("for row in list"), *item, Tag("endfor"))),
        Table((Tag("for part in parts"), *part, Tag("endfor"))),
    ]
    both = [
        (Box("用水依据"), Box("冷却")),
        (Box("设备依据"), Box("丙")),
        (Box("用水依据"), Box("清洗")),
        (Box("设备依据"), Box("丁")),
    ]
    filled: list[Block] = [
        Table(
            (
                heading,
                (Box("1"), Box("钢")),
                (Box("设备依据"), Box("甲")),
                (Box("2"), Box("铁")),
                (Box("设备依据"), Box("乙")),
            )
        ),
        Table(tuple(both)),
    ]
    assert found_on(schema, blank, filled, kind, tmp_path) == {
        "/list/0/name": "钢",
        "/list/0/note": "甲",
        "/list/1/name": "铁",
        "/list/1/note": "乙",
        "/parts/0/title": "冷却",
        "/parts/0/note": "丙",
        "/parts/1/title": "清洗",
        "/parts/1/note": "丁",
    }


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_last_label_of_an_item_that_begins_the_outer_one(kind: str, tmp_path: Path) -> None:
    """This test ensures that of two lists which may begin again the inner one does."""
    schema = fields(parts=rows(title=TEXT, rows=rows(name=TEXT, sum=TEXT)))
    row = [(Box("产品名称"), Box("{{ row.name }}")), (Box("金额"), Box("{{ row.sum }}"))]
    blank: list[Block] = [
        Tag("for part in parts"),
        "金额：{{ part.title }}",
        Table(((Box("产品清单", columns=2),), Tag("for row in part.rows"), *row, Tag("endfor"))),
        Tag("endfor"),
    ]
    goods = [
        each for name in ("钢", "铁", "铜") for each in ((Box("产品名称"), Box(name)), (Box("金额"), Box(f"{name}价")))
    ]
    filled: list[Block] = ["金额：合计", Table(((Box("产品清单", columns=2),), *goods))]
    assert found_on(schema, blank, filled, kind, tmp_path) == {
        "/parts/0/title": "合计",
        **{f"/parts/0/rows/{number}/name": name for number, name in enumerate(("钢", "铁", "铜"))},
        **{f"/parts/0/rows/{number}/sum": f"{name}价" for number, name in enumerate(("钢", "铁", "铜"))},
    }


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_heading_of_an_upper_level_that_stands_elsewhere(kind: str, tmp_path: Path) -> None:
    """This test ensures that only what stands right on a heading tells it from its like."""
    schema = fields(place=TEXT, list=rows(name=TEXT, part=TEXT))
    heading = [(Box("名称", rows=2), Box("照明地点")), (Box("名称"),)]
    row = (Box("{{ row.name }}"), Box("{{ row.part }}"))
    table = [(Box("照明地点"), Box("{{ place }}")), (Box("汇总", columns=2),), *heading]
    blank: list[Block] = [Table((*table, Tag("for row in list"), row, Tag("endfor")))]
    said = [(Box("照明地点"), Box("厂区")), *table[1:], (Box("灯"), Box("东"))]
    assert found_on(schema, blank, [Table(tuple(said))], kind, tmp_path) == {
        "/place": "厂区",
        "/list/0/name": "灯",
        "/list/0/part": "东",
    }
