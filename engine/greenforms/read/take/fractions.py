"""Percentages that came as fractions, as a mail merge from a workbook makes them: 0.975 for 97.5 %."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from decimal import Decimal

from greenforms.codec.base import Problem
from greenforms.codec.percentage import Percentage
from greenforms.read.take.slots import SlotReading, slot_reading
from greenforms.read.take.values import Read


def doubt_fractions(slots: MutableMapping[str, SlotReading]) -> None:
    """Doubt figures that are no more than a fraction, once one lacks the sign that its writer should have put.

    The values stay as they are; what is offered is the percentage.
    """
    small = dict(_small(slots))
    if any(isinstance(slot.leaf.codec, Percentage) and slot.leaf.codec.sign for slot in small.values()):
        slots.update({pointer: _doubted(slot) for pointer, slot in small.items()})


def _small(slots: Mapping[str, SlotReading]) -> Iterator[tuple[str, SlotReading]]:
    """The percentages above 0 and at most 1, without a sign behind them."""
    for pointer, slot in slots.items():
        value, is_bare = slot.reading.value, slot.reading.raw.strip()[-1:].isdigit()
        if isinstance(slot.leaf.codec, Percentage) and is_bare and isinstance(value, Decimal) and 0 < value <= 1:
            yield pointer, slot


def _doubted(slot: SlotReading) -> SlotReading:
    percent = slot.reading.value.scaleb(2)
    reason = f"没有写百分号，又不大于1，疑为把{percent.normalize():f}%写成了小数"
    problem = Problem(reason, "请核对，按百分数填写", percent)
    read = Read(slot.reading.value, slot.blank, (*slot.problems, problem))
    return slot_reading(slot.leaf, slot.found, read, slot.reading.source)
