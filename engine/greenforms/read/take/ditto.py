"""同上 and its marks, resolved: a field of a list's row that stands for the same field of the row above."""

from __future__ import annotations

import re
from collections.abc import MutableMapping

from greenforms.codec.leftover import ditto_problem, is_ditto
from greenforms.read.take.slots import SlotReading, slot_reading
from greenforms.read.take.values import Read

_ROW = re.compile(r"(.*)/([0-9]+)(/[^0-9]*)")


def resolve_dittos(slots: MutableMapping[str, SlotReading]) -> None:
    """Give each 同上 the value above it, with a doubt that says so; one with nothing above it stays not filled."""
    for pointer in sorted(slots, key=lambda each: _row(each) or 0):
        slot, above = slots[pointer], slots.get(_above(pointer))
        if not is_ditto(slot.reading.raw) or above is None or above.reading.value is None:
            continue
        value = above.reading.value
        read = Read(value, blank=False, problems=(ditto_problem(slot.leaf.codec.format(value)),))
        slots[pointer] = slot_reading(slot.leaf, slot.found, read, slot.reading.source)


def _row(pointer: str) -> int | None:
    found = _ROW.fullmatch(pointer)
    return int(found[2]) if found else None


def _above(pointer: str) -> str:
    """The pointer of the same field in the row above; empty where there is none."""
    found = _ROW.fullmatch(pointer)
    return f"{found[1]}/{int(found[2]) - 1}{found[3]}" if found and found[2] != "0" else ""
