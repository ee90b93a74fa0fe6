"""What Excel itself checks and says while a cell is filled in: drop-downs, numbers, input messages."""

from __future__ import annotations

from typing import Any

from greenforms.workbook.parts import Field

#: Limits of Excel on the title and the text of a message.
_TITLE, _MESSAGE = 32, 255
_BOUND = 10**15


def validation(field: Field, choices_at: str | None, cell: str) -> dict[str, Any] | None:
    """XlsxWriter's options for a field's cells, of which `cell` is the first; `choices_at` lists the choices."""
    rule = _rule(field, choices_at, cell)
    message = _cut(field.note, _MESSAGE)
    if message:
        rule |= {"input_title": _cut(field.label, _TITLE), "input_message": message}
    return rule if message or rule["validate"] != "any" else None


def choices_of(field: Field) -> tuple[str, ...]:
    """What the drop-down of a field offers; empty for a field without one."""
    offered = field.leaf.codec.offered()
    return (*offered, *((field.leaf.empty or "/",) if offered and field.leaf.nullable else ()))


def _rule(field: Field, choices_at: str | None, cell: str) -> dict[str, Any]:
    codec = field.leaf.codec
    if choices_at:
        return {"validate": "list", "source": f"={choices_at}", **_error(field, "请从下拉列表中选一项。")}
    if codec.figure:
        kind, word = ("integer", "整数") if codec.whole else ("decimal", "数字")
        asked = codec.hint() if codec.reach else f"{_worded(field)}{word}，不写单位"
        return {"validate": kind, **_range(field), **_error(field, f"请填{asked}。")}
    if field.limit is not None:
        said = _error(field, f"字数要求：{field.limit.words}（不计空格）。可以先保留，提交前请改好。")
        return {"validate": "custom", "value": field.limit.kept(cell), **said, "error_type": "warning"}
    return {"validate": "any"}


def _range(field: Field) -> dict[str, Any]:
    low, high = field.leaf.codec.reach or (-_BOUND, _BOUND)
    least = low if field.minimum is None else field.minimum
    return {"criteria": "between", "minimum": least, "maximum": high if field.maximum is None else field.maximum}


def _worded(field: Field) -> str:
    """The bounds in words, to stand before 数字."""
    if field.minimum is not None and field.maximum is not None:
        return f" {field.minimum} 至 {field.maximum} 之间的"
    if field.minimum is not None:
        return f"不小于 {field.minimum} 的"
    return f"不大于 {field.maximum} 的" if field.maximum is not None else ""


def _error(field: Field, message: str) -> dict[str, Any]:
    """A stop, but only a warning where the sign for 不适用 may be written instead."""
    kind = "warning" if field.leaf.nullable else "stop"
    return {"error_title": _cut(field.label, _TITLE), "error_message": message, "error_type": kind}


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
