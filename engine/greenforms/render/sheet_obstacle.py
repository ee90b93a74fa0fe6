"""What of an Excel template the compiler leaves to openpyxl, and whether a template has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from greenforms.form.template.program import Node, statement_rows
from greenforms.render.sheet_references import parsed, strays
from greenforms.render.sheet_template import TemplateSheet
from greenforms.render.workbook_template import related
from greenforms_extractors.sheet.cells import area

_ROW = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}row"
#: A row beyond all.
_NOWHERE = 1 << 30
#: What is tied to rows in parts of its own, by the kind of their relationships.
_TIED = {
    "drawing": "图形或图片",
    "comments": "批注",
    "threadedComment": "批注",
    "table": "“表格”（套用了表格格式的区域）",
    "oleObject": "嵌入的对象",
    "control": "控件",
    "ctrlProp": "控件",
}


def sheet_obstacle(parts: Mapping[str, bytes], sheet: TemplateSheet, body: tuple[Node, ...]) -> str:
    """What of a worksheet with this program the compiler does not take; "" for nothing."""
    return next(_obstacles(parts, sheet, body), "")


def _obstacles(parts: Mapping[str, bytes], sheet: TemplateSheet, body: tuple[Node, ...]) -> Iterator[str]:
    statements = statement_rows(body)
    name = f"工作表“{sheet.name}”"
    if not sheet.opening.startswith("<worksheet "):
        yield f"{name}的 XML 用了命名空间前缀"
        return
    if any(cell.kind == "f" for row in sheet.rows.values() for cell in row.cells):
        yield f"{name}里有公式"
    first = min(statements, default=sheet.last_row + 1)
    if (stray := next(strays(parsed(sheet, sheet.middle + sheet.tail), first), None)) is not None:
        yield f"{name}的数据有效性或条件格式引用了会移动的单元格 {stray}"
    for kind, target in related(parts, sheet.part).values():
        if kind in _TIED and statements and _bottom(parts.get(target, b"")) >= first:
            yield f"{name}在清单处或清单下面有{_TIED[kind]}"


def _bottom(part: bytes) -> int:
    """The last row that a part is tied to; a row beyond all where it does not say."""
    if not part:
        return _NOWHERE
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    rows = [int(each.text or 0) + 1 for each in root.iter(_ROW)]
    areas = [found for each in root.iter(etree.Element) if (found := area(each.get("ref", "")))]
    return max([*rows, *(bottom + 1 for _, _, bottom, _ in areas)], default=_NOWHERE)
