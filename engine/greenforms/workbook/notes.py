"""What the workbook says beside a field: the printed note, how to write the value, what may be chosen."""

from __future__ import annotations

import re

from greenforms.form.tree import Leaf

_BRACKETED = re.compile(r"[（(]([^（）()]*)[）)]")


def note_of(leaf: Leaf) -> str:
    """The note beside a field, line by line."""
    printed = leaf.description.strip()
    found = _BRACKETED.fullmatch(printed)
    null = f"不适用填“{leaf.empty or '/'}”" if leaf.nullable else ""
    return "\n".join(filter(None, (found[1] if found else printed, leaf.codec.hint(leaf.examples), null)))
