"""Says where something stands, in Chinese and in JSON; up to there places are origins, as the readers give them."""

from __future__ import annotations

from typing import Any

from greenforms_extractors.origin import MarginOrigin, Origin, PageOrigin, ParagraphOrigin, SheetOrigin, TableOrigin


def describe(origin: Origin) -> str:
    """A place in words a clerk can follow."""
    match origin:
        case ParagraphOrigin(index):
            return f"第{index}段"
        case TableOrigin(table, row, column):
            return f"表{table}第{row}行第{column}列"
        case SheetOrigin(sheet, cell):
            return f"工作表“{sheet}”单元格{cell}"
        case PageOrigin(page):
            return f"第{page}页"
        case MarginOrigin(name):
            return name


def origin_json(origin: Origin) -> dict[str, Any]:
    """A place as a JSON object; boxes are in points from the top left of the upright page, to a tenth."""
    match origin:
        case ParagraphOrigin(index):
            return {"paragraph": index}
        case TableOrigin(table, row, column):
            return {"table": table, "row": row, "column": column}
        case SheetOrigin(sheet, cell):
            return {"sheet": sheet, "cell": cell}
        case MarginOrigin(name):
            return {"margin": name}
        case PageOrigin(page, box, turned):
            shape: dict[str, Any] = {"page": page, "box": [round(edge, 1) for edge in box]}
            return {**shape, "turned": turned} if turned else shape


def origin_from(shape: Any) -> Origin:
    """The place behind its JSON object. Raises ValueError for what is none."""
    match shape:
        case {"paragraph": int(index)}:
            return ParagraphOrigin(index)
        case {"table": int(table), "row": int(row), "column": int(column)}:
            return TableOrigin(table, row, column)
        case {"sheet": str(sheet), "cell": str(cell)}:
            return SheetOrigin(sheet, cell)
        case {"margin": str(name)}:
            return MarginOrigin(name)
        case {"page": int(page), "box": [left, top, right, bottom]}:
            box = (float(left), float(top), float(right), float(bottom))
            return PageOrigin(page, box, int(shape.get("turned", 0)))
    raise ValueError(f"no place: {shape!r}")
