"""What a template could print and nobody could read back is an error of `forms check`, one template for each."""

from pathlib import Path
from typing import Any

import pytest

from greenforms.form.grow import Grower
from greenforms.form.template.layout import layout_of
from greenforms.form.template.parse import parse
from greenforms.form.template.readable import key_errors, readable_errors
from greenforms_extractors.reading import read
from strategies.blanks import Block, Box, Table, Tag, as_docx, as_xlsx

TEXT = {"title": "名称", "type": "string", "x-codec": "text"}
FLOW = {"title": "情况", "type": "string", "x-codec": "paragraphs"}


def fields(**children: Any) -> dict[str, Any]:
    """An object with these fields, of which none is required."""
    return {"type": "object", "properties": children}


def rows(required: tuple[str, ...] = (), **children: Any) -> dict[str, Any]:
    """A list of such objects."""
    return {"title": "清单", "type": "array", "items": {**fields(**children), "required": list(required)}}


def merged(*, outer: str = "group.name") -> list[Block]:
    """A list in a list, the outer item beside the rows of the inner one."""
    heading = (Box("类别"), Box("指标"))
    row = (Box(f"{{{{ {outer} }}}}"), Box("{{ item.name }}"))
    loops = (Tag("for group in groups"), Tag("for item in group.items"))
    return [Table((heading, *loops, row, Tag("endfor"), Tag("endfor")))]


BROKEN: dict[str, tuple[dict[str, Any], list[Block], str]] = {
    "adjacent slots": (
        fields(one=TEXT, other=TEXT),
        ["名称：{{ one }}{{ other }}"],
        "第1段：字段“名称”和“名称”之间要有固定文字",
    ),
    "short label": (
        fields(one=TEXT),
        ["名：{{ one }}"],
        "第1段：字段“名称”的标签“名：”只有一个字，认不出来，请写全",
    ),
    "optional outer item": (
        fields(groups=rows(name=TEXT, items=rows(("name",), name=TEXT))),
        merged(),
        "外层清单印在里层各行旁边的字段“名称”里要有一个必填，否则读不出外层有几项",
    ),
    "flow beside rows": (
        fields(groups=rows(("name",), name=FLOW, items=rows(("name",), name=TEXT))),
        merged(),
        "字段“情况”与几行并列，不能是多段文字或图片",
    ),
    "rows alike": (
        fields(list=rows(one=TEXT, other=TEXT)),
        [
            Table(
                (
                    (Box("名称"),),
                    Tag("for row in list"),
                    (Box("{{ row.one }}"),),
                    (Box("{{ row.other }}"),),
                    Tag("endfor"),
                )
            )
        ],
        "这一行与同一项的另一行列数相同，又都没有固定文字，读的时候分不开，请加上行标签或合并单元格",
    ),
    "section without a beginning": (
        fields(parts=rows(name=TEXT, note=TEXT)),
        ["报告", Tag("for part in parts"), "{{ part.name }}", "备注：{{ part.note }}", Tag("endfor")],
        "重复的一段要以固定文字或表格开头，否则读不出有几段",
    ),
    "reserved key": (
        fields(loop=TEXT),
        ["名称：{{ loop }}"],
        "字段“/loop”：“loop”是模板自用的名称，请换一个键名",
    ),
    "key of digits": (
        fields(list=rows(**{"7": TEXT})),
        [],
        "字段“/list/*/7”：键名不能全是数字，否则与清单的行号分不开",
    ),
}


def errors_of(schema: dict[str, Any], blocks: list[Block], path: Path) -> list[str]:
    """What is wrong with a template for a schema."""
    path.write_bytes(as_docx(blocks) if path.suffix == ".docx" else as_xlsx(blocks))
    root = Grower(schema, "表单").grow()
    program = parse(read(path), root) if blocks else None
    if program is None:
        return list(key_errors(root))
    return [*program.errors, *layout_of(program).errors, *key_errors(root), *readable_errors(program)]


@pytest.mark.parametrize("name", BROKEN)
def test_refused(name: str, tmp_path: Path) -> None:
    """This test ensures that the template is refused with its place and the remedy."""
    schema, blocks, message = BROKEN[name]
    errors = errors_of(schema, blocks, tmp_path / "模板.docx")
    assert errors
    assert errors[0].endswith(message)


def test_torn_cell_of_a_sheet(tmp_path: Path) -> None:
    """This test ensures that a merged cell is not half inside a list."""
    schema = fields(list=rows(one=TEXT, other=TEXT))
    deep = (Box("{{ row.one }}"), Box("{{ row.other }}", rows=3))
    torn = Table(((Box("名称"), Box("备注")), Tag("for row in list"), deep, Tag("endfor"), (Box("说明"),)))
    assert errors_of(schema, [torn], tmp_path / "模板.xlsx") == [
        "工作表“Sheet”单元格B3：合并的单元格一部分在要重复或可以不印的行里，一部分不在，请拆开"
    ]


def test_nothing_to_refuse(tmp_path: Path) -> None:
    """This test ensures that the same shapes are sound when nothing is missing."""
    schema = fields(groups=rows(("name",), name=TEXT, items=rows(("name",), name=TEXT)))
    assert errors_of(schema, merged(), tmp_path / "模板.docx") == []
