"""Long reports, for what it costs to print and to read them: chapters of prose, each with a table of indicators."""

from __future__ import annotations

from typing import Any

from strategies.blanks import Block, Box, Table
from strategies.forms import RandomForm

#: Rows of the table of a chapter.
ROWS = 10
_THINGS = "能源新水原料产品设备废水废气固废职工资金项目土地厂房包装运输电力蒸汽研发工艺客户"
_SIDES = "总量占比来源等级目标投资用途面积产值单耗"
_HEADINGS = ("指标", "单位", "本年度指标值", "得分", "证明材料")
_PROSE = "企业按照绿色制造标准体系的要求开展工作，对用能设备逐台建立台账并按月统计分析，节能改造项目均已完成验收。"
_NUMBER = {"type": "number", "x-codec": "number"}
_TEXT = {"type": "string", "x-codec": "text"}


def report(chapters: int, sentences: int) -> RandomForm:
    """A report of so many chapters, its texts of so many sentences each."""
    title = f"绿色工厂建设情况报告之{chapters}"
    properties: dict[str, Any] = {}
    data: dict[str, Any] = {}
    blocks: list[Block] = [title]
    for chapter in range(chapters):
        text, table = f"text{chapter}", f"table{chapter}"
        heading = f"第{chapter + 1}章{_name(chapter)}工作情况"
        properties[text] = {"title": heading, "type": "string", "x-codec": "paragraphs"}
        properties[table] = _object(f"{_name(chapter)}指标表", {f"row{row}": _row(chapter, row) for row in range(ROWS)})
        data[text] = "\n".join(f"{_PROSE}本节第{number + 1}项工作见附件{chapter + 1}。" for number in range(sentences))
        data[table] = {f"row{row}": _values(chapter, row) for row in range(ROWS)}
        blocks += [heading, f"{{{{ {text} }}}}", _table(chapter, table)]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_object(title, properties)}
    return RandomForm(f"report-{chapters}", 0, title, schema, tuple(blocks), lambda _: data, (), (), ())


def _object(title: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "type": "object", "additionalProperties": False, "properties": properties}


def _row(chapter: int, row: int) -> dict[str, Any]:
    columns = {"value": _NUMBER, "score": _NUMBER, "proof": _TEXT}
    titles = dict(zip(columns, _HEADINGS[2:], strict=True))
    return _object(_label(chapter, row), {key: {"title": titles[key], **shape} for key, shape in columns.items()})


def _values(chapter: int, row: int) -> dict[str, Any]:
    return {"value": 100 * chapter + row + 1, "score": row + 1, "proof": f"附件{chapter + 1}第{row + 1}页"}


def _table(chapter: int, name: str) -> Table:
    tags = [[f"{{{{ {name}.row{row}.{key} }}}}" for key in ("value", "score", "proof")] for row in range(ROWS)]
    rows = [(_label(chapter, row), "吨标准煤", *tags[row]) for row in range(ROWS)]
    return Table(tuple(tuple(map(Box, row)) for row in (_HEADINGS, *rows)))


def _name(chapter: int) -> str:
    return _THINGS[2 * (chapter % 20) : 2 * (chapter % 20) + 2] + str(chapter // 20 + 1)


def _label(chapter: int, row: int) -> str:
    """A label that no other row has."""
    return f"{_name(chapter)}{_SIDES[2 * row : 2 * row + 2]}第{chapter * ROWS + row + 1}项"
