"""What the workbook says beside a field: the printed note, how to write the value, what may be chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from greenforms.codec.base import Codec
from greenforms.codec.choice import Choice
from greenforms.codec.date import Date
from greenforms.codec.phone import Phone
from greenforms.form.tree import Leaf

_BRACKETED = re.compile(r"[（(]([^（）()]*)[）)]")
_DATES = {"day": "写全年月日，如 2026年3月18日", "month": "写到月，如 2026年3月", "year": "写年份，如 2026年"}
_SEVERAL_LINES = "可分段，单元格内换行按 Alt+Enter"
_HINTS = {
    "percentage": "填百分数，如 12.5 表示 12.5%",
    "integer": "填整数，不写单位",
    "number": "填数字，不写单位",
    "year": "四位年份，如 2025",
    "quantity": "数字连同单位，如 1.2万吨",
    "email": "填一个邮箱地址",
    "orgcode": "9位组织机构代码（统一社会信用代码第9至17位）",
    "uscc": "18位统一社会信用代码",
    "region": "写全称",
    "industry": "行业名称和 GB/T 4754-2017 四位代码，如 石墨及碳素制品制造（3091）",
    "paragraphs": _SEVERAL_LINES,
}


def note_of(leaf: Leaf, printed: str, examples: Sequence[Any] = ()) -> str:
    """The note beside a field, line by line; `examples` are values of it."""
    found = _BRACKETED.fullmatch(printed.strip())
    null = f"不适用填“{leaf.empty or '/'}”" if leaf.nullable else ""
    return "\n".join(filter(None, (found[1] if found else printed.strip(), hint(leaf.codec, examples), null)))


def hint(codec: Codec, examples: Sequence[Any] = ()) -> str:
    """How a value of this kind is written."""
    if codec.name == "quantity" and examples:
        return f"数字连同单位，如 {'、'.join(map(codec.format, examples))}"
    match codec:
        case Choice(choices=choices):
            return f"从下拉列表中选：{'、'.join(choices)}"
        case Date(precision=precision):
            return _DATES[precision]
        case Phone(kind="fax"):
            return "固定电话号码，写区号，如 0471-4901234"
        case Phone():
            return "固定电话写区号，如 0471-4901234；几个号码用“、”隔开"
    return _HINTS.get(codec.name, "")
