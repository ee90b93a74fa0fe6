"""What the cells of a sheet store: figures as numbers, everything else (codes, phones, dates) as text.

User text is always stored as text, so nothing that begins with `=`, `+`, `-` or `@` becomes a formula.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from greenforms.errors import InputError
from greenforms.form.tree import Leaf

#: The format that keeps what is typed over a text a text.
TEXT_FORMAT = "@"
#: Excel keeps 15 significant digits of a number; a longer one is stored as text, whole.
_SIGNIFICANT = 15
#: The most characters a cell holds.
_LONGEST = 32_767
_FIGURES = re.compile(r"-?[0-9]+(?:\.([0-9]+))?")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def stored_text(text: str) -> str:
    """A text as a cell stores it. Raises InputError for one that is too long.

    What looks like an escape of ECMA-376 (part 1, 22.9.2.19), `_x000D_`, is escaped to stay text.
    """
    stored = _ESCAPE.sub("_x005F_", text) if "_x" in text else text
    if len(stored) > _LONGEST:
        raise InputError(
            f"以“{text[:20]}”开头的文字有 {len(text):,} 个字，Excel 的一个单元格最多放 {_LONGEST:,} 个字。"
            "请精简文字，或改为输出 docx。"
        )
    return stored


def as_number(leaf: Leaf, value: Any, text: str) -> tuple[str, str] | None:
    """What a field prints as a number: its figures, and the format that shows them as printed, with their unit.

    None for what is stored as text.
    """
    if not leaf.codec.figure or not isinstance(value, int | Decimal):
        return None
    found = _FIGURES.match(text)
    if found is None or len(found[0].lstrip("-").replace(".", "").lstrip("0")) > _SIGNIFICANT:
        return None
    decimals, unit = len(found[1] or ""), text[found.end() :]
    if '"' in unit:
        return None
    return found[0], (f"0.{'0' * decimals}" if decimals else "0") + (f'"{unit}"' if unit else "")
