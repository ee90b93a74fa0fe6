"""A folder with a form of its own, for what no shipped form asks yet: tables that are scored, an energy balance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from greenforms.form.library import Library
from shipped import few_forms

_NUMBER = {"type": "number", "x-codec": "number"}
_QUANTITY = {
    "type": "object",
    "x-codec": "quantity",
    "properties": {"value": {"type": "number"}, "unit": {"type": "string"}},
    "required": ["value", "unit"],
    "additionalProperties": False,
}
_MET = {"type": "string", "enum": ["是", "否"], "x-codec": "choice", "title": "是否符合"}
_CLOSED = {"type": "object", "additionalProperties": False}


def scored_library(folder: Path, catalogue: str = "", facts: tuple[str, ...] = ()) -> Library:
    """The shipped library with one more form `xx-2025/scored`: a scored table, fields for facts, an energy list."""
    fields = {fact.partition(".")[2]: {"$ref": _address(fact)} for fact in facts}
    properties: dict[str, Any] = {
        "name": {"$ref": "../facts/unit.schema.json#/$defs/name/$defs/text"},
        "date": {"title": "日期", "type": "string", "x-codec": "date"},
        "total": {**_NUMBER, "title": "综合得分", "x-unit": "分"},
        "used": {"title": "所用数据", **_CLOSED, "properties": fields},
        "energy": {"title": "能源消费", "type": "array", "x-subject": "kind", "items": _energy()},
        "all_energy": {"$ref": "../facts/performance.schema.json#/$defs/energy/$defs/number"},
    }
    if catalogue:
        properties["basic"] = _table("基本要求", f"{catalogue}#basic", {"met": _MET}, {"met": "met"})
        properties["rows"] = _table("评价指标", f"{catalogue}#scored", _columns(), _roles())
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://greenforms.invalid/layouts/scored.schema.json",
        "title": "评价表",
        "x-paper": {"date": "/date", "year": -1},
        **_CLOSED,
        "properties": properties,
    }
    _write(folder, "layouts/scored.schema.json", schema)
    _write(folder, "editions/xx-2025.yaml", _EDITION)
    return Library(few_forms(), folder)


def _address(fact: str) -> str:
    file, _, name = fact.partition(".")
    return f"../facts/{file}.schema.json#/$defs/{name}/$defs/number"


def _energy() -> dict[str, Any]:
    return {
        "title": "能源品种",
        **_CLOSED,
        "properties": {
            "kind": {"title": "能源品种", "type": "string", "x-codec": "text"},
            "amount": {"$ref": "../facts/energy.schema.json#/$defs/amount/$defs/quantity"},
            "factor": {"$ref": "../facts/energy.schema.json#/$defs/coefficient/$defs/quantity"},
            "coal": {"$ref": "../facts/energy.schema.json#/$defs/coal/$defs/number"},
        },
    }


def _columns() -> dict[str, Any]:
    return {
        "met": _MET,
        "score": {**_NUMBER, "title": "得分"},
        "points": {**_NUMBER, "title": "分值"},
        "value": {**_QUANTITY, "title": "指标值"},
        "leading": {**_QUANTITY, "title": "引领值"},
        "benchmark": {**_QUANTITY, "title": "基准值"},
    }


def _roles() -> dict[str, Any]:
    return {**{name: name for name in _columns()}, "value": ["value"], "total": ["/total"]}


def _table(title: str, catalogue: str, columns: dict[str, Any], roles: dict[str, Any]) -> dict[str, Any]:
    row = {**_CLOSED, "properties": columns}
    return {"title": title, "type": "object", "x-catalogue": catalogue, "x-score": roles, "additionalProperties": row}


def _write(folder: Path, name: str, content: Any) -> None:
    path = folder / "schemas" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


_EDITION = {
    "edition": "xx-2025",
    "title": "自拟的评价表",
    "authority": "某厅",
    "in_force": {"from": None, "to": None},
    "documents": [{"id": "notice", "title": "自拟的通知"}],
    "forms": [
        {
            "name": "scored",
            "layout": "scored",
            "title": "评价表",
            "annex": "附件1",
            "document": "notice",
            "grade": "C",
            "grade_note": "",
            "outputs": ["pdf"],
            "filled_by": "企业",
            "received_by": "厅",
            "titles": ["评价表"],
        }
    ],
}
