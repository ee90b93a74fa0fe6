"""Says where something stands: for people in Chinese, for programs as a JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greenforms_extractors.model import Origin, PageOrigin, ParagraphOrigin, SheetOrigin, TableOrigin


def describe(origin: Origin) -> str:
    """A place in words a clerk can follow."""
    return in_words(evidence(origin))


def in_words(place: Mapping[str, Any]) -> str:
    """The words for a place that is at hand as a JSON object."""
    match place:
        case {"paragraph": index}:
            return f"第{index}段"
        case {"table": table, "row": row, "column": column}:
            return f"表{table}第{row}行第{column}列"
        case {"sheet": sheet, "cell": cell}:
            return f"工作表“{sheet}”单元格{cell}"
        case {"page": page}:
            return f"第{page}页"
    return ""


def evidence(origin: Origin) -> dict[str, Any]:
    """The place as a JSON object; boxes are in points from the top left of the upright page."""
    match origin:
        case ParagraphOrigin(index):
            return {"paragraph": index}
        case TableOrigin(table, row, column):
            return {"table": table, "row": row, "column": column}
        case SheetOrigin(sheet, cell):
            return {"sheet": sheet, "cell": cell}
        case PageOrigin(page, box, turned):
            shape: dict[str, Any] = {"page": page, "box": [round(edge, 1) for edge in box]}
            return {**shape, "turned": turned} if turned else shape
