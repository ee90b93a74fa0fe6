"""How a finding is worded: where, what and why, what to do, and what it rests on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from greenforms.check.figures import exact
from greenforms.codec.printable import show_controls

_LONGEST = 40


def sentence(where: str, what: str, fix: str, basis: str = "") -> str:
    """One message. `what` and `fix` are clauses without final punctuation."""
    parts = [f"{where}：{what}" if where else what, fix, f"依据：{basis}" if basis else ""]
    return "".join(f"{part}。" for part in parts if part)


def shown(value: Any) -> str:
    """A value as a message quotes it: short, and without what cannot be printed."""
    if value is None:
        return "空（null）"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        number = exact(value)
        return "一个过大或过小的数" if number is None else f"{number:f}"
    if isinstance(value, str):
        text = show_controls(value)
        return f"“{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}”"
    return "一组内容"
